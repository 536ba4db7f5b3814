import type { Payday } from '../policy.ts';
import { type LocalDay, partsOf } from './local-time.ts';

/** Whether wages are paid on that day. A month that has no 31st has no payday on the 31st. */
export const isPayday = (localDay: LocalDay, paydays: readonly Payday[]): boolean =>
  paydays.some((payday) =>
    payday === 'last_business_day' ? isLastBusinessDay(localDay) : partsOf(localDay).day === payday,
  );

/** The first payday after one day and before another; `null` where there is none. */
export function paydayBetween(
  after: LocalDay,
  before: LocalDay,
  paydays: readonly Payday[],
): LocalDay | null {
  for (let day = after + 1; day < before; day += 1) {
    if (isPayday(day, paydays)) return day;
  }
  return null;
}

const isBusinessDay = (localDay: LocalDay): boolean => {
  const { weekday } = partsOf(localDay);
  return weekday !== 0 && weekday !== 6;
};

/** The month's last day that is neither Saturday nor Sunday; public holidays are not known. */
function isLastBusinessDay(localDay: LocalDay): boolean {
  if (!isBusinessDay(localDay)) return false;
  const { month } = partsOf(localDay);
  for (let day = localDay + 1; partsOf(day).month === month; day += 1) {
    if (isBusinessDay(day)) return false;
  }
  return true;
}
