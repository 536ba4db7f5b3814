import { formatMoney, type Money } from '../../functions/domain/money.ts';

// How things are written on a terminal.

/** Rows in columns that are as wide as their widest cell. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((widest, row) => {
    row.forEach((cell, column) => {
      widest[column] = Math.max(widest[column] ?? 0, cell.length);
    });
    return widest;
  }, []);
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A title with indented lines below it; nothing where there are no lines. */
export const section = (title: string, lines: string): string =>
  lines === '' ? '' : `\n${title}\n${indent(lines)}`;

export const indent = (lines: string): string =>
  lines
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');

export const amount = (money: Money | null): string =>
  money === null ? 'amount not known yet' : formatMoney(money, 'en-US');

/** `visa 4242`, or the kind of what has no brand. */
export const methodName = ({
  type,
  brand,
  last4,
}: {
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
}): string => `${brand ?? words(type)} ${last4 ?? ''}`.trim();

/** `1 pass`, `2 passes` */
export const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

export const words = (name: string): string => name.replaceAll('_', ' ');

/** `2026-11-22 10:15 UTC` */
export const time = (iso: string | null): string =>
  iso === null ? '-' : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
