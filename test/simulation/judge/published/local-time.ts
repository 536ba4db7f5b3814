/** A day of the calendar, wherever. */
export interface Day {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What a clock on the wall shows there, as if it were UTC: epoch milliseconds. */
function wallOf(zone: string, instant: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

export function dayOf(zone: string, instant: number): Day {
  const wall = new Date(wallOf(zone, instant));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
  };
}

const asUtc = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day);

export function addDays(day: Day, days: number): Day {
  const moved = new Date(asUtc(day) + days * 86_400_000);
  return {
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
  };
}

export const isBefore = (one: Day, other: Day): boolean => asUtc(one) < asUtc(other);

/**
 * When it is that time of that day there: the first time where there are two, the next that there
 * is where there is none.
 * @param time `HH:MM`.
 */
export function instantOf(zone: string, day: Day, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wall = asUtc(day) + (hours * 60 + minutes) * 60_000;
  const halfDay = 43_200_000;
  // A zone's clock goes forward with the instants but at a change, of which there is one at most.
  const offsets = [wall - 2 * halfDay, wall + 2 * halfDay].map((at) => wallOf(zone, at) - at);
  const found = offsets.map((offset) => wall - offset).filter((at) => wallOf(zone, at) === wall);
  if (found.length > 0) return Math.min(...found);
  // In the gap: the change itself, after which the clock shows something later.
  let [before, after] = [Math.min(...offsets.map((o) => wall - o)), 0];
  after = Math.max(...offsets.map((o) => wall - o));
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (wallOf(zone, middle) < wall) before = middle;
    else after = middle;
  }
  return after;
}

/** Whether wages are paid on it, by a list of days of the month. */
export function isPayday(
  { year, month, day }: Day,
  paydays: readonly (number | 'last_business_day')[],
): boolean {
  return paydays.some((payday) =>
    payday === 'last_business_day' ? day === lastBusinessDay(year, month) : day === payday,
  );
}

/** The last day of the month that is neither Saturday nor Sunday. */
function lastBusinessDay(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 0));
  const weekday = last.getUTCDay();
  return last.getUTCDate() - (weekday === 6 ? 1 : weekday === 0 ? 2 : 0);
}
