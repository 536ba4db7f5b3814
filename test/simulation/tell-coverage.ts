import type { Counts } from './world/coverage.ts';
import { neverReached } from './world/coverage-goals.ts';

/** What the seeds together reached, one line for each kind of thing, and what they never did. */
export function tellCoverage(counts: Counts): string {
  const told = [
    'state',
    'close reason',
    'pass cause',
    'outcome',
    'decline',
    'rule of choice',
    'open request',
    'notice',
    'mail kind',
    'history',
    'trouble',
    'end of a trouble',
    'end action',
    'request',
    'end of a process',
    'fault',
    'outside',
    'rule weighed',
  ].map((kind) => `${kind}: ${tellCounts(counts[kind] ?? {})}`);
  const missing = neverReached(counts);
  const never = missing.length === 0 ? 'nothing' : `\n  ${missing.join('\n  ')}`;
  return [...told, tellDeaths(counts), `never reached: ${never}`].join('\n');
}

const tellCounts = (names: Readonly<Record<string, number>>): string =>
  Object.entries(names)
    .sort((a, b) => b[1] - a[1])
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');

function tellDeaths(counts: Counts): string {
  const points = Object.keys(counts['kill point'] ?? {}).length;
  const before = Object.keys(counts['death before'] ?? {}).length;
  const after = Object.keys(counts['death after'] ?? {}).length;
  return `kill points: ${points} seen, ${before} died at before the effect, ${after} after it`;
}
