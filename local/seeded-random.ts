/**
 * Numbers from 0 up to, and without, 1 that a seed repeats: mulberry32, by Tommy Ettinger, in
 * the public domain. A text seed is first made a number by FNV-1a.
 */
export function createRandom(seed: string | number): () => number {
  let state = typeof seed === 'number' ? seed >>> 0 : hashOf(seed);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function hashOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (const sign of seed) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** The same items in an order that the seed decides: Fisher and Yates. */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  return shuffledBy(items, createRandom(seed));
}

/** As {@link shuffled}, drawn from numbers that go on from call to call. */
export function shuffledBy<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  const order: T[] = [];
  while (left.length > 0) order.push(...left.splice(Math.floor(random() * left.length), 1));
  return order;
}
