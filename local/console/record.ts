import type { MovableClock } from '../clock.ts';
import type { LocalCloud } from '../cloud/local-cloud.ts';
import type { CloudRecords } from '../cloud/records.ts';
import type { EventRecord as StripeEvent } from '../stripe/engine/records.ts';
import type { LocalStripe } from '../stripe/server.ts';
import type { Delivery } from '../stripe/webhooks/delivery.ts';

/** All kinds of records that the cloud and the local Stripe tell of. */
interface ToldRecords extends CloudRecords {
  stripe_event: StripeEvent;
  delivery: Delivery;
}

/** Something that happened, as it was told. */
export type Happening = {
  [Kind in keyof ToldRecords]: {
    readonly kind: Kind;
    readonly record: ToldRecords[Kind];
    /** Rises by one with each record that is told. */
    readonly number: number;
    /** When it happened by its own words, else when it was told; epoch milliseconds, UTC. */
    readonly at: number;
  };
}[keyof ToldRecords];

export type HappeningOf<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

/** The newest records of a running stack. */
export interface Recorder {
  /** Oldest first, by the time at which they were told. */
  happenings(): readonly Happening[];
  stop(): void;
}

export interface Recorded {
  readonly clock: MovableClock;
  readonly cloud: Pick<LocalCloud, 'on'>;
  readonly stripe: { readonly control: Pick<LocalStripe['control'], StripeFeed> } | undefined;
}
type StripeFeed = 'onEvent' | 'onDelivery';

/** Of each kind: days of an idle stack, or hundreds of renewals. */
const mostOfKind = 20_000;

const cloudKinds = ['invocation', 'message', 'mail', 'log', 'event', 'request', 'denied'] as const;

/**
 * Keeps what happens from now on, the newest {@link mostOfKind} records of each kind: so many
 * that a run of a day is whole, and so few that one of a month fits into memory.
 */
export function createRecorder(
  { clock, cloud, stripe }: Recorded,
  most: number = mostOfKind,
): Recorder {
  const kept = new Map<string, Happening[]>();
  let number = 0;
  const keep = (happening: Happening): void => {
    const ofKind = kept.get(happening.kind) ?? [];
    kept.set(happening.kind, ofKind);
    ofKind.push(happening);
    // Twice as many are let grow, so that most records cost no move of the others.
    if (ofKind.length >= most * 2) ofKind.splice(0, ofKind.length - most);
  };
  const next = () => {
    number += 1;
    return number;
  };
  const endings = [
    ...cloudKinds.map((kind) =>
      cloud.on(kind, (record) => {
        // The feed gives each listener the records of its own kind.
        keep({ kind, record, number: next(), at: record.at } as Happening);
      }),
    ),
    stripe?.control.onEvent((record) => {
      // An event of Stripe counts whole seconds: when it was told is the better order.
      keep({ kind: 'stripe_event', record, number: next(), at: clock.now() });
    }),
    stripe?.control.onDelivery((record) => {
      keep({ kind: 'delivery', record, number: next(), at: clock.now() });
    }),
  ];
  return {
    happenings: () =>
      [...kept.values()]
        .flatMap((ofKind) => ofKind.slice(-most))
        .sort((a, b) => a.number - b.number),
    stop() {
      for (const end of endings) end?.();
    },
  };
}

/** The records of one kind, in their order. */
export function recordsOf<Kind extends Happening['kind']>(
  happenings: readonly Happening[],
  kind: Kind,
): readonly HappeningOf<Kind>[] {
  return happenings.filter((happening): happening is HappeningOf<Kind> => happening.kind === kind);
}
