import { parseArgs } from 'node:util';
import { createMovableClock } from '../clock.ts';
import { readDataFile } from './data-file.ts';
import {
  isRateLimitMode,
  publishedRateLimits,
  type RateLimitMode,
} from './engine/protocol/rate-limits.ts';
import { type LocalStripe, startLocalStripe } from './server.ts';

const usage =
  'Usage: npm run stripe -- [--port NUMBER] [--webhook URL] [--data FILE] [--rate-limits live|sandbox] [--help]';

const help = `${usage}

A Stripe of your own on this machine, for programs and for people: no money moves.

  --port NUMBER          where it listens on 127.0.0.1; 0 takes any free port (default 12111)
  --webhook URL          sends every event there, signed
  --data FILE            keeps the account between runs, but no faults (default: nothing is kept)
  --rate-limits live     refuses more than 100 requests a second, or 25 of one endpoint
  --rate-limits sandbox  refuses more than 25 requests a second
  --help                 says this

Open its address in a browser to look inside, and to make happen what nobody can order from
the real Stripe: declines, disputes, replaced cards, lost answers, late events.`;

interface Wishes {
  readonly port: number;
  readonly webhook: string | undefined;
  readonly data: string | undefined;
  readonly rateLimits: RateLimitMode | undefined;
}

/** @throws Error with a sentence for an unknown option or a value that cannot be. */
function readWishes(args: readonly string[]): Wishes | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '12111' },
      webhook: { type: 'string' },
      data: { type: 'string' },
      'rate-limits': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  if (values.webhook !== undefined && !isWebAddress(values.webhook)) {
    throw new Error(`--webhook takes a URL, not "${values.webhook}".`);
  }
  if (values.data === '') throw new Error('--data takes the name of a file.');
  const mode = values['rate-limits'];
  if (mode !== undefined && !isRateLimitMode(mode)) {
    throw new Error(`--rate-limits takes live or sandbox, not "${mode}".`);
  }
  return { port, webhook: values.webhook, data: values.data, rateLimits: mode };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

async function main(wishes: Wishes): Promise<void> {
  const saved = wishes.data === undefined ? undefined : await readDataFile(wishes.data);
  const startAt = Math.max(Date.now(), saved?.savedAt ?? 0);
  const clock = createMovableClock({ startAt });
  const { data, rateLimits } = wishes;
  const stripe = await startLocalStripe({
    port: wishes.port,
    clock,
    ...(data === undefined ? {} : { data }),
    ...(rateLimits === undefined ? {} : { rateLimits: publishedRateLimits[rateLimits] }),
  });
  console.log(welcome(stripe, wishes));
  const stop = () => {
    clock.stop();
    stripe.stop().catch(refuse);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** What one needs to begin, a line each. */
function welcome(stripe: LocalStripe, { webhook, data, rateLimits }: Wishes): string {
  const lines: readonly (readonly [string, string])[] = [
    ['Local Stripe', `${stripe.url} (open it in a browser to look inside)`],
    ['Secret key', stripe.apiKey],
    ['Publishable key', stripe.publishableKey],
    ...webhookLines(stripe, webhook),
    ...(data === undefined ? [] : [['Kept in', data] as const]),
    ...(rateLimits === undefined ? [] : [['Rate limits', `as in ${rateLimits} mode`] as const]),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

function webhookLines(stripe: LocalStripe, url: string | undefined) {
  if (url === undefined) return [];
  const { secret } = webhookEndpoint(stripe, url);
  return [['Events go to', url] as const, ['Signed with', secret] as const];
}

/** The endpoint of this URL that a former run registered, or a new one. */
function webhookEndpoint(stripe: LocalStripe, url: string): { readonly secret: string } {
  const { tables, webhookSecrets } = stripe.control.state();
  const known = tables.webhook_endpoints.find((endpoint) => endpoint.url === url);
  const secret = known && webhookSecrets[known.id];
  return secret === undefined
    ? stripe.addWebhookEndpoint({ url, enabledEvents: ['*'] })
    : { secret };
}

/** Says in a sentence why it cannot go on. */
function refuse(error: unknown): void {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return 'The port is in use. Stop what listens there, or choose another one with --port NUMBER (0 takes any free one).';
  }
  if (code === 'EACCES')
    return 'The port may not be used by you. Choose one above 1023 with --port NUMBER.';
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS')
    ? `${error.message.split('. ')[0]}. ${usage}.`
    : error.message;
}

try {
  const wishes = readWishes(process.argv.slice(2));
  if (wishes === 'help') console.log(help);
  else await main(wishes);
} catch (error) {
  refuse(error);
}
