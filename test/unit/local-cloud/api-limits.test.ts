import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { apiLimits, headerBytesOf } from '../../../local/cloud/http/api-limits.ts';
import { shareFixture } from './fixtures/start-fixture.ts';

/** Sends a GET with exactly these headers. */
function get(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const outgoing = request(url, { headers: { connection: 'close', ...headers } }, (response) => {
    response.resume();
    resolve(response.statusCode);
  });
  outgoing.on('error', reject);
  outgoing.end();
  return promise;
}

describe("API Gateway's limits", () => {
  const fixture = shareFixture();

  it('are 10,240 bytes for the request line and the values of the headers', async () => {
    const { cloud } = fixture();
    const url = new URL(`${cloud.apiUrl}/things/1`);
    const own = 'GET /things/1 HTTP/1.1'.length + url.host.length + 'close'.length;
    const rest = apiLimits.headerBytes - own;
    expect(await get(url.href, { 'x-long': 'a'.repeat(rest) })).toBe(200);
    expect(await get(url.href, { 'x-long': 'a'.repeat(rest + 1) })).toBe(431);
    const half = Math.ceil(rest / 2);
    expect(await get(url.href, { 'x-a': 'a'.repeat(half), 'x-b': 'b'.repeat(half + 1) })).toBe(431);
  });

  it('count no names of headers', () => {
    const counted = { method: 'GET', url: '/', httpVersion: '1.1' };
    expect(headerBytesOf({ ...counted, rawHeaders: [] })).toBe('GET / HTTP/1.1'.length);
    expect(headerBytesOf({ ...counted, rawHeaders: ['Name', 'four'] })).toBe(14 + 4);
  });

  it('are 6 MB for the event, whatever 10 MB of payload would allow', async () => {
    const { cloud } = fixture();
    const post = (bytes: number) =>
      fetch(`${cloud.apiUrl}/hooks/stripe`, {
        method: 'POST',
        headers: {
          'content-type': 'text/plain',
          'x-answer': JSON.stringify({ statusCode: 204 }),
        },
        body: 'a'.repeat(bytes),
      });
    expect((await post(6 * 1024 * 1024 - 4096)).status).toBe(204);
    const refused = await post(6 * 1024 * 1024);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ message: 'Request Entity Too Large' });
  });

  it('are 6 MB for the answer', async () => {
    const { cloud } = fixture();
    const answered = async (bytes: number) => {
      const headers = { 'x-answer-bytes': String(bytes) };
      const response = await fetch(`${cloud.apiUrl}/things/1`, { headers });
      return { status: response.status, body: await response.text() };
    };
    // The quotes of the JSON text are Lambda's: the client gets what is between them.
    expect((await answered(6_291_556)).body).toHaveLength(6_291_554);
    expect(await answered(6_291_557)).toEqual({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });
});
