import { parseArgs } from 'node:util';
import { cardOutcomes } from '../stripe/engine/published/declines.ts';
import { defaultPort, readPort, StartRefusal } from './options.ts';
import { runCommand } from './run-command.ts';
import { type Run, readRun } from './run-file.ts';

const usage = `Usage, beside a running npm start:
  npm run local -- renew REASON     another renewal; the primary answers REASON
  npm run local -- clock 1d         the clock moves ahead: 30s, 10m, 6h, 1d
Each takes --port N where npm start did.`;

/** `npm run local -- COMMAND`: makes things happen in a running `npm start`. */
async function main(): Promise<string> {
  const { values, positionals } = parse(process.argv.slice(2));
  const [command, argument] = positionals;
  const run = () => readRun(readPort(values.port ?? String(defaultPort)));
  switch (command) {
    case 'renew':
      return renew(await run(), argument ?? 'generic_decline');
    case 'clock':
      return moveClock(await run(), argument);
    default:
      throw new StartRefusal(usage);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { port: { type: 'string' } },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartRefusal(`${error.message}.\n${usage}`);
  }
}

async function renew({ stripeUrl, demo }: Run, reason: string): Promise<string> {
  if (!cardOutcomes.includes(reason)) {
    throw new StartRefusal(`"${reason}" is no reason. Take one of: ${cardOutcomes.join(', ')}.`);
  }
  const url = localStripe(stripeUrl);
  await post(`${url}/_local/cards/${demo.primary}`, { outcomes: [reason] });
  await post(`${url}/_local/subscriptions/${demo.subscription}/renew`, {});
  return `Renewed; the primary answers ${reason}. npm start tells what follows.`;
}

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

async function moveClock({ stripeUrl }: Run, text: string | undefined): Promise<string> {
  const [, count, unit] = /^(\d{1,4})([smhd])$/.exec(text ?? '') ?? [];
  if (count === undefined || unit === undefined) {
    throw new StartRefusal('clock takes a time to move ahead by, such as 30s, 10m, 6h or 1d.');
  }
  const milliseconds = Number(count) * (unitMs[unit] ?? 0);
  await post(`${localStripe(stripeUrl)}/_local/clock/advance`, { milliseconds });
  return `The clock moved ahead by ${text}.`;
}

function localStripe(url: string | undefined): string {
  if (url !== undefined) return url;
  throw new StartRefusal("This works with the local Stripe only, not with Stripe's sandbox.");
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new StartRefusal(`The local Stripe refused: ${await answer.text()}`);
}

await runCommand(main);
