import type { PaymentMethodId } from '../ids.ts';
import { fnv1a } from '../schedule/jitter.ts';

const daysAWeek = 7;

/**
 * Mails of a threshold go out on so many days, because all cards of a month expire at the same
 * moment: one for each week that is left until then, and the last of them is the threshold's own.
 */
const daysOf = (days: number): number => Math.ceil(days / daysAWeek);

/** How many days before the threshold's own day the first of its mails go out. */
export const earlierDays = (days: number): number => daysOf(days) - 1;

/** How many of these days are this card's: always the same. */
export const earlierDaysOf = (method: PaymentMethodId, days: number): number =>
  fnv1a(method) % daysOf(days);
