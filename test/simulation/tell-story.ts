import type { Reduction } from './world/plan.ts';
import type { SeedResult } from './world/run-seed.ts';

/** One line for each thing that happened: when, who, what. */
export function tellStory({ story }: SeedResult): string {
  const width = Math.max(0, ...story.map(({ who }) => who.length));
  return story
    .map(({ at, who, what }) => `${timeOf(at)}  ${who.padEnd(width)}  ${what}`)
    .join('\n');
}

const timeOf = (at: number): string => new Date(at).toISOString().slice(0, 23).replace('T', ' ');

/** How a breach is told: the rule, the way there, and how to see it again. */
export function tellBreach(result: SeedResult, reduction: Reduction): string {
  const { breaches, plan, steps, brokeInCalm } = result;
  const left = reduction.without ?? [];
  const when = brokeInCalm ? 'in the calm after' : 'at';
  const lines = [
    `Seed ${plan.seed}: ${breaches.length} ${breaches.length === 1 ? 'breach' : 'breaches'} ${when} step ${steps}.`,
    ...breaches.map(({ rule, what }) => `  rule ${rule}: ${what}`),
    left.length === 0 ? '' : `Not needed for it: ${left.join(', ')}.`,
    tellStory(result),
    `See the whole seed again: npm run simulate -- --seed ${plan.seed} --story`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}
