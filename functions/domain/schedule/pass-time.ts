import type { Situation } from '../pass/situation.ts';
import { dayMs, type Instant } from '../time.ts';
import { jitterMs } from './jitter.ts';
import { instantOf, type LocalDay, localDayOf } from './local-time.ts';
import { zoneOf } from './time-zone.ts';

const zoneOfCustomer = ({ facts, policy }: Situation): string =>
  zoneOf(facts.holder, facts.primary) ?? policy.businessTimeZone;

/** The day that it is for the customer at that moment. */
export const customersDayOf = (situation: Situation, at: Instant): LocalDay =>
  localDayOf(at, zoneOfCustomer(situation));

/** When a pass of this case runs on that day of the customer's. */
export const passTimeOn = (situation: Situation, day: LocalDay): Instant =>
  instantOf(day, situation.policy.retryAt, zoneOfCustomer(situation)) +
  jitterMs(situation.dunningCase.invoice);

/** No pass of this case runs by itself after that. */
export const windowEnd = ({ dunningCase, policy }: Situation): Instant =>
  dunningCase.createdAt + policy.windowDays * dayMs;
