import { beforeAll, expect, it } from 'vitest';
import { createJudge } from './judge/create-judge.ts';
import { runSeeds } from './run-seeds.ts';
import type { SeedReport } from './seed-report.ts';
import { addCounts, type Counts } from './world/coverage.ts';
import { neverReached } from './world/coverage-goals.ts';
import { roomNames } from './world/limits.ts';
import { runSeed } from './world/run-seed.ts';

/** `npm run simulate -- --seeds N` runs as many more as one likes. */
const seeds = Array.from({ length: 180 }, (_, at) => at + 1);

const reports = new Map<number, SeedReport>();
const counts: Counts = {};

beforeAll(async () => {
  await runSeeds(seeds, (report) => {
    reports.set(report.seed, report);
    addCounts(counts, report.counts);
  });
}, 600_000);

it('no rule is broken; a failure names its seed: npm run simulate -- --seed S', () => {
  const broken = [...reports.values()].filter(({ breach }) => breach !== null);
  expect(broken.map(({ seed, breach }) => ({ seed, breach }))).toEqual([]);
  expect(reports.size).toBe(seeds.length);
});

it('every state, outcome, fault and happening is reached, and every rule weighed', () => {
  const missing = neverReached(counts).filter((name) => !name.startsWith('death'));
  expect(missing).toEqual([]);
});

it('processes of every room die before and after what they do', () => {
  for (const when of ['death before', 'death after']) {
    const rooms = Object.keys(counts[when] ?? {}).map((point) => point.split(':')[0]);
    expect(new Set(rooms)).toEqual(new Set(roomNames));
  }
});

it('the same seed leaves the same trace: in another thread, in another order, and told', async () => {
  const again = [];
  for (const seed of [9, 4, 7]) {
    const { hash } = await runSeed(seed, { createJudge, isTold: seed === 4 });
    again.push({ seed, hash });
  }
  expect(again).toEqual([9, 4, 7].map((seed) => ({ seed, hash: reports.get(seed)?.hash })));
  expect(new Set([...reports.values()].map(({ hash }) => hash)).size).toBe(seeds.length);
});
