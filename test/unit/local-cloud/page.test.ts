import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { LocalCloudOptions } from '../../../local/cloud/start.ts';
import { addPage } from './fixtures/page.ts';
import { run, startFixture, temporaryFolder, writeAssembly } from './fixtures/start-fixture.ts';
import { type FixtureTemplate, fixtureTemplate, stackName } from './fixtures/template.ts';

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends what `fetch` would change: any header, and a path as it is. */
async function ask(base: string, path: string, { method = 'GET', headers = {} }: Asked = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { hostname, port } = new URL(base);
  request({ hostname, port, path, method, headers, agent: false }, resolve)
    .on('error', reject)
    .end();
  const answer = await promise;
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}

const html = '<p>https://js.stripe.example and https://other.example</p>';
const script = 'go("https://js.stripe.example")';

type Change = (template: FixtureTemplate) => void;

async function startPage(options: Partial<LocalCloudOptions> = {}, change: Change = () => {}) {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), html);
  await writeFile(join(folder, 'assets', 'app.js'), script);
  const template = fixtureTemplate();
  addPage(template);
  change(template);
  const assemblyDirectory = await writeAssembly(template);
  const file = join(assemblyDirectory, `${stackName}.assets.json`);
  const { files } = JSON.parse(await readFile(file, 'utf8'));
  const path = relative(assemblyDirectory, folder);
  const page = { source: { path }, destinations: { a: { objectKey: 'page.zip' } } };
  await writeFile(file, JSON.stringify({ files: { ...files, page } }));
  return startFixture({ assemblyDirectory, ...options });
}

/** The event of the function behind the API, which answers with it. */
const eventIn = ({ text: body }: { readonly text: string }) => JSON.parse(body).event;

describe('the page', () => {
  it("serves the bucket's files with the policy's headers, each kept as it was copied", async () => {
    const { cloud } = await startPage();
    const document = await ask(cloud.pageUrl, '/');
    expect(document).toMatchObject({
      status: 200,
      text: html,
      headers: {
        'content-type': 'text/html',
        'cache-control': 'no-cache',
        'content-security-policy': "script-src 'self' https://js.stripe.example",
        'strict-transport-security': 'max-age=60; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'x-added': 'by CloudFront',
      },
    });
    expect(await ask(cloud.pageUrl, '/index.html?x=1')).toMatchObject({ status: 200, text: html });
    expect(await ask(cloud.pageUrl, '/assets/app.js')).toMatchObject({
      status: 200,
      text: script,
      headers: { 'content-type': 'text/javascript', 'cache-control': 'immutable' },
    });
    expect(await ask(cloud.pageUrl, '/', { method: 'HEAD' })).toMatchObject({
      status: 200,
      text: '',
    });
  });

  it.each([
    '/nothing',
    '/assets/',
    '/../index.html',
    '/%2e%2e/index.html',
    '/assets/..%2findex.html',
    '//index.html',
  ])('has no file at %s', async (path) => {
    const { cloud } = await startPage();
    expect(await ask(cloud.pageUrl, path)).toMatchObject({ status: 403, text: 'Access Denied\n' });
  });

  it('takes no other methods than the distribution does', async () => {
    const { cloud } = await startPage();
    for (const path of ['/', '/things/1']) {
      expect(await ask(cloud.pageUrl, path, { method: 'POST' })).toMatchObject({ status: 403 });
    }
  });

  it('is refused to pages and names of the internet', async () => {
    const { cloud } = await startPage();
    const foreign = [{ host: 'evil.example' }, { origin: 'http://evil.example' }];
    for (const headers of foreign) {
      expect(await ask(cloud.pageUrl, '/', { headers })).toMatchObject({ status: 403 });
    }
  });

  it('names what stands in for origins of the internet, in documents and headers', async () => {
    const standIns = { 'https://js.stripe.example': 'http://127.0.0.1:1' };
    const { cloud } = await startPage({ standIns });
    const document = await ask(cloud.pageUrl, '/');
    expect(document.text).toBe('<p>http://127.0.0.1:1 and https://other.example</p>');
    expect(document.headers['content-security-policy']).toBe(
      "script-src 'self' http://127.0.0.1:1",
    );
    // Scripts keep their names, which are made of their content.
    expect((await ask(cloud.pageUrl, '/assets/app.js')).text).toBe(script);
  });
});

describe("the page's way to the API", () => {
  it('hands on what the policy lets through, and nothing else, with the secret', async () => {
    const { cloud } = await startPage();
    const headers = {
      cookie: 'one=1; two=2',
      origin: cloud.pageUrl,
      'user-agent': 'a browser',
      'x-other': 'dropped',
      'x-origin-secret': 'a lie',
      'cloudfront-viewer-address': 'a lie',
    };
    const answer = await ask(cloud.pageUrl, '/things/1?x=1', { headers });
    expect(answer.headers['x-replaced']).toBe('by CloudFront');
    const event = eventIn(answer);
    expect(event).toMatchObject({
      routeKey: 'GET /things/{id}',
      rawQueryString: 'x=1',
      cookies: ['one=1', 'two=2'],
      headers: {
        origin: cloud.pageUrl,
        'user-agent': 'Amazon CloudFront',
        'cloudfront-viewer-address': expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      },
    });
    expect(event.headers['x-other']).toBeUndefined();
    // What the secret is, only a function that may read it finds out.
    const secret = await run(cloud, { do: 'secret', name: 'fixture/origin' });
    expect(secret).toMatch(/^[0-9a-f]{48}$/);
    expect(event.headers['x-origin-secret']).toBe(secret);
  });

  it("adds its headers to the API's own, and replaces where it is to", async () => {
    const { cloud } = await startPage();
    const own = { 'x-added': 'by the API', 'x-replaced': 'by the API' };
    const answer = { statusCode: 201, headers: own, cookies: ['a=1', 'b=2'], body: 'made' };
    expect(
      await ask(cloud.pageUrl, '/things/1', { headers: { 'x-answer': JSON.stringify(answer) } }),
    ).toMatchObject({
      status: 201,
      text: 'made',
      headers: {
        'x-added': 'by the API',
        'x-replaced': 'by CloudFront',
        'x-content-type-options': 'nosniff',
        'set-cookie': ['a=1', 'b=2'],
      },
    });
  });

  it('lets the page in at the API, and no other', async () => {
    const { cloud } = await startPage();
    const from = (origin: string) => ask(cloud.apiUrl, '/things/1', { headers: { origin } });
    expect(await from(cloud.pageUrl)).toMatchObject({ status: 200 });
    expect(await from('http://127.0.0.1:1')).toMatchObject({ status: 403 });
  });
});

describe('a template with a page', () => {
  it('gives functions the address at home for those of the cloud', async () => {
    const { cloud } = await startPage();
    expect(await run(cloud, { do: 'environment' })).toMatchObject({
      PAGE: cloud.pageUrl,
      OWN_HOST: cloud.pageUrl,
      OTHER: 'https://page.shop.example/below',
    });
  });

  it("does not run the function with which CDK copies, nor count it to the stack's", async () => {
    const { cloud } = await startPage();
    expect(cloud.functions().map(({ logicalId }) => logicalId)).not.toContain('Copier');
  });

  it.each<[string, Change]>([
    [
      'Page leads to "elsewhere.example", which is no HTTP API and no bucket of the template.',
      ({ Resources }) =>
        replaceIn(
          Resources,
          'Page',
          '"DomainName":{"Fn::GetAtt":["Files","RegionalDomainName"]}',
          '"DomainName":"elsewhere.example"',
        ),
    ],
    [
      'Page has the policy "b689b0a8", which the local cloud does not know.',
      ({ Resources }) => replaceIn(Resources, 'Page', '{"Ref":"RequestHeaders"}', '"b689b0a8"'),
    ],
    [
      'CopyAssets copies "other.zip", which no asset holds.',
      ({ Resources }) => replaceIn(Resources, 'CopyAssets', 'page.zip', 'other.zip'),
    ],
    [
      'Script uses the dynamic reference "{{resolve:secretsmanager:x}}"',
      ({ Resources }) =>
        Object.assign(Resources.Script.Properties.Environment.Variables, {
          NOTED: '{{resolve:secretsmanager:x}}',
        }),
    ],
  ])('is refused: %s', async (sentence, change) => {
    await expect(startPage({}, change)).rejects.toThrow(sentence);
  });
});

/** Changes a resource by its JSON. */
function replaceIn(resources: object, name: string, text: string, by: string): void {
  const known: Record<string, unknown> = { ...resources };
  const changed = JSON.stringify(known[name]).replace(text, by);
  Object.assign(resources, { [name]: JSON.parse(changed) });
}
