import { type Feature, features } from './world/features.ts';
import type { Reduction } from './world/plan.ts';
import { type RunOptions, runSeed, type SeedResult } from './world/run-seed.ts';

/** The shortest way that was found to the same breach. */
export interface Shrunk {
  readonly reduction: Reduction;
  readonly result: SeedResult;
}

/**
 * Leaves out of a failing seed what its breach does not need: what happened last, then each thing
 * that goes wrong or happens outside, as long as the same rule is still broken.
 */
export async function shrink(failed: SeedResult, options: RunOptions): Promise<Shrunk> {
  const rule = failed.breaches[0]?.rule;
  const retry = async (reduction: Reduction): Promise<SeedResult | null> => {
    const result = await runSeed(failed.plan.seed, { ...options, reduction });
    return result.breaches[0]?.rule === rule ? result : null;
  };
  let best: Shrunk = { reduction: { steps: failed.steps }, result: failed };
  best = await shortenPrefix(best, retry);
  best = await leaveOut(best, retry);
  best = await shortenPrefix(best, retry);
  const told = await runSeed(failed.plan.seed, {
    ...options,
    reduction: best.reduction,
    isTold: true,
  });
  return { reduction: best.reduction, result: told };
}

type Retry = (reduction: Reduction) => Promise<SeedResult | null>;

/** Halves what is left of the steps, while the breach stays. */
async function shortenPrefix(found: Shrunk, retry: Retry): Promise<Shrunk> {
  let best = found;
  let low = 0;
  let high = found.result.steps;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const reduction = { ...best.reduction, steps: middle };
    const result = await retry(reduction);
    if (result === null) low = middle + 1;
    else {
      best = { reduction, result };
      high = Math.min(middle, result.steps);
    }
  }
  return best;
}

async function leaveOut(found: Shrunk, retry: Retry): Promise<Shrunk> {
  let best = found;
  for (const feature of featuresOf(found.result)) {
    const without = [...(best.reduction.without ?? []), feature];
    const reduction = { ...best.reduction, without };
    const result = await retry(reduction);
    if (result !== null) best = { reduction, result };
  }
  return best;
}

const featuresOf = ({ plan }: SeedResult): readonly Feature[] =>
  features.filter((feature) => includes(plan.faults, feature) || includes(plan.outside, feature));

const includes = (map: ReadonlyMap<string, number>, feature: string) => map.has(feature);
