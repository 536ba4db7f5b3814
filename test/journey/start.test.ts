import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { handledEventTypes } from '../../functions/domain/stripe/stripe-events.ts';
import { createMovableClock } from '../../local/clock.ts';
import { apiPort } from '../../local/start/options.ts';
import { startLocalStripe } from '../../local/stripe/server.ts';

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

describe('npm start -- --once', () => {
  it('tells the journey from its records, in order; with --data the next run goes on', async () => {
    const data = await mkdtemp(join(tmpdir(), 'backstop-data-'));
    try {
      const first = await start(['--once', '--port', '0', '--data', data]);
      expect([first.code, first.problems]).toEqual([0, '']);
      const found = story.map((line) => first.output.search(line));
      expect(found).not.toContain(-1);
      expect(found).toEqual(found.toSorted((a, b) => a - b));

      const second = await start(['--once', '--port', '0', '--data', data]);
      expect([second.code, second.problems]).toEqual([0, '']);
      expect(customerIn(second)).toBe(customerIn(first));
      expect(invoiceIn(second)).not.toBe(invoiceIn(first));
    } finally {
      await rm(data, { recursive: true });
    }
  });

  it('with a part stopped ends there, names it, and fails', async () => {
    const { code, problems } = await start(['--once', '--port', '0', '--stop', 'mail']);
    expect(code).toBe(1);
    expect(problems).toContain(
      'The story ends before "the mail goes out". The mail does not answer',
    );
  });
});

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
const customerIn = ({ output }: Ended) => /customer +(cus_\w+)/.exec(output)?.[1];
const invoiceIn = ({ output }: Ended) => /renewed +(in_\w+)/.exec(output)?.[1];

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

describe('npm start that stays up', () => {
  it('shows where to look; another renewal, a case and a retry by hand are told', async () => {
    const port = await freePorts();
    const child = program('local/start/main.ts', ['--port', String(port)]);
    const end = once(child, 'close');
    try {
      const said = await says(child, 'Stop with Ctrl+C');
      const [link = ''] =
        new RegExp(`http://127\\.0\\.0\\.1:${port}/#/sign-in/\\S+`).exec(said) ?? [];
      const token = link.slice(link.lastIndexOf('/') + 1);
      const signedIn = await fetch(`http://127.0.0.1:${port}/portal/session`, {
        method: 'POST',
        headers: { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
      expect(await signedIn.json()).toMatchObject({ email: 'ada@customer.example' });
      expect(said).toContain(`console       http://127.0.0.1:${port + 3}`);
      const page = await fetch(`http://127.0.0.1:${port + 3}/invoices`);
      expect(await page.text()).toContain('paid by the secondary');
      const local = (...args: string[]) =>
        ended(program('local/start/control.ts', [...args, '--port', String(port)]));

      const told = says(child, 'Mail sent');
      expect(await local('renew', 'insufficient_funds')).toMatchObject({ code: 0, problems: '' });
      const invoice = /in_\w+/.exec(await told)?.[0] ?? '';

      const staff = (...args: string[]) =>
        ended(program('tools/staff/main.ts', [...args, '--port', String(port)]));
      const shown = await staff('trace', '--invoice', invoice);
      expect(shown.output).toMatch(/state +recovered\n/);
      expect(shown.output).toContain('$49.00');
      expect(shown.output).toContain('secondary: succeeded');
      expect((await staff('retry', '--invoice', invoice)).problems).toContain('Nothing is left');
      const why = ['--reason', 'to see it'];
      expect((await staff('charging', 'stop', ...why)).output).toContain('Charges are stopped');
      expect((await staff('charging')).output).toContain('user/staff: to see it');
      expect((await staff('charging', 'start', ...why)).output).toContain('Charges are allowed');
      const method = ['--method', 'pm_that_never_was'];
      expect((await staff('secondary', ...method)).problems).toContain('no such payment method');
      expect((await staff('retry')).problems).toContain('needs --invoice');
      expect(await local('clock', '1d')).toMatchObject({ code: 0, problems: '' });
      expect((await local('renew', 'nonsense')).problems).toContain('"nonsense" is no reason');

      const second = await start(['--once', '--port', String(port)]);
      expect(second.code).toBe(1);
      expect(second.problems).toMatch(/Port \d+.* in use by another program.*--port/s);
    } finally {
      child.kill('SIGINT');
    }
    expect(await end).toEqual([0, null]);
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
