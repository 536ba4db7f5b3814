import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { handledEventTypes } from '../../functions/domain/stripe/stripe-events.ts';
import { createMovableClock } from '../../local/clock.ts';
import { apiPort } from '../../local/start/options.ts';
import { startLocalStripe } from '../../local/stripe/server.ts';
import { connectDesk } from '../../tools/staff/connect-desk.ts';
import { runStaff } from '../../tools/staff/run-staff.ts';

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly problems: string;
}

type Environment = Readonly<Record<string, string>>;
type Child = ChildProcessByStdio<null, Readable, Readable>;

function program(file: string, args: readonly string[], environment: Environment = {}): Child {
  return spawn(process.execPath, ['tools/run.mjs', file, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: Child): Promise<Ended> {
  let output = '';
  let problems = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    problems += text;
  });
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, output, problems };
}

const start = (args: readonly string[], environment?: Environment) =>
  ended(program('local/start/main.ts', args, environment));

/** Resolves when the program has said this. */
async function says(child: Child, words: string): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.includes(words)) return said;
  }
  throw new Error(`It ended without saying "${words}": ${said}`);
}

describe('npm start', () => {
  it('tells the journey and shows where to look; what is wanted of it is told; with --data the next run goes on', async () => {
    const data = await mkdtemp(join(tmpdir(), 'backstop-data-'));
    onTestFinished(() => rm(data, { recursive: true }));
    const port = await freePorts();
    const child = program('local/start/main.ts', ['--port', String(port), '--data', data]);
    const end = once(child, 'close');
    const problems = text(child.stderr);
    let first = '';
    try {
      first = await says(child, 'Stop with Ctrl+C');
      expectStory(first);
      await expectPlaces(first, port);
      const invoice = await expectRenewal(child, port);
      await expectStaff(invoice, port);
      expect(await local(port, 'clock', '1d')).toMatchObject({ code: 0, problems: '' });
      expect((await local(port, 'renew', 'nonsense')).problems).toContain(
        '"nonsense" is no reason',
      );

      const beside = await start(['--once', '--port', String(port)]);
      expect(beside.code).toBe(1);
      expect(beside.problems).toMatch(/Port \d+.* in use by another program.*--port/s);
    } finally {
      child.kill('SIGINT');
    }
    expect([await end, await problems]).toEqual([[0, null], '']);

    const next = await start(['--once', '--port', '0', '--data', data]);
    expect([next.code, next.problems]).toEqual([0, '']);
    expect(customerIn(next.output)).toBe(customerIn(first));
    expect(invoiceIn(next.output)).not.toBe(invoiceIn(first));
  });

  it('with a part stopped ends there, names it, and fails', async () => {
    const { code, problems } = await start(['--once', '--port', '0', '--stop', 'mail']);
    expect(code).toBe(1);
    expect(problems).toContain(
      'The story ends before "the mail goes out". The mail does not answer',
    );
  });
});

/** In order. */
function expectStory(output: string): void {
  const found = story.map((line) => output.search(line));
  expect(found).not.toContain(-1);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
}

const story = [
  /customer +cus_\w+ +Ada Demo/,
  /renewed +in_\w+ +\$49\.00/,
  /declined +ch_\w+ .*generic_decline/,
  /webhook +evt_\w+ .*invoice\.payment_failed/,
  /case +in_\w+/,
  /message +[0-9a-f-]{36} /,
  /attempt 1 .*primary .*declined/,
  /attempt 2 .*secondary .*succeeded/,
  /paid +ch_\w+ +\$49\.00/,
  /mail +\S+ .*backup Mastercard ending in 4444/,
];
const customerIn = (output: string) => /customer +(cus_\w+)/.exec(output)?.[1];
const invoiceIn = (output: string) => /renewed +(in_\w+)/.exec(output)?.[1];

/** The page with its link, and the console. */
async function expectPlaces(said: string, port: number): Promise<void> {
  const page = `http://127.0.0.1:${port}`;
  const [link = ''] = new RegExp(`${page}/#/sign-in/\\S+`).exec(said) ?? [];
  const token = link.slice(link.lastIndexOf('/') + 1);
  const signedIn = await fetch(`${page}/portal/session`, {
    method: 'POST',
    headers: { origin: page, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  expect(await signedIn.json()).toMatchObject({ email: 'ada@customer.example' });
  expect(said).toContain(`console       http://127.0.0.1:${port + 3}`);
  const shown = await fetch(`http://127.0.0.1:${port + 3}/invoices`);
  expect(await shown.text()).toContain('paid by the secondary');
}

const local = (port: number, ...args: string[]) =>
  ended(program('local/start/control.ts', [...args, '--port', String(port)]));

/** @returns the invoice of another renewal, once `npm start` has told how it ended. */
async function expectRenewal(child: Child, port: number): Promise<string> {
  const told = says(child, 'Mail sent');
  expect(await local(port, 'renew', 'insufficient_funds')).toMatchObject({ code: 0, problems: '' });
  return /in_\w+/.exec(await told)?.[0] ?? '';
}

/** One command as the program that it is; the others of this process, which saves their starts. */
async function expectStaff(invoice: string, port: number): Promise<void> {
  const at = ['--port', String(port)];
  const shown = await ended(program('tools/staff/main.ts', ['trace', '--invoice', invoice, ...at]));
  expect(shown.output).toMatch(/state +recovered\n/);
  expect(shown.output).toContain('$49.00');
  expect(shown.output).toContain('secondary: succeeded');

  const staff = (...args: string[]) =>
    runStaff([...args, ...at], (running) => connectDesk(running, {}));
  expect((await staff('retry', '--invoice', invoice)).problems).toContain('Nothing is left');
  const why = ['--reason', 'to see it'];
  expect((await staff('charging', 'stop', ...why)).output).toContain('Charges are stopped');
  expect((await staff('charging')).output).toContain('user/staff: to see it');
  expect((await staff('charging', 'start', ...why)).output).toContain('Charges are allowed');
  const method = ['--method', 'pm_that_never_was'];
  expect((await staff('secondary', ...method)).problems).toContain('no such payment method');
  expect((await staff('retry')).problems).toContain('needs --invoice');
}

describe('npm start with a Stripe key', () => {
  it.each(['sk_live_abc', 'rk_live_abc'])(
    'refuses the live key %s with a sentence',
    async (key) => {
      const { code, output, problems } = await start(['--once', '--port', '0'], {
        STRIPE_SECRET_KEY: key,
      });
      expect([code, output]).toEqual([1, '']);
      expect(problems).toMatch(/^STRIPE_SECRET_KEY is a live key: .*takes only a test key/);
      expect(problems).not.toContain(key);
    },
  );

  it('wants the webhook secret too, and says where it comes from', async () => {
    const { code, problems } = await start(['--once'], { STRIPE_SECRET_KEY: 'sk_test_abc' });
    expect(code).toBe(1);
    expect(problems).toContain('stripe listen --forward-to 127.0.0.1:7405/webhooks/stripe');
  });

  it('wants the key for the page too', async () => {
    const { code, problems } = await start(['--once'], {
      STRIPE_SECRET_KEY: 'sk_test_abc',
      STRIPE_WEBHOOK_SECRET: 'whsec_abc',
      STRIPE_PUBLISHABLE_KEY: 'sk_test_abc',
    });
    expect(code).toBe(1);
    expect(problems).toContain('STRIPE_PUBLISHABLE_KEY');
    expect(problems).not.toContain('sk_test_abc');
  });

  it('runs the same journey against that Stripe, and touches only the customer it made', async () => {
    // A Stripe in a process of its own stands in for the sandbox: all that is known is its key.
    const clock = createMovableClock();
    const sandbox = await startLocalStripe({ clock });
    try {
      const port = await freePorts();
      const { secret } = sandbox.addWebhookEndpoint({
        url: `http://127.0.0.1:${apiPort(port)}/webhooks/stripe`,
        enabledEvents: handledEventTypes,
      });
      const { code, output, problems } = await start(['--once', '--port', String(port)], {
        STRIPE_SECRET_KEY: sandbox.apiKey,
        STRIPE_WEBHOOK_SECRET: secret,
        STRIPE_PUBLISHABLE_KEY: sandbox.publishableKey,
        STRIPE_API_BASE: sandbox.url,
      });
      expect([code, problems]).toEqual([0, '']);
      expect(output).toMatch(/declined .*generic_decline/);
      expect(output).toMatch(/paid +ch_\w+ +\$49\.00/);
      expect(output).toContain('cannot show');
      const { customers } = sandbox.control.state().tables;
      expect(customers.map(({ id }) => id)).toEqual([/customer +(cus_\w+)/.exec(output)?.[1]]);
    } finally {
      await sandbox.stop();
      clock.stop();
    }
  });
});

describe('npm start where another program has one of its ports', () => {
  it.each([0, 1, 3])(
    'the one at +%i: ends with a sentence that says what to do',
    async (offset) => {
      const port = await freePorts();
      const other = await listen(port + offset);
      if (other === null) throw new Error(`Port ${port + offset} was free a moment ago.`);
      const { code, problems } = await start(['--port', String(port)]);
      await close(other);
      expect(code).toBe(1);
      expect(problems).toMatch(/Port \d+.* in use by another program.*--port/s);
    },
  );
});

describe('an option that is not known', () => {
  it.each([
    { args: ['--nonsense'], sentence: 'Usage: npm start' },
    { args: ['--stop', 'moon'], sentence: '--stop takes one of queue, secret, mail, table' },
    { args: ['--port', '-1'], sentence: '--port' },
  ])('$args is refused with a sentence', async ({ args, sentence }) => {
    const { code, problems } = await start(args);
    expect(code).toBe(1);
    expect(problems).toContain(sentence);
    expect(problems).not.toContain('    at ');
  });
});

/** The first of six free ports, below those that the system gives to whoever asks for any. */
async function freePorts(): Promise<number> {
  for (let tries = 0; tries < 20; tries += 1) {
    const first = randomInt(10_000, 30_000);
    const servers = await Promise.all([0, 1, 2, 3, 4, 5].map((next) => listen(first + next)));
    await Promise.all(servers.map((server) => server && close(server)));
    if (!servers.includes(null)) return first;
  }
  throw new Error('No six ports beside each other are free.');
}

/** `null` where somebody else has the port. */
async function listen(port: number): Promise<Server | null> {
  const server = createServer().listen(port, '127.0.0.1');
  const [first] = await Promise.race([
    once(server, 'listening').then(() => [null]),
    once(server, 'error').catch((error: unknown) => [error]),
  ]);
  return first === null ? server : null;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
