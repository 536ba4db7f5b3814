import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, test } from 'vitest';
import { run, startFixture } from '../test/unit/local-cloud/fixtures/start-fixture.ts';

/**
 * What the local cloud adds to a call of a warm function. Read the ratios; the absolute figures
 * are this machine's.
 */
const nothing = { do: 'invocations' };

async function get(url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  await response.arrayBuffer();
}

/** A server that answers at once: what any call over HTTP costs here. */
async function startBareServer(): Promise<string> {
  const server = createServer((_, response) => response.end('{}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A listening TCP server's address is an object.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a request that a warm function answers at once', async ({ bench }) => {
  const bare = await startBareServer();
  const { cloud } = await startFixture();
  await get(`${cloud.apiUrl}/things/1`);
  await bench.compare(
    bench('bare server', () => get(bare)),
    bench('API and function', () => get(`${cloud.apiUrl}/things/1`)),
  );
});

test('a warm invocation', async ({ bench }) => {
  const { cloud } = await startFixture();
  await run(cloud, nothing);
  await bench.compare(
    bench('of nothing', () => run(cloud, nothing)),
    bench('with one write to the table', () => run(cloud, { do: 'put', id: 'a' })),
    bench('with one message sent', () => run(cloud, { do: 'send', body: '[]' })),
  );
});
