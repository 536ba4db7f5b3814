import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../../local/cloud/http/http-exchange.ts';
import {
  type Credentials,
  readAuthorization,
  sign,
  verifySignature,
} from '../../../../local/cloud/permissions/verify-signature.ts';
import { signRequest } from './sign-request.ts';

const credentials: Credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token/of+a=session',
};
const signedAt = Date.UTC(2026, 10, 22, 5, 30);
const minute = 60_000;

interface Draft {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string | string[]>;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const draft: Draft = {
  method: 'POST',
  path: '/staff/cases',
  query: { state: 'waiting' },
  headers: { 'content-type': 'application/json' },
  body: '{"reason":"asked for"}',
};

/** What AWS's own SDK signs, as a server reads it. */
async function signed(wanted: Partial<Draft> = {}, by = credentials): Promise<HttpRequest> {
  const { method, path, query, headers, body } = { ...draft, ...wanted };
  const url = new URL('http://127.0.0.1:7400');
  url.pathname = path;
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  const at = new Date(signedAt);
  return {
    method,
    path: pairs.length === 0 ? url.pathname : `${url.pathname}?${pairs.join('&')}`,
    headers: await signRequest({ method, url, query, headers, body, at }, by),
    body: Buffer.from(body),
  };
}

function verify(request: HttpRequest, clocks = [signedAt], by = credentials) {
  const authorization = readAuthorization(request.headers.authorization);
  if (authorization === undefined) throw new Error('The request is not signed.');
  return verifySignature(request, authorization, by, clocks);
}

describe("a signature of AWS's SDK", () => {
  it('is verified for any path, query, header and body', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const segment = text.map(encodeURIComponent);
    const wanted = fc.record({
      method: fc.constantFrom('GET', 'POST', 'DELETE'),
      path: fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`),
      query: fc.dictionary(text, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }))),
      headers: fc.record({ 'x-note': fc.string({ unit: 'grapheme-ascii', maxLength: 20 }) }),
      body: fc.string({ unit: 'binary' }),
    });
    await fc.assert(
      fc.asyncProperty(wanted, async (one) => {
        expect(verify(await signed(one))).toEqual({ ok: true });
      }),
    );
  });

  it.each<[string, (request: HttpRequest) => HttpRequest]>([
    ['the method', (request) => ({ ...request, method: 'DELETE' })],
    ['the path', (request) => ({ ...request, path: `/more${request.path}` })],
    ['the query', (request) => ({ ...request, path: `${request.path}&limit=1` })],
    ['the body', (request) => ({ ...request, body: Buffer.from('{}') })],
    [
      'a header',
      ({ headers, ...rest }) => ({
        ...rest,
        headers: { ...headers, 'content-type': 'text/plain' },
      }),
    ],
    [
      'the host',
      ({ headers, ...rest }) => ({ ...rest, headers: { ...headers, host: 'localhost:7400' } }),
    ],
    ['the encoding of the query', (request) => ({ ...request, path: `${request.path}&%zz` })],
  ])('is refused when %s has changed since', async (_, change) => {
    expect(verify(change(await signed()))).toMatchObject({
      ok: false,
      kind: 'signature',
      reason: expect.stringContaining('does not match the signature you provided'),
    });
  });

  it('is refused with the secret or the session of somebody else', async () => {
    const request = await signed();
    const other = { ...credentials, secretAccessKey: 'other' };
    expect(verify(request, [signedAt], other)).toMatchObject({ ok: false, kind: 'signature' });
    const later = { ...credentials, sessionToken: 'another' };
    expect(verify(request, [signedAt], later)).toMatchObject({ ok: false, kind: 'token' });
    const { sessionToken: _, ...user } = credentials;
    expect(verify(request, [signedAt], user)).toMatchObject({ ok: false, kind: 'token' });
    expect(verify(await signed({}, user), [signedAt], user)).toEqual({ ok: true });
  });

  it('is taken for 5 minutes, by any of the clocks that count', async () => {
    const request = await signed();
    expect(verify(request, [signedAt + 5 * minute])).toEqual({ ok: true });
    expect(verify(request, [signedAt + 5 * minute + 1])).toMatchObject({
      reason:
        'Signature expired: 20261122T053000Z is now earlier than 20261122T053000Z (20261122T053500Z - 5 min.)',
    });
    expect(verify(request, [signedAt - 6 * minute])).toMatchObject({
      reason: expect.stringContaining('Signature not yet current'),
    });
    expect(verify(request, [signedAt + 24 * 60 * minute, signedAt])).toEqual({ ok: true });
  });

  it('must cover the host and all of AWS’s own headers, for this region', async () => {
    const request = await signed();
    const authorization = String(request.headers.authorization);
    const refusal = (changed: string, headers = {}) =>
      verify({
        ...request,
        headers: { ...request.headers, ...headers, authorization: changed },
      });
    expect(refusal(authorization.replace(';host', ''))).toMatchObject({
      reason: expect.stringContaining("'Host' or ':authority' must be a 'SignedHeader'"),
    });
    expect(refusal(authorization, { 'x-amz-added': 'later' })).toMatchObject({
      reason: expect.stringContaining('not signed: x-amz-added'),
    });
    expect(refusal(authorization.replace('us-east-1', 'eu-west-1'))).toMatchObject({
      reason: expect.stringContaining('scoped to a valid region'),
    });
    expect(refusal(authorization.replace('20261122', '20261121'))).toMatchObject({
      reason: expect.stringContaining('Date in Credential scope does not match'),
    });
    expect(refusal(authorization, { 'x-amz-date': 'today' })).toMatchObject({ ok: false });
  });
});

describe("AWS's published examples", () => {
  // Of the Signature Version 4 test suite and of the page "Create a signed AWS API request".
  const example = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  };
  const sample = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };

  it.each([
    [
      'GET',
      '/',
      'service',
      sample,
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'POST',
      '/',
      'service',
      sample,
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
    [
      'GET',
      '/?Param2=value2&Param1=value1',
      'service',
      sample,
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'GET',
      '/?Action=ListUsers&Version=2010-05-08',
      'iam',
      {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        host: 'iam.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
      },
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    ],
  ])('%s %s of %s', (method, path, service, headers, signature) => {
    const request = { method, path, headers, body: Buffer.alloc(0) };
    const scope = {
      accessKeyId: 'AKIDEXAMPLE',
      date: '20150830',
      region: 'us-east-1',
      service,
      signedHeaders: Object.keys(headers),
    };
    expect(sign(request, scope, example)).toBe(signature);
  });
});
