import type { Cancel, MovableClock } from '../../clock.ts';
import { fitsPattern } from '../engine/protocol/path-pattern.ts';
import { type HowOften, type InForce, Rules } from '../rules.ts';

/** What can go wrong with a request, from the caller's point of view. */
export const faultKinds = [
  /** Carried out, then the connection is cut: the caller does not know. */
  'lost_answer',
  /** The connection is cut before the request is carried out. */
  'cut_before',
  /** A 500 instead of the request; the idempotency key keeps it. */
  '500_before',
  /** Carried out, then a 500; the idempotency key keeps the 500. */
  '500_after',
  /** Refused for its rate, kept under no key. */
  '429',
  /** Refused because the object is in use, kept under no key. */
  'lock_timeout',
  /**
   * Carried out at once, but answered only when the clock has moved on by `milliseconds`: a
   * person waits that long, a test moves the clock and waits for nothing. A caller that gives
   * up meanwhile does not know; a twin with the same key gets 409.
   */
  'latency',
  /** In progress until `release()`: a twin with the same key gets 409 meanwhile. */
  'held',
] as const;

export type FaultKind = (typeof faultKinds)[number];

interface FaultPlace {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** A path in which `*` stands for one piece: `/v1/invoices/*` + `/pay`. */
  readonly path: string;
}

/** Which requests go wrong, and how. */
export type Fault = FaultPlace &
  (
    | { readonly kind: Exclude<FaultKind, 'latency'> }
    /** By the movable clock. */
    | { readonly kind: 'latency'; readonly milliseconds: number }
  );

/** A fault in force, with the times that are left or its probability. */
export type FaultRule = InForce<Fault>;

/** Faults on request; where several fit a request, the first that strikes is the one it meets. */
export class Faults {
  readonly #clock: MovableClock;
  readonly #rules = new Rules<Fault>();
  #waiting: (() => void)[] = [];
  readonly #delays = new Map<Cancel, () => void>();

  constructor(clock: MovableClock) {
    this.#clock = clock;
  }

  /** @throws RangeError when the rule is not one. */
  add(fault: Fault & HowOften): void {
    if (fault.kind === 'latency' && !(fault.milliseconds > 0)) {
      throw new RangeError(
        `A latency is a number of milliseconds above 0, not ${fault.milliseconds}.`,
      );
    }
    this.#rules.add(fault);
  }

  list(): readonly FaultRule[] {
    return this.#rules.list();
  }

  /** Forgets all rules, and lets go what is held or late. */
  clear(): void {
    this.#rules.clear();
    this.release();
  }

  /** The fault that this request meets, if any; a counted rule has one time less left. */
  take(method: string, path: string): Fault | undefined {
    return this.#rules.take((rule) => rule.method === method && fitsPattern(rule.path, path));
  }

  /** Waits until `release()`. */
  held(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    return promise;
  }

  /** Waits until the clock has moved on so far, or `release()`. */
  late(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.at(this.#clock.now() + milliseconds, () => {
      this.#delays.delete(cancel);
      resolve();
    });
    this.#delays.set(cancel, resolve);
    return promise;
  }

  /** How many requests are held. */
  get heldCount(): number {
    return this.#waiting.length;
  }

  /** How many answers are late. */
  get lateCount(): number {
    return this.#delays.size;
  }

  /** Lets every held request go on, and every late answer out. */
  release(): void {
    const waiting = [...this.#waiting, ...this.#delays.values()];
    for (const cancel of this.#delays.keys()) cancel();
    this.#delays.clear();
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}
