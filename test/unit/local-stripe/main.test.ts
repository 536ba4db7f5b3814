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
    if (lines.length === 5) break;
  }
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(lines[0] ?? '')?.[1]);
  const key = /sk_test_\w+/.exec(lines[1] ?? '')?.[0] ?? '';
  expect(lines[2]).toMatch(/^Publishable key +pk_test_\w+$/);
  expect(lines[3]).toMatch(/^Events go to +http:\/\/127\.0\.0\.1:9\/webhooks\/stripe$/);
  expect(lines[4]).toMatch(/^Signed with +whsec_\w+$/);
  expect(new Set(lines.map((line) => line.search(/\S+( \(.*)?$/))).size).toBe(1);
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
});

test.each([
  ['--port', 'twelve', 'a number from 0 to 65535'],
  ['--port', '', 'a number from 0 to 65535'],
  ['--webhook', 'nowhere', 'a URL'],
  ['--webhook', 'localhost:3000', 'a URL'],
  ['--rate-limits', 'none', 'live or sandbox'],
])('says in a sentence what %s takes, when it gets %s', async (option, value, taken) => {
  const { exitCode, said } = await refusalOf(option, value);
  expect([exitCode, said]).toEqual([1, `${option} takes ${taken}, not "${value}".\n`]);
});

test('says what it takes when asked for help, and ends', async () => {
  const child = runMain('--help');
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  const [exitCode] = await once(child, 'close');
  expect(exitCode).toBe(0);
  for (const option of ['--port', '--webhook', '--data', '--rate-limits', '--help']) {
    expect(said).toMatch(new RegExp(`^  ${option}`, 'm'));
  }
});
