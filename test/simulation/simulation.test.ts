import { expect, it } from 'vitest';
import { judge } from './judge.ts';
import { simulate } from './simulate.ts';

/** A failure names its seed: `simulate(seed)` repeats it. */
const seeds = Array.from({ length: 20 }, (_, at) => at + 1);

let recovered = 0;
let deaths = 0;

it.each(seeds)('seed %i: nobody is charged twice, nothing is lost', async (seed) => {
  const world = await simulate(seed);
  try {
    expect(judge(world)).toEqual([]);
    recovered += world.items.filter(({ state }) => state === 'recovered').length;
    deaths += world.deaths;
  } finally {
    await world.stop();
  }
});

it('the seeds reached what they are for: deaths, and recoveries all the same', () => {
  expect(deaths).toBeGreaterThan(seeds.length);
  expect(recovered).toBeGreaterThan(seeds.length);
});
