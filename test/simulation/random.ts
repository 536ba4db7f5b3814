/** Random numbers that a seed repeats: mulberry32, by Tommy Ettinger, in the public domain. */
export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number;
  chance(probability: number): boolean;
  below(limit: number): number;
  pick<One>(from: readonly One[]): One;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
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
