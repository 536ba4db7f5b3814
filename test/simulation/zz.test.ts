import { it } from 'vitest';
import { createJudge } from './judge/create-judge.ts';
import * as all from './sabotage.ts';
import type { Sabotage } from './world/ports.ts';
import { runSeed } from './world/run-seed.ts';

const cases: [string, () => Sabotage, RegExp][] = [
  ['nothingSent', () => all.nothingSent, /^6/],
  ['switchOverlooked', () => all.switchOverlooked, /^switch/],
  ['wakeSkipped', () => all.wakeSkipped, /^woken/],
  ['viewerAdmitted', all.viewerAdmitted, /^9 admitted/],
  ['sessionsLastOn', () => all.sessionsLastOn, /^9 admitted/],
  ['waitsIgnored', () => all.waitsIgnored, /^3 network waits/],
  ['othersTriesUncounted', () => all.othersTriesUncounted, /^limits/],
  ['disputesOverlooked', () => all.disputesOverlooked, /^troubles/],
  ['billingOverlooked', () => all.billingOverlooked, /^7 reminded/],
];
it.concurrent.each(cases)(
  '%s',
  async (name, sabotage, rules) => {
    const found: number[] = [];
    for (let seed = 1; seed < 500 && found.length < 3; seed += 1) {
      const { breaches } = await runSeed(seed, { createJudge, sabotage: sabotage() });
      if (breaches.some(({ rule }) => rules.test(rule))) found.push(seed);
    }
    console.log(name, found.join(' '));
  },
  550000,
);
