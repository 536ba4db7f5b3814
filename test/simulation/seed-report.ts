import { createJudge } from './judge/create-judge.ts';
import type { Counts } from './world/coverage.ts';
import { runSeed, type SeedResult } from './world/run-seed.ts';

/** What a worker tells of one seed: plain data. */
export interface SeedReport {
  readonly seed: number;
  readonly hash: string;
  /** The rule and the sentence of the first breach; `null` where every rule held. */
  readonly breach: { readonly rule: string; readonly what: string } | null;
  readonly counts: Counts;
}

export async function reportSeed(seed: number): Promise<SeedReport> {
  return reportOf(await runSeed(seed, { createJudge }));
}

export function reportOf({ plan, hash, breaches, counts, weighed }: SeedResult): SeedReport {
  return {
    seed: plan.seed,
    hash,
    breach: breaches[0] ?? null,
    counts: { ...counts, 'rule weighed': Object.fromEntries(weighed) },
  };
}
