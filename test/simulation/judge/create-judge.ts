import type { Breach, Evidence, Happening, Judge, JudgedPolicy } from '../evidence.ts';
import { followCases } from './following/cases.ts';
import { followItems } from './following/items.ts';
import { followLedger } from './following/ledger.ts';
import { followPeople } from './following/people.ts';
import { readWords } from './following/words.ts';
import type { Known, MakeRule, Rule } from './rule.ts';
import { rules } from './rules/all.ts';

/** A judge of one simulated world, from its first happening to its end. */
export function createJudge(only: Readonly<Record<string, MakeRule>> = rules): Judge {
  const weighed = new Map<string, number>();
  let settings: Pick<Evidence, 'policy' | 'businessTimeZone'> | null = null;
  const setting = (): Pick<Evidence, 'policy' | 'businessTimeZone'> => {
    if (settings === null) throw new Error('Nothing has happened yet.');
    return settings;
  };
  const known: Known = {
    get policy(): JudgedPolicy {
      return setting().policy;
    },
    get businessTimeZone(): string {
      return setting().businessTimeZone;
    },
    ledger: followLedger(),
    cases: followCases(),
    items: followItems(),
    words: readWords(),
    people: followPeople(),
  };
  let breaches: Breach[] = [];
  let at = 0;
  let now = '';

  const made: readonly Rule[] = Object.entries(only).map(([rule, make]) => {
    weighed.set(rule, 0);
    return make(known, {
      weigh() {
        weighed.set(rule, (weighed.get(rule) ?? 0) + 1);
      },
      breach(what) {
        breaches.push({ rule, what: `${now} ${what}` });
      },
    });
  });

  const taken = (): readonly Breach[] => {
    const found = breaches;
    if (found.length > 0) breaches = [];
    return found;
  };

  return {
    weighed,
    observe(happening: Happening, evidence: Evidence) {
      at += 1;
      now = stampOf(at, evidence);
      settings = evidence;
      const moment = { at, happening, evidence };
      known.ledger.follow(moment);
      known.items.follow(moment);
      known.cases.follow(moment);
      known.people.follow(moment);
      for (const rule of made) rule.observe?.(moment);
      return taken();
    },
    conclude(evidence: Evidence) {
      now = stampOf(at, evidence);
      settings = evidence;
      for (const rule of made) rule.conclude?.(evidence);
      return taken();
    },
  };
}

/** When a breach was seen: the simulated time and how many happenings there were by then. */
const stampOf = (at: number, { now }: Evidence): string =>
  `${new Date(now).toISOString()} (happening ${at}):`;
