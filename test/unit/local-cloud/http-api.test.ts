import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { shareFixture } from './fixtures/start-fixture.ts';

interface Told {
  readonly event: Record<string, unknown>;
}

async function ask(url: string, init: RequestInit = {}): Promise<Told['event']> {
  const response = await fetch(url, init);
  expect(response.status).toBe(200);
  // The fixture's function answers its event.
  return ((await response.json()) as Told).event;
}

const answering = (answer: unknown) => ({ headers: { 'x-answer': JSON.stringify(answer) } });

describe('the HTTP API', () => {
  const fixture = shareFixture({
    change({ Resources }) {
      const { Integration, Thing } = Resources;
      Object.assign(Resources, {
        Impatient: {
          ...Integration,
          Properties: {
            ...Integration.Properties,
            TimeoutInMillis: 50,
            IntegrationUri: { 'Fn::GetAtt': ['Script', 'Arn'] },
          },
        },
        Late: {
          ...Thing,
          Properties: {
            ...Thing.Properties,
            RouteKey: 'GET /late',
            Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Impatient' }]] },
          },
        },
      });
    },
  });

  it('gives the function an event of payload format 2.0', async () => {
    const { cloud } = fixture();
    const event = await ask(`${cloud.apiUrl}/things/a%20b?x=1&y=2&x=3`, {
      headers: { cookie: 'one=1; two=2', 'X-Mixed-Case': 'kept', 'user-agent': 'test' },
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /things/{id}',
      rawPath: '/things/a b',
      rawQueryString: 'x=1&y=2&x=3',
      queryStringParameters: { x: '1,3', y: '2' },
      pathParameters: { id: 'a b' },
      cookies: ['one=1', 'two=2'],
      headers: { 'x-mixed-case': 'kept' },
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        routeKey: 'GET /things/{id}',
        stage: '$default',
        http: { method: 'GET', sourceIp: '127.0.0.1', userAgent: 'test', protocol: 'HTTP/1.1' },
      },
    });
    expect(event).not.toHaveProperty('body');
    expect(event).not.toHaveProperty('headers.cookie');
  });

  it.each([
    ['application/json; charset=utf-8', false],
    ['text/plain', false],
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
  ])('hands on a body of %s with isBase64Encoded %s', async (type, isBase64Encoded) => {
    const { cloud } = fixture();
    const event = await ask(`${cloud.apiUrl}/hooks/stripe`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"ü":1}',
    });
    const body = isBase64Encoded ? Buffer.from('{"ü":1}').toString('base64') : '{"ü":1}';
    expect(event).toMatchObject({ body, isBase64Encoded });
  });

  it('answers what the function says: status, headers, cookies and binary bodies', async () => {
    const { cloud } = fixture();
    const response = await fetch(
      `${cloud.apiUrl}/things/1`,
      answering({
        statusCode: 201,
        headers: { 'X-Own': 'yes', 'Content-Type': 'image/png' },
        cookies: ['a=1; Secure', 'b=2'],
        body: Buffer.from([1, 2, 255]).toString('base64'),
        isBase64Encoded: true,
      }),
    );
    expect(response.status).toBe(201);
    expect(response.headers.get('x-own')).toBe('yes');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 255]);
  });

  it('makes a 500 of an answer in no known shape', async () => {
    const { cloud } = fixture();
    const response = await fetch(
      `${cloud.apiUrl}/things/1`,
      answering({ statusCode: 'fine', body: 1 }),
    );
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  it('makes a 500 of a function that failed', async () => {
    const { cloud } = fixture();
    const response = await fetch(`${cloud.apiUrl}/things/1`, {
      headers: { 'x-answer': 'no JSON' },
    });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  it('has no other routes than the template', async () => {
    const { cloud } = fixture();
    const response = await fetch(`${cloud.apiUrl}/hooks/stripe`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'Not Found' });
  });

  it('refuses a path that is not well encoded', async () => {
    const { cloud } = fixture();
    const response = await fetch(`${cloud.apiUrl}/things/%zz`);
    expect(response.status).toBe(400);
  });

  it('refuses more than 10 MB', async () => {
    const { cloud } = fixture();
    const response = await fetch(`${cloud.apiUrl}/hooks/stripe`, {
      method: 'POST',
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect(response.status).toBe(413);
  });

  it('gives up after the time-out of the integration', async () => {
    const { cloud } = fixture();
    // The first answer takes longer than that, because the function's bundle must load.
    const response = await fetch(`${cloud.apiUrl}/late`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: 'Service Unavailable' });
  });

  it.each([{ host: 'rebound.example' }, { origin: 'https://evil.example' }])(
    'refuses a request with %o',
    async (foreign) => {
      const { cloud } = fixture();
      for (const url of [cloud.apiUrl, cloud.inboxUrl]) {
        const own = new URL(url).host;
        const status = await new Promise((resolve, reject) => {
          const outgoing = request(
            url,
            { path: '/things/1', headers: { host: own, ...foreign } },
            (response) => {
              response.resume();
              resolve(response.statusCode);
            },
          );
          outgoing.on('error', reject);
          outgoing.end();
        });
        expect(status).toBe(403);
      }
    },
  );
});
