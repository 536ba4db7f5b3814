import { classifyDecline, type DeclineCodes } from '../../../functions/domain/decline/decline.ts';
import { zoneOfPlace } from '../../../functions/domain/schedule/zone-of-country.ts';
import { dayMs, type Instant, minuteMs } from '../../../functions/domain/time.ts';
import { createRandom } from '../../../local/seeded-random.ts';
import type { RecordedFailure, RecordedMethod, RecordedRefusal } from '../cases/cases-file.ts';
import type { Earner } from './funds.ts';
import {
  alwaysPays,
  type Draw,
  drawLuck,
  horizonMs,
  type MethodLuck,
  paysAt,
} from './method-luck.ts';
import type { Values } from './parameters.ts';
import { exponential } from './pick.ts';
import { refusalOf } from './published-mixes.ts';

/** All that is hidden of one failure, drawn once. */
export interface CaseLuck {
  /** `null` where there is no such method. */
  readonly primary: MethodLuck | null;
  readonly secondary: MethodLuck | null;
  /** When the customer pays by themselves, should nothing else have paid; `null`: never. */
  readonly customerPaysAt: Instant | null;
  /** False where no draw agreed with what is known of what really followed. */
  readonly isExplained: boolean;
}

/** How many draws are looked at to find one that agrees with what is known. */
const mostDraws = 200;
/** The first mail goes out within minutes of the failure. */
const toldAfterMs = 15 * minuteMs;

/**
 * The luck of a failure: the same for the same seed, place and figures, whatever the policy. Where
 * it is known what really followed, it is drawn until it agrees with that (rejection sampling).
 * @param nth The failure's place in the file.
 */
export function drawCaseLuck(
  failure: RecordedFailure,
  seed: number,
  nth: number,
  values: Values,
): CaseLuck {
  const known = failure.later ?? null;
  let closest: CaseLuck | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (let time = 0; time < (known === null ? 1 : mostDraws); time += 1) {
    const luck = drawOnce(failure, values, createRandom(`${seed}/${nth}/${time}`));
    const contradictions = known === null ? 0 : countContradictions(luck, known);
    if (contradictions === 0) return luck;
    if (contradictions < fewest) [closest, fewest] = [luck, contradictions];
  }
  if (closest === null) throw new Error('Nothing was drawn.');
  return { ...closest, isExplained: false };
}

function drawOnce(failure: RecordedFailure, values: Values, draw: Draw): CaseLuck {
  const since = Date.parse(failure.at);
  const earner = earnerOf(failure);
  const codes = codesOf(failure.refusal);
  const kind = classifyDecline(codes, failure.primary?.brand ?? null);
  const primary = drawLuck({ kind, refusal: failure.refusal ?? {}, since }, earner, values, draw);
  const secondary = drawSecondary(failure, kind, earner, values, draw);
  const [whether, when] = [draw(), draw()];
  const share = kind === 'authentication' ? values.customerConfirms : values.customerPays;
  const after = toldAfterMs + exponential(values.customerPaysAfterDays, when) * dayMs;
  const drawn = whether < share && after < horizonMs ? since + after : null;
  const told = failure.later?.customerPaidAt ?? null;
  return {
    primary: failure.primary === null ? null : primary,
    secondary,
    customerPaysAt: told === null ? drawn : Date.parse(told),
    isExplained: true,
  };
}

function drawSecondary(
  failure: RecordedFailure,
  primaryKind: string,
  earner: Earner,
  values: Values,
  draw: Draw,
): MethodLuck | null {
  const method = failure.secondary ?? null;
  const since = Date.parse(failure.at);
  const [whether, why, waits] = [draw(), draw(), draw()];
  const refusal = refusalOf(method ?? { type: 'card' }, why, waits, values.waitCodes);
  const kind = classifyDecline(codesOf(refusal), method?.brand ?? null);
  const luck = drawLuck({ kind, refusal, since }, earner, values, draw);
  if (method === null) return null;
  const odds =
    primaryKind === 'insufficient_funds' ? values.secondShortToo : values.secondRefusedToo;
  return whether < withOdds(shareRefused(method, values), odds) ? luck : alwaysPays(since);
}

function shareRefused({ type, funding }: RecordedMethod, values: Values): number {
  if (type !== 'card') return values.otherRefused;
  return funding === 'credit' ? values.creditRefused : values.debitRefused;
}

/** The share whose odds are so many times those of this share. */
const withOdds = (share: number, times: number): number =>
  (times * share) / (1 - share + times * share);

const earnerOf = ({ timeZone, country, state }: RecordedFailure): Earner => {
  const place = country == null ? null : { country, state: state ?? null };
  const zone = timeZone ?? (place === null ? null : zoneOfPlace(place)) ?? 'UTC';
  return { zone, country: country ?? null };
};

export const codesOf = (refusal: RecordedRefusal | null): DeclineCodes => ({
  code: refusal?.code ?? null,
  declineCode: refusal?.declineCode ?? null,
  adviceCode: refusal?.adviceCode ?? null,
  networkAdviceCode: refusal?.networkAdviceCode ?? null,
  networkDeclineCode: refusal?.networkDeclineCode ?? null,
});

/** How much of what is known this luck would have had otherwise. */
function countContradictions(
  luck: CaseLuck,
  { tries, customerPaidAt }: NonNullable<RecordedFailure['later']>,
): number {
  const wrong = tries.filter(({ at, role, paid }) => {
    const method = luck[role];
    return method === null || paysAt(method, Date.parse(at)) !== paid;
  }).length;
  const lastAt = Math.max(0, ...tries.map(({ at }) => Date.parse(at)));
  // Who had paid before a try would have made it needless.
  const tooEarly = customerPaidAt == null && (luck.customerPaysAt ?? lastAt) < lastAt;
  return wrong + (tooEarly ? 1 : 0);
}
