import { parseArgs } from 'node:util';
import type { HistoryEntry } from '../../functions/domain/dunning-case.ts';
import { customerId, invoiceId } from '../../functions/domain/ids.ts';
import { formatMoney } from '../../functions/domain/money.ts';
import { requestRetry } from '../../functions/runtime/staff-operations.ts';
import { cardOutcomes } from '../stripe/engine/declines.ts';
import { connectOperator } from './operator.ts';
import { defaultPort, readPort, StartRefusal } from './options.ts';
import { type Run, readRun } from './run-file.ts';

const usage = `Usage, beside a running npm start:
  npm run local -- renew REASON     another renewal fails: ${'`succeeded`'} or a decline code
  npm run local -- clock 1d         the clock moves ahead: 30s, 10m, 6h, 1d
  npm run local -- case INVOICE     what was decided, and by which rule
  npm run local -- retry INVOICE    try again by hand
Each takes --port N where npm start did.`;

/** `npm run local -- COMMAND`: makes things happen in a running `npm start`. */
async function main(): Promise<void> {
  const { values, positionals } = parse(process.argv.slice(2));
  const [command, argument] = positionals;
  const run = () => readRun(readPort(values.port ?? String(defaultPort)));
  switch (command) {
    case 'renew':
      return renew(await run(), argument ?? 'generic_decline');
    case 'clock':
      return moveClock(await run(), argument);
    case 'case':
      return showCase(await run(), argument);
    case 'retry':
      return retry(await run(), argument);
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

async function renew({ stripeUrl, demo }: Run, reason: string): Promise<void> {
  if (!cardOutcomes.includes(reason)) {
    throw new StartRefusal(`"${reason}" is no reason. Take one of: ${cardOutcomes.join(', ')}.`);
  }
  const url = localStripe(stripeUrl);
  await post(`${url}/_local/cards/${demo.primary}`, { outcomes: [reason] });
  await post(`${url}/_local/subscriptions/${demo.subscription}/renew`, {});
  process.stdout.write(`Renewed; the primary answers ${reason}. npm start tells what follows.\n`);
}

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

async function moveClock({ stripeUrl }: Run, text: string | undefined): Promise<void> {
  const [, count, unit] = /^(\d{1,4})([smhd])$/.exec(text ?? '') ?? [];
  if (count === undefined || unit === undefined) {
    throw new StartRefusal('clock takes a time to move ahead by, such as 30s, 10m, 6h or 1d.');
  }
  const milliseconds = Number(count) * (unitMs[unit] ?? 0);
  await post(`${localStripe(stripeUrl)}/_local/clock/advance`, { milliseconds });
  process.stdout.write(`The clock moved ahead by ${text}.\n`);
}

async function showCase({ operatorAccess, demo }: Run, text: string | undefined): Promise<void> {
  const invoice = readInvoice(text);
  const operator = connectOperator(operatorAccess);
  try {
    const customer = customerId(demo.customer);
    const found = await operator.records.case(customer, invoice);
    if (found === null) throw new StartRefusal(`There is no case of ${invoice}.`);
    const { progress, amountDue } = found;
    const until = 'dueAt' in progress ? `, due ${new Date(progress.dueAt).toISOString()}` : '';
    const amount = amountDue === null ? '' : ` of ${formatMoney(amountDue, 'en-US')}`;
    process.stdout.write(`${invoice}${amount}: ${progress.state}${until}\n`);
    for (const entry of await operator.records.history(customer, invoice)) {
      process.stdout.write(`${describe(entry)}\n`);
    }
  } finally {
    operator.close();
  }
}

function describe({ at, pass, event }: HistoryEntry): string {
  const when = `  ${new Date(at).toISOString()}  pass ${pass}  `;
  const rules = 'trace' in event ? event.trace.map(({ rule }) => rule).join(', ') : '';
  switch (event.kind) {
    case 'attempt': {
      const code = event.outcome.kind === 'declined' ? ` (${event.outcome.codes.declineCode})` : '';
      return `${when}attempt ${event.n}, ${event.role}: ${event.outcome.kind}${code}  [${rules}]`;
    }
    case 'pass_ended':
      return `${when}ended, next ${isoOrNever(event.nextPassAt)}  [${rules}]`;
    case 'observed':
      return `${when}observed only  [${rules}]`;
    case 'closed':
      return `${when}closed: ${event.reason}`;
  }
}

const isoOrNever = (at: number | null) => (at === null ? 'never' : new Date(at).toISOString());

async function retry({ operatorAccess, demo }: Run, text: string | undefined): Promise<void> {
  const operator = connectOperator(operatorAccess);
  try {
    const asked = await requestRetry(operator, customerId(demo.customer), readInvoice(text));
    const said = {
      queued: 'The retry is on its way; npm start tells what follows.',
      no_case: 'There is no case of this invoice.',
      settled: 'There is nothing left to pay on this invoice.',
    };
    process.stdout.write(`${said[asked]}\n`);
  } finally {
    operator.close();
  }
}

function readInvoice(text: string | undefined) {
  if (text?.startsWith('in_')) return invoiceId(text);
  throw new StartRefusal('Name an invoice, such as in_1PgTest: npm start prints them.');
}

function localStripe(url: string | undefined): string {
  if (url !== undefined) return url;
  throw new StartRefusal("This works with the local Stripe only, not with Stripe's sandbox.");
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new StartRefusal(`The local Stripe refused: ${await answer.text()}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
