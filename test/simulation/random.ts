import { createRandom as seededNumbers } from '../../local/stripe/seeded-random.ts';

/** Random numbers that a seed repeats. */
export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number;
  chance(probability: number): boolean;
  below(limit: number): number;
  pick<One>(from: readonly One[]): One;
}

export function createRandom(seed: number): Random {
  const next = seededNumbers(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick<One>(from: readonly One[]) {
      const one = from[below(from.length)];
      if (one === undefined) throw new RangeError('Nothing to pick from.');
      return one;
    },
  };
}
