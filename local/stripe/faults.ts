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
  /** In progress until `release()`: a twin with the same key gets 409 meanwhile. */
  'held',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Which requests go wrong, and how. */
export interface FaultRule {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** A path in which `*` stands for one piece: `/v1/invoices/*` + `/pay`. */
  readonly path: string;
  readonly kind: FaultKind;
  /** How many matching requests go wrong; then the rule is used up. */
  readonly count: number;
}

/** Faults on request, used up one matching request at a time, in the order they were added. */
export class Faults {
  #rules: readonly FaultRule[] = [];
  #waiting: (() => void)[] = [];

  /** @throws RangeError when the rule is not one. */
  add(rule: Omit<FaultRule, 'count'> & { readonly count?: number }): void {
    const { count = 1 } = rule;
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new RangeError(`A fault happens a whole number of times, at least once, not ${count}.`);
    }
    this.#rules = [...this.#rules, { ...rule, count }];
  }

  list(): readonly FaultRule[] {
    return this.#rules;
  }

  /** Forgets all rules, and lets go what is held. */
  clear(): void {
    this.#rules = [];
    this.release();
  }

  /** The fault that this request meets, if any; the rule has one less left. */
  take(method: string, path: string): FaultKind | undefined {
    const met = this.#rules.find((rule) => rule.method === method && matches(rule.path, path));
    if (met === undefined) return undefined;
    this.#rules = this.#rules
      .map((rule) => (rule === met ? { ...rule, count: rule.count - 1 } : rule))
      .filter(({ count }) => count > 0);
    return met.kind;
  }

  /** Waits until `release()`. */
  held(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    return promise;
  }

  /** How many requests are held. */
  get heldCount(): number {
    return this.#waiting.length;
  }

  /** Lets every held request go on. */
  release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const pieces = path.split('/');
  return (
    wanted.length === pieces.length &&
    wanted.every((piece, at) => piece === '*' || piece === pieces[at])
  );
}
