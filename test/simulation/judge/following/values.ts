import { listIn } from '../read.ts';

/** What something was, and when it became so. */
interface Since<Value> {
  readonly at: number;
  readonly value: Value;
}

/** Values by what they are of, with what they were before. */
export interface Values<Value> {
  /** Every value at some moment from one to another, both included. */
  between(of: string, from: number, to: number): readonly Value[];
  latest(of: string): Value | undefined;
  /** When it last became another; -1 where it never was anything. */
  changedAt(of: string): number;
  note(at: number, of: string, value: Value): void;
}

/** @param Value A plain one, compared as it is. */
export function followValues<Value extends string | boolean | null>(): Values<Value> {
  const byName = new Map<string, Since<Value>[]>();
  return {
    between(of, from, to) {
      const all = byName.get(of) ?? [];
      const last = all.findLastIndex(({ at }) => at <= from);
      const during = all.slice(Math.max(0, last)).filter(({ at }) => at <= to);
      return [...new Set(during.map(({ value }) => value))];
    },
    latest: (of) => byName.get(of)?.at(-1)?.value,
    changedAt: (of) => byName.get(of)?.at(-1)?.at ?? -1,
    note(at, of, value) {
      const all = listIn(byName, of);
      if (all.length === 0 || all.at(-1)?.value !== value) all.push({ at, value });
    },
  };
}
