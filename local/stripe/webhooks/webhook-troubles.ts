import { type HowOften, type InForce, Rules } from '../rules.ts';

/** What can happen to an event on its way, all of which Stripe's docs tell to expect. */
export const webhookTroubleKinds = [
  /** Sent twice, under one id. */
  'duplicated',
  /** Sent only when the clock has moved on by `seconds`. */
  'delayed',
  /** Kept back until the endpoint has got a later event, at most for a minute of the clock. */
  'reordered',
  /** Never sent. */
  'dropped',
  /** Told by two Event objects with ids of their own; both are sent, and both are listed. */
  'two_events',
] as const;

export type WebhookTroubleKind = (typeof webhookTroubleKinds)[number];

/** Which events have trouble, and which. */
export type WebhookTrouble = {
  /** `invoice.paid`, `invoice.*` for all of a kind, or `*` for every event. */
  readonly type: string;
} & (
  | { readonly kind: Exclude<WebhookTroubleKind, 'delayed'> }
  | { readonly kind: 'delayed'; readonly seconds: number }
);

/** A trouble in force, with the times that are left or its probability. */
export type WebhookTroubleRule = InForce<WebhookTrouble>;

/** Troubles on request: each event meets the first that fits it and strikes. */
export class WebhookTroubles {
  readonly #rules = new Rules<WebhookTrouble>();

  /** @throws RangeError when the rule is not one. */
  add(trouble: WebhookTrouble & HowOften): void {
    if (trouble.kind === 'delayed' && !(trouble.seconds > 0)) {
      throw new RangeError(`A delay is a number of seconds above 0, not ${trouble.seconds}.`);
    }
    this.#rules.add(trouble);
  }

  list(): readonly WebhookTroubleRule[] {
    return this.#rules.list();
  }

  clear(): void {
    this.#rules.clear();
  }

  /** The trouble that an event of this type meets, if any. */
  take(type: string, unless?: WebhookTroubleKind): WebhookTrouble | undefined {
    return this.#rules.take((rule) => rule.kind !== unless && fits(rule.type, type));
  }
}

function fits(pattern: string, type: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
