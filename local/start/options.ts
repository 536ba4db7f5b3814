import { parseArgs } from 'node:util';
import type { Part } from '../cloud/records.ts';

export interface StartOptions {
  /** Run the journey once and end; the exit code says whether it ended as it should. */
  readonly once: boolean;
  /** Folder that keeps the state between runs; by default nothing is kept. */
  readonly data: string | undefined;
  /**
   * The page's port; inbox, local Stripe, console, staff API and public API take the five after
   * it. 0 takes free ones.
   */
  readonly port: number;
  /** A part that does not answer, to see that the journey notices. */
  readonly stop: Part | undefined;
  /** Talk to Stripe's sandbox with this key instead of the local Stripe. */
  readonly sandbox: Sandbox | undefined;
}

export interface Sandbox {
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** For the page, which gets the key of its account. */
  readonly publishableKey: string;
  /** Another Stripe on this machine in the sandbox's place, such as one from `npm run stripe`. */
  readonly apiBase: string | undefined;
}

const parts: readonly Part[] = ['queue', 'secret', 'mail', 'table'];
export const defaultPort = 7400;

/** The last port that leaves room for the five beside it. */
const lastPort = 65_530;

/** Where the console listens, beside the page's port. */
export const consolePort = (port: number): number => (port === 0 ? 0 : port + 3);

/** Where the staff API listens, beside the page's port. */
export const staffApiPort = (port: number): number => (port === 0 ? 0 : port + 4);

/** Where the public API listens, beside the page's port: Stripe's webhooks go there. */
export const apiPort = (port: number): number => (port === 0 ? 0 : port + 5);

export const startUsage = `Usage: npm start -- [--once] [--data DIR] [--port N] [--stop ${parts.join('|')}]`;

/** A start that cannot be made, said in one sentence. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}

/** @throws {StartRefusal} for an option or a key that cannot be used. */
export function readStartOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const { once, data, port, stop } = parse(args);
  return {
    once: once ?? false,
    data,
    port: readPort(port),
    stop: readPart(stop),
    sandbox: readSandbox(environment),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean' },
        data: { type: 'string' },
        port: { type: 'string' },
        stop: { type: 'string' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartRefusal(`${error.message}. ${startUsage}`);
  }
}

export function readPort(text: string | undefined): number {
  if (text === undefined) return defaultPort;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= lastPort) return port;
  throw new StartRefusal(`--port takes a whole number from 0 to ${lastPort}, not "${text}".`);
}

function readPart(text: string | undefined): Part | undefined {
  if (text === undefined) return undefined;
  const part = parts.find((each) => each === text);
  if (part !== undefined) return part;
  throw new StartRefusal(`--stop takes one of ${parts.join(', ')}, not "${text}".`);
}

function readSandbox(
  environment: Readonly<Record<string, string | undefined>>,
): Sandbox | undefined {
  const apiKey = environment.STRIPE_SECRET_KEY ?? '';
  const webhookSecret = environment.STRIPE_WEBHOOK_SECRET ?? '';
  if (apiKey === '') return undefined;
  if (/^(sk|rk)_live_/.test(apiKey)) {
    throw new StartRefusal(
      'STRIPE_SECRET_KEY is a live key: this command makes customers and fails payments, so it ' +
        'takes only a test key (sk_test_...). Unset it to use the local Stripe.',
    );
  }
  if (!/^(sk|rk)_test_/.test(apiKey)) {
    throw new StartRefusal(
      'STRIPE_SECRET_KEY is no Stripe key. Put a test key (sk_test_...) there, or unset it to use the local Stripe.',
    );
  }
  if (!webhookSecret.startsWith('whsec_')) {
    throw new StartRefusal(
      'STRIPE_SECRET_KEY is set but STRIPE_WEBHOOK_SECRET is not. Run "stripe listen --forward-to ' +
        `127.0.0.1:${apiPort(defaultPort)}/webhooks/stripe" and put the whsec_... that it prints there.`,
    );
  }
  const publishableKey = environment.STRIPE_PUBLISHABLE_KEY ?? '';
  if (!/^pk_test_[A-Za-z0-9]+$/.test(publishableKey)) {
    throw new StartRefusal(
      'STRIPE_SECRET_KEY is set but STRIPE_PUBLISHABLE_KEY is not: the page needs the test key of the ' +
        'same account that is for pages. Put pk_test_... there.',
    );
  }
  const apiBase = readApiBase(environment.STRIPE_API_BASE);
  return { apiKey, webhookSecret, publishableKey, apiBase };
}

function readApiBase(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^http:\/\/127\.0\.0\.1:\d+$/.test(text)) return text;
  throw new StartRefusal(
    'STRIPE_API_BASE takes an address on this machine, such as http://127.0.0.1:12111; unset it for Stripe itself.',
  );
}
