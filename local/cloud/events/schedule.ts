import { TemplateError } from '../template/template.ts';

/** A schedule of EventBridge: `rate(5 minutes)` or `cron(0 12 * * ? *)`, in UTC. */
export interface Schedule {
  readonly expression: string;
  /** The first time after `time` at which it fires; epoch milliseconds. */
  next(time: number): number | undefined;
}

const minuteMs = 60_000;
const unitMs: Readonly<Record<string, number>> = {
  minute: minuteMs,
  hour: 60 * minuteMs,
  day: 24 * 60 * minuteMs,
};

/** @throws TemplateError when the expression, or a part of it, is not known. */
export function parseSchedule(expression: string, at: string): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) {
    const periodMs = Number(rate[1]) * (unitMs[rate[2] ?? ''] ?? 0);
    if (periodMs > 0) return { expression, next: (time) => time + periodMs };
  }
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(/\s+/);
  if (fields?.length !== 6) {
    throw new TemplateError(
      `${at} has the schedule "${expression}", which is neither a rate nor a cron.`,
    );
  }
  const cron = parseCron(fields, expression, at);
  return { expression, next: (time) => nextCron(cron, time) };
}

interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 1 is Sunday, as in EventBridge. */
  readonly daysOfWeek: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function parseCron(fields: readonly string[], expression: string, at: string): Cron {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  const parse = (field: string, from: number, to: number, names: readonly string[] = []) => {
    const values = parseField(field, from, to, names);
    if (values === undefined) {
      throw new TemplateError(
        `${at} has the schedule "${expression}": the local cloud does not know its part "${field}".`,
      );
    }
    return values;
  };
  return {
    minutes: parse(minute, 0, 59),
    hours: parse(hour, 0, 23),
    daysOfMonth: parse(dayOfMonth, 1, 31),
    months: parse(month, 1, 12, months),
    daysOfWeek: parse(dayOfWeek, 1, 7, days),
    years: parse(year, 1970, 2199),
  };
}

function parseField(
  field: string,
  from: number,
  to: number,
  names: readonly string[],
): ReadonlySet<number> | undefined {
  const result = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const [, start = '', end, step] = match;
    const all = start === '*' || start === '?';
    const first = all ? from : numberOf(start, names);
    const openEnded = all || step !== undefined ? to : first;
    const last = end === undefined ? openEnded : numberOf(end, names);
    if (first === undefined || last === undefined || first < from || last > to) return undefined;
    for (let value = first; value <= last; value += Number(step ?? 1)) result.add(value);
  }
  return result;
}

function numberOf(text: string, names: readonly string[]): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = names.indexOf(text.toUpperCase());
  return index < 0 ? undefined : index + 1;
}

/** Goes day by day, then minute by minute in the first day that fits. */
function nextCron(cron: Cron, time: number): number | undefined {
  const first = Math.floor(time / minuteMs) * minuteMs + minuteMs;
  const dayMs = 24 * 60 * minuteMs;
  const firstDay = Math.floor(first / dayMs) * dayMs;
  const searchedDays = 366 * 28;
  for (let day = firstDay; day < firstDay + searchedDays * dayMs; day += dayMs) {
    if (!dayFits(cron, new Date(day))) continue;
    for (const hour of [...cron.hours].sort(ascending)) {
      for (const minute of [...cron.minutes].sort(ascending)) {
        const candidate = day + (hour * 60 + minute) * minuteMs;
        if (candidate >= first) return candidate;
      }
    }
  }
  return undefined;
}

function dayFits(cron: Cron, day: Date): boolean {
  return (
    cron.years.has(day.getUTCFullYear()) &&
    cron.months.has(day.getUTCMonth() + 1) &&
    cron.daysOfMonth.has(day.getUTCDate()) &&
    cron.daysOfWeek.has(day.getUTCDay() + 1)
  );
}

const ascending = (a: number, b: number) => a - b;
