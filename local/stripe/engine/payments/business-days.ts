const daySeconds = 86_400;

/**
 * The same hour some banking days later, in epoch seconds, UTC. Saturdays and Sundays do not
 * count; banks' holidays differ by country and are left out.
 */
export function addBusinessDays(from: number, days: number): number {
  let time = from;
  for (let left = days; left > 0; ) {
    time += daySeconds;
    const weekday = new Date(time * 1000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return time;
}
