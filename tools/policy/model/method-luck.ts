import type { DeclineKind } from '../../../functions/domain/decline/decline.ts';
import { dayMs, type Instant } from '../../../functions/domain/time.ts';
import type { RecordedRefusal } from '../cases/cases-file.ts';
import { drawPurse, type Earner, fundedSpans } from './funds.ts';
import type { Values } from './parameters.ts';
import { exponential } from './pick.ts';

/** From `from` up to, and without, `to`. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * What would become of a charge of one method for one failure, at any time: drawn once, and the
 * same for every policy. No try changes it.
 */
export interface MethodLuck {
  /** In order and apart: when a charge succeeds. */
  readonly pays: readonly Span[];
  /** What the bank answers otherwise; `null`: it always pays. */
  readonly refusal: RecordedRefusal | null;
  /** When the network sends other data of the card, and whether it is another number. */
  readonly update: { readonly at: Instant; readonly isNewNumber: boolean } | null;
}

/** How long after the failure the model knows anything. */
export const horizonMs = 75 * dayMs;

/** Places from 0 to 1, drawn anew for each call: the same number of them whatever they decide. */
export type Draw = () => number;

export const alwaysPays = (since: Instant): MethodLuck => ({
  pays: [{ from: since, to: Number.POSITIVE_INFINITY }],
  refusal: null,
  update: null,
});

/**
 * The luck of a method that was refused at `since` for a reason of this kind.
 * @param draw Asked for the same number of places whatever the kind, so that another world differs
 * in its figures only.
 */
export function drawLuck(
  refused: {
    readonly kind: DeclineKind;
    readonly refusal: RecordedRefusal;
    readonly since: Instant;
  },
  earner: Earner,
  values: Values,
  draw: Draw,
): MethodLuck {
  const { kind, refusal, since } = refused;
  const whether = draw();
  const when = draw();
  const purse = drawPurse(draw);
  const clears = (share: number, meanDays: number): readonly Span[] =>
    whether < share ? [openFrom(since + exponential(meanDays, when) * dayMs)] : [];
  const updates = (share: number, isNewNumber: boolean): MethodLuck => {
    const pays = clears(share, values.updatedAfterDays);
    const [first] = pays;
    return { pays, refusal, update: first === undefined ? null : { at: first.from, isNewNumber } };
  };
  const of = (pays: readonly Span[]): MethodLuck => ({ pays, refusal, update: null });
  switch (kind) {
    case 'generic':
      return of(clears(values.softClears, values.softClearsAfterDays));
    case 'transient':
      return of(clears(values.transientClears, values.transientClearsAfterDays));
    case 'insufficient_funds':
      return of(
        whether < values.fundsEver ? fundedSpans(since, horizonMs, purse, earner, values) : [],
      );
    case 'invalid_data':
      return updates(values.dataUpdated, false);
    case 'card_dead':
      return updates(values.cardReplaced, true);
    case 'authentication':
    case 'risk':
    case 'not_allowed':
    case 'unusable':
      // Nothing that only time brings: the customer, or nobody.
      return of([]);
  }
}

const openFrom = (from: Instant): Span => ({ from, to: Number.POSITIVE_INFINITY });

/** Whether a charge at that time succeeds. */
export const paysAt = ({ pays }: MethodLuck, at: Instant): boolean =>
  pays.some(({ from, to }) => from <= at && at < to);
