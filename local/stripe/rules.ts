import { createRandom } from '../seeded-random.ts';

/**
 * How often a rule strikes: the next `count` times that it fits (once unless said), or each
 * time with a probability, which a seed makes the same in every run.
 */
export type HowOften =
  | { readonly count?: number }
  | { readonly probability: number; readonly seed: string };

/** A rule in force: a counted one says how many times are left. */
export type InForce<W> = W &
  ({ readonly count: number } | { readonly probability: number; readonly seed: string });

interface Held<W> {
  readonly rule: InForce<W>;
  /** Whether it strikes now; called once for each time that it fits. */
  readonly strikes: () => boolean;
}

/** Rules in the order they were added: the first one that fits and strikes is the one met. */
export class Rules<W extends object> {
  #held: readonly Held<W>[] = [];

  /** @throws RangeError when the count or the probability cannot be. */
  add(wish: W & HowOften): void {
    this.#held = [...this.#held, heldOf(wish)];
  }

  list(): readonly InForce<W>[] {
    return this.#held.map(({ rule }) => rule);
  }

  clear(): void {
    this.#held = [];
  }

  /** The rule that is met here, if any; a counted one has one time less left. */
  take(fits: (wish: W) => boolean): W | undefined {
    const met = this.#held.find(({ rule, strikes }) => fits(rule) && strikes());
    if (met === undefined) return undefined;
    this.#held = this.#held.flatMap((held) => (held === met ? usedOnce(held) : [held]));
    return met.rule;
  }
}

function heldOf<W extends object>(wish: W & HowOften): Held<W> {
  if ('probability' in wish) {
    const { probability, seed } = wish;
    if (!(probability > 0 && probability <= 1)) {
      throw new RangeError(`A probability is above 0 and at most 1, not ${probability}.`);
    }
    const random = createRandom(seed);
    return { rule: { ...wish, probability, seed }, strikes: () => random() < probability };
  }
  const { count = 1 } = wish;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`A rule strikes a whole number of times, at least once, not ${count}.`);
  }
  return { rule: { ...wish, count }, strikes: () => true };
}

function usedOnce<W extends object>(held: Held<W>): Held<W>[] {
  const { rule } = held;
  if ('probability' in rule) return [held];
  const count = rule.count - 1;
  return count === 0 ? [] : [{ ...held, rule: { ...rule, count } }];
}
