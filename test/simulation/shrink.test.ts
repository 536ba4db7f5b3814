import { expect, it } from 'vitest';
import { createJudge } from './judge/create-judge.ts';
import { keysThatDiffer } from './sabotage.ts';
import { shrink } from './shrink.ts';
import { tellBreach } from './tell-story.ts';
import { runSeed } from './world/run-seed.ts';

const options = { createJudge, sabotage: keysThatDiffer() };

it('a failing seed is told by the shortest way to the same breach', async () => {
  const failed = await runSeed(2, options);
  expect(failed.breaches).not.toEqual([]);
  const { result, reduction } = await shrink(failed, options);

  expect(result.breaches[0]?.rule).toBe(failed.breaches[0]?.rule);
  expect(result.steps).toBeLessThanOrEqual(failed.steps);
  expect(reduction.without?.length).toBeGreaterThan(0);
  expect(result.plan.faults.size).toBeLessThanOrEqual(failed.plan.faults.size);
  const told = tellBreach(result, reduction);
  expect(told).toContain(`npm run simulate -- --seed ${failed.plan.seed} --story`);
  expect(told).toContain(`rule ${failed.breaches[0]?.rule}`);
});
