import { createRandom as seededNumbers } from '../../local/seeded-random.ts';

/** Random numbers that a seed repeats. */
export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number;
  /** A whole number from `least` up to and including `most`. */
  between(least: number, most: number): number;
  pick<One>(from: readonly One[]): One;
  /** `undefined` where there is nothing to pick from. */
  pickAny<One>(from: readonly One[]): One | undefined;
  shuffled<One>(from: readonly One[]): readonly One[];
}

export function createRandom(seed: number | string): Random {
  const next = seededNumbers(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  const pickAny = <One>(from: readonly One[]) => from[below(from.length)];
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    pickAny,
    pick<One>(from: readonly One[]) {
      const one = pickAny(from);
      if (one === undefined) throw new RangeError('Nothing to pick from.');
      return one;
    },
    shuffled<One>(from: readonly One[]) {
      const keyed = from.map((one) => ({ one, key: next() }));
      return keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
    },
  };
}
