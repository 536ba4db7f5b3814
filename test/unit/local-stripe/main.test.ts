import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import Stripe from 'stripe';
import { expect, onTestFinished, test } from 'vitest';
import { openWorld } from './world.ts';

/** Runs `npm run stripe -- ...args` without npm. */
function runMain(...args: readonly string[]) {
  const child = spawn(process.execPath, ['tools/run.mjs', 'local/stripe/main.ts', ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

async function refusalOf(...args: readonly string[]) {
  const child = runMain(...args);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const [exitCode] = await once(child, 'close');
  return { exitCode, said };
}

test('starts, says where it is and with which key, and ends when asked', async () => {
  const child = runMain('--port', '0', '--webhook', 'http://127.0.0.1:9/webhooks/stripe');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === 3) break;
  }
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(lines[0] ?? '')?.[1]);
  const key = /sk_test_\w+/.exec(lines[1] ?? '')?.[0] ?? '';
  expect(lines[2]).toMatch(/signed with whsec_/);
  const stripe = new Stripe(key, { host: '127.0.0.1', port, protocol: 'http' });
  expect((await stripe.customers.list()).data).toEqual([]);

  child.kill('SIGTERM');
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(0);
});

test('says in a sentence that the port is in use', async () => {
  const { local } = await openWorld();
  const { exitCode, said } = await refusalOf('--port', String(local.port));
  expect(exitCode).toBe(1);
  expect(said).toMatch(/^The port is in use\. .*--port NUMBER/);
  expect(said.trim().split('\n')).toHaveLength(1);
});

test('says in a sentence which option it does not know', async () => {
  const { exitCode, said } = await refusalOf('--prot', '1');
  expect(exitCode).toBe(1);
  expect(said).toMatch(/^Unknown option '--prot'\. Usage: npm run stripe/);
  expect((await refusalOf('--port', 'twelve')).said).toMatch(/^--port takes a number/);
  expect((await refusalOf('--webhook', 'nowhere')).said).toMatch(/^--webhook takes a URL/);
});
