import { parseArgs } from 'node:util';
import { createMovableClock } from '../clock.ts';
import { readDataFile } from './data-file.ts';
import { startLocalStripe } from './server.ts';

const usage =
  'Usage: npm run stripe -- [--port NUMBER] [--webhook URL] [--data FILE]. ' +
  'The port is 12111 unless given; without --data nothing is kept.';

interface Wishes {
  readonly port: number;
  readonly webhook: string | undefined;
  readonly data: string | undefined;
}

/** @throws Error with a sentence for an unknown option or a value that cannot be. */
function readWishes(args: readonly string[]): Wishes {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '12111' },
      webhook: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  if (values.webhook !== undefined && !URL.canParse(values.webhook)) {
    throw new Error(`--webhook takes a URL, not "${values.webhook}".`);
  }
  return { port, webhook: values.webhook, data: values.data };
}

async function main(wishes: Wishes): Promise<void> {
  const saved = wishes.data === undefined ? undefined : await readDataFile(wishes.data);
  const startAt = Math.max(Date.now(), saved?.savedAt ?? 0);
  const clock = createMovableClock({ startAt });
  const stripe = await startLocalStripe({
    port: wishes.port,
    clock,
    ...(wishes.data === undefined ? {} : { data: wishes.data }),
  });
  console.log(`The local Stripe listens on ${stripe.url} (open it in a browser to look inside).`);
  console.log(`Its API key is ${stripe.apiKey}`);
  if (wishes.webhook !== undefined) {
    const { secret } = webhookEndpoint(stripe, wishes.webhook);
    console.log(`Events go to ${wishes.webhook}, signed with ${secret}`);
  }
  const stop = () => {
    clock.stop();
    stripe.stop().catch(refuse);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** The endpoint of this URL that a former run registered, or a new one. */
function webhookEndpoint(
  stripe: Awaited<ReturnType<typeof startLocalStripe>>,
  url: string,
): { readonly secret: string } {
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
    ? `${error.message.split('. ')[0]}. ${usage}`
    : error.message;
}

try {
  await main(readWishes(process.argv.slice(2)));
} catch (error) {
  refuse(error);
}
