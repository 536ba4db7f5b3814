import type { PriceRecord } from '../records.ts';

/** Currencies without minor units: docs.stripe.com/currencies#zero-decimal. */
const withoutMinorUnits: ReadonlySet<string> = new Set([
  'bif',
  'clp',
  'djf',
  'gnf',
  'jpy',
  'kmf',
  'krw',
  'mga',
  'pyg',
  'rwf',
  'ugx',
  'vnd',
  'vuv',
  'xaf',
  'xof',
  'xpf',
]);

const withThousandths: ReadonlySet<string> = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

const formats = new Map<string, Intl.NumberFormat>();

/** An amount of minor units as Stripe writes it on a line: `$29.00`, `¥500`. */
export function writeAmount(minorUnits: string, currency: string): string {
  const digits = withoutMinorUnits.has(currency) ? 0 : withThousandths.has(currency) ? 3 : 2;
  const format =
    formats.get(currency) ??
    new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: 12,
    });
  formats.set(currency, format);
  return format.format(Number(minorUnits) / 10 ** digits);
}

/** `1 × Plan (at $29.00 / month)`: the words of a line that bills a period. */
export function periodWords(price: PriceRecord, product: string, quantity: number): string {
  const { interval = 'month', interval_count: count = 1 } = price.recurring ?? {};
  const pace = count === 1 ? `/ ${interval}` : `every ${count} ${interval}s`;
  const amount = writeAmount(price.unit_amount_decimal, price.currency);
  return `${quantity} × ${product} (at ${amount} ${pace})`;
}

/** `Trial period for Plan`. */
export function trialWords(product: string): string {
  return `Trial period for ${product}`;
}

/** `Unused time on 2 × Plan after 10 Jan 2026`; the quantity is left out when it is one. */
export function prorationWords(
  kind: 'Remaining' | 'Unused',
  product: string,
  quantity: number,
  at: number,
): string {
  const what = quantity === 1 ? product : `${quantity} × ${product}`;
  return `${kind} time on ${what} after ${writeDay(at)}`;
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `10 Jan 2026`, the day in UTC. */
function writeDay(at: number): string {
  const parts = new Map(
    dayFormat.formatToParts(at * 1000).map(({ type, value }) => [type, value] as const),
  );
  return `${parts.get('day')} ${parts.get('month')?.slice(0, 3)} ${parts.get('year')}`;
}
