import { expect, it } from 'vitest';
import { createJudge } from './judge/create-judge.ts';
import {
  billingOverlooked,
  claimedAfterSending,
  disputesOverlooked,
  endAtOnce,
  extensionOverlooked,
  finishSkipped,
  homesOverlooked,
  keysThatDiffer,
  ledgersForgotten,
  nothingSent,
  oldExpiryRead,
  othersTriesUncounted,
  owedWorkDropped,
  paymentUnclaimed,
  primaryOverlooked,
  reconcileOff,
  refusalsOfLongAgo,
  remindersOff,
  restoreForgotten,
  sessionsLastOn,
  suppressionsOverlooked,
  switchOverlooked,
  viewerAdmitted,
  waitsIgnored,
  wakeSkipped,
  writesThatOverwrite,
} from './sabotage.ts';
import type { Sabotage } from './world/ports.ts';
import { runSeed } from './world/run-seed.ts';

/** How many seeds a defect may need to be found. */
const mostSeeds = 40;

/** Runs broken worlds until one of these rules is broken; other breaches may come before. */
async function findBreach(
  sabotage: () => Sabotage,
  rules: RegExp,
  from: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let seed = from; seed < from + mostSeeds; seed += 1) {
    const { breaches } = await runSeed(seed, { createJudge, sabotage: sabotage() });
    found.push(...breaches.map(({ rule }) => rule));
    if (found.some((rule) => rules.test(rule))) break;
  }
  return found;
}

// Each begins with a seed that is known to lead there soon.
it.each<[string, () => Sabotage, RegExp, number]>([
  ['keys that differ at each sending', keysThatDiffer, /^2/, 2],
  ['writes that overwrite what came in between', () => writesThatOverwrite, /^(2|6|versions)/, 2],
  ['owed work that is dropped', () => owedWorkDropped, /^(2|7)/, 1],
  ['due cases that are never sent', () => nothingSent, /^6/, 2],
  ['mails that are claimed after sending', () => claimedAfterSending, /^7/, 2],
  ['a backup that is charged before the primary', () => primaryOverlooked, /^4/, 48],
  ['card ledgers that are not read', () => ledgersForgotten, /^(3|limits)/, 9],
  ['a switch that is not read', () => switchOverlooked, /^switch/, 9],
  ['changes that are not finished', () => finishSkipped, /^(audited|6 unfinished)/, 2],
  ['invoices that another method does not wake', () => wakeSkipped, /^woken/, 20],
  ['a viewer who is let in as an owner', viewerAdmitted, /^9 admitted/, 3],
  ['a page that pays without a claim', () => paymentUnclaimed, /^5 in the page/, 16],
  ['sessions that do not end', () => sessionsLastOn, /^9 admitted/, 16],
  ["a network's wait that nobody keeps", () => waitsIgnored, /^3 network waits/, 42],
  ["caps that do not count others' tries", () => othersTriesUncounted, /^limits/, 153],
  ['a backup that is charged too early', () => refusalsOfLongAgo, /^4 fallback waits/, 48],
  ['an end before its date', () => endAtOnce, /^6 end of dunning/, 5],
  [
    'an extension that nobody knows of',
    () => extensionOverlooked,
    /^(6 end of dunning|standing|audited)/,
    1,
  ],
  ['disputes that nobody sees', () => disputesOverlooked, /^troubles/, 12],
  ['failures that nobody looks for', () => reconcileOff, /^6 found/, 6],
  ['cards that nobody looks at', () => remindersOff, /^7 reminded/, 45],
  ['reminders where nothing is charged any more', () => billingOverlooked, /^7 reminded/, 22],
  ['a card that is not read again', () => oldExpiryRead, /^7 reminded/, 5],
  ['mails to addresses that were given up', () => suppressionsOverlooked, /^7 suppressed/, 8],
  ['days of the business in its mails', () => homesOverlooked, /^7 content/, 1],
  ['a default that is not set back', () => restoreForgotten, /^restored default/, 105],
])('%s: the judge finds it', async (_what, sabotage, rules, from) => {
  expect(await findBreach(sabotage, rules, from)).toContainEqual(expect.stringMatching(rules));
});
