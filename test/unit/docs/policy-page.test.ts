import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Pass } from '../../../functions/domain/case/dunning-case.ts';
import type { DeclineKind } from '../../../functions/domain/decline/decline.ts';
import { blockScope } from '../../../functions/domain/decline/decline.ts';
import { scheduleNextPass } from '../../../functions/domain/schedule/schedule-next-pass.ts';
import { dayMs, hourMs } from '../../../functions/domain/time.ts';
import { defaultPolicy, policySchema } from '../../../functions/policy-settings.ts';
import { dunningCaseOf, invoiceFactsOf, situationOf } from '../../twins/examples.ts';

const page = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8');

/** The cells of each row of every table. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

/** What stands in backticks, as JSON; `undefined` where it is none. */
function jsonIn(cell: string | undefined): unknown {
  const code = /^`(.*)`$/.exec(cell ?? '')?.[1];
  return code === undefined ? undefined : JSON.parse(code);
}

const nameOf = (cell: string | undefined): string => /^`([\w.]+)`$/.exec(cell ?? '')?.[1] ?? '';

/** Every setting by its path; what is a list or a table of the business's own is one setting. */
function settingsOf(value: object, path = ''): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, each] of Object.entries(value)) {
    const at = `${path}${name}`;
    const isGroup = ['declines', 'fallback', 'notices', 'end'].includes(name) && path === '';
    if (isGroup) for (const [inner, one] of settingsOf(each, `${at}.`)) found.set(inner, one);
    else found.set(at, each);
  }
  return found;
}

describe('docs/policy.md', () => {
  const settings = settingsOf(defaultPolicy);
  const known = new Set(settings.keys());
  const described = rows.filter(([first]) => known.has(nameOf(first)));
  const names = described.map(([first]) => nameOf(first));

  test('has a row for each setting, once', () => {
    expect(names.toSorted()).toEqual([...known].toSorted());
  });

  test('has a row for no setting that there is not', () => {
    const headed = page.split('\n## ')[1] ?? '';
    const inSection = headed
      .split('\n')
      .filter((line) => /^\| `[\w.]+` \|/.test(line))
      .map((line) => /^\| `([\w.]+)`/.exec(line)?.[1] ?? '');
    expect(headed).toMatch(/^Every setting\n/);
    expect(inSection.toSorted()).toEqual([...known].toSorted());
  });

  test.each(described.map((cells) => [nameOf(cells[0]), cells] as const))(
    '%s has its default',
    (name, [, second, third]) => {
      const documented = name.startsWith('declines.')
        ? { tryAgainAtOnce: jsonIn(second), fallback: jsonIn(third) }
        : jsonIn(second);
      expect(documented).toEqual(settings.get(name));
    },
  );

  const numbers = described.flatMap(([first, second, range]) => {
    const found = /^(\d+) to (\d+)$/.exec(range ?? '');
    if (found === null || typeof jsonIn(second) !== 'number') return [];
    return [[nameOf(first), Number(found[1]), Number(found[2])] as const];
  });
  test.each(numbers)('%s may be %i to %i, and no other', (name, least, most) => {
    const accepts = (value: number) => policySchema.safeParse(nest(name, value)).success;
    expect([accepts(least), accepts(most)]).toEqual([true, true]);
    expect([accepts(least - 1), accepts(most + 1)]).toEqual([false, false]);
  });

  test('knows the bounds of every number', () => {
    const scalars = [...settings].filter(([, value]) => typeof value === 'number');
    expect(numbers.map(([name]) => name).toSorted()).toEqual(
      scalars.map(([name]) => name).toSorted(),
    );
  });

  const scopes = {
    none: 'nothing',
    data: 'this data, until it changes',
    invoice: 'this method for this invoice',
    card: 'the card or account, for every invoice',
  };
  test.each(Object.keys(defaultPolicy.declines))('says what %s blocks', (kind) => {
    // The keys of `declines` are the kinds.
    const scope = scopes[blockScope(kind as DeclineKind)];
    expect(rows.some(([first, , third]) => nameOf(first) === kind && third === scope)).toBe(true);
  });
});

/** `end.afterDays` and 7 are `{end: {afterDays: 7}}`. */
const nest = (path: string, value: number): unknown =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);

describe('the calendar of the example', () => {
  const zone = 'America/New_York';
  const began = Date.UTC(2026, 2, 5, 11);
  const calendar = rows.filter(([first]) => /^[1-5]$/.test(first ?? ''));

  test.each([
    ['generic', 1],
    ['insufficient_funds', 2],
  ] as const)('%s', (kind, column) => {
    const passes = [began, ...passesAfter(kind)];
    expect(calendar).toHaveLength(passes.length);
    for (const [index, at] of passes.entries()) {
      const told = calendar[index]?.[column] ?? '';
      const [date, time] = localTime(index === 0 ? at : withoutJitter(at));
      expect(told.startsWith(date)).toBe(true);
      if (index > 0) expect(told).toContain(` ${time}`);
    }
  });

  /** The passes of the schedule, each ending a minute after it began. */
  function passesAfter(kind: DeclineKind): readonly number[] {
    const at: number[] = [];
    let scheduleUsed = 0;
    let now = began;
    for (;;) {
      const next = scheduleNextPass(situation(scheduleUsed, now), refusedPass(kind, now));
      if (next.at === null) return at;
      at.push(next.at);
      now = next.at;
      scheduleUsed = next.scheduleUsed;
    }
  }

  const situation = (scheduleUsed: number, now: number) =>
    situationOf({
      dunningCase: dunningCaseOf({ createdAt: began, scheduleUsed, passCount: 1 }),
      facts: invoiceFactsOf({ holder: { ...invoiceFactsOf().holder, timeZone: zone } }),
      secondary: null,
      policy: { ...situationOf().policy, ...defaultPolicy },
      now,
    });

  const refusedPass = (kind: DeclineKind, at: number): Pass => ({
    number: 1,
    cause: 'scheduled',
    startedAt: at,
    refusals: [
      {
        role: 'primary',
        method: situationOf().primary?.method.method ?? expect.fail(),
        revision: 1,
        kind,
        codes: null,
        at,
        by: 'backstop',
      },
    ],
  });

  /** Less than an hour is added by the invoice's id. */
  const withoutJitter = (at: number) => Math.floor(at / hourMs) * hourMs;

  function localTime(at: number): readonly [string, string] {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).formatToParts(at);
    const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
    const date = `${of('weekday')} ${of('year')}-${of('month')}-${of('day')}`;
    return [date, `${of('hour')}:${of('minute')}`];
  }

  test('ends within the window', () => {
    const last = passesAfter('insufficient_funds').at(-1) ?? 0;
    expect(last - began).toBeLessThan(defaultPolicy.windowDays * dayMs);
  });
});
