import type { Breach, Judge } from '../evidence.ts';
import type { StoryLine } from './chronicle.ts';
import type { Counts } from './coverage.ts';
import { openWorld } from './open-world.ts';
import { happenOutside, startReplies } from './outside/happen.ts';
import { setUpCustomers } from './outside/set-up.ts';
import { passCalm } from './pass-calm.ts';
import { type Plan, planOf, type Reduction } from './plan.ts';
import type { Sabotage } from './ports.ts';
import type { World } from './world.ts';

export interface RunOptions {
  readonly createJudge: () => Judge;
  /** Leaves something out of the seed, to find the shortest story. */
  readonly reduction?: Reduction;
  /** Whether the story is wanted. @default false */
  readonly isTold?: boolean;
  /** Breaks the system on purpose. */
  readonly sabotage?: Sabotage;
}

export interface SeedResult {
  readonly plan: Plan;
  /** SHA-256 over all that happened and was chosen, in order. */
  readonly hash: string;
  readonly breaches: readonly Breach[];
  /** Whether the breach showed only when the calm was over. */
  readonly brokeInCalm: boolean;
  /** How many things had happened outside at the end. */
  readonly steps: number;
  readonly story: readonly StoryLine[];
  readonly counts: Counts;
  /** How often each rule of the judge had something to decide. */
  readonly weighed: ReadonlyMap<string, number>;
}

/** One life of the rooms, from its first customers to the end of a long calm. */
export async function runSeed(seed: number, options: RunOptions): Promise<SeedResult> {
  const plan = planOf(seed, options.reduction);
  const judge = options.createJudge();
  const { world, settle } = openWorld(plan, judge, options);
  const { chronicle, coverage } = world;
  const pass = passing(world, settle);

  setUpCustomers(world);
  startReplies(world);
  await settle();
  const steps = await passSteps(world, pass, settle);
  const isSafe = chronicle.breaches.length === 0;
  if (isSafe) await passCalm(world, pass);
  if (chronicle.breaches.length === 0) chronicle.conclude();
  return {
    plan,
    hash: chronicle.hash(),
    breaches: chronicle.breaches,
    brokeInCalm: isSafe,
    steps,
    story: chronicle.story,
    counts: coverage.counts,
    weighed: judge.weighed,
  };
}

/** Lets happen all that is due until a time, unless the judge stops it. */
type Pass = (until: number) => Promise<void>;

const passing =
  ({ agenda, chronicle }: World, settle: () => Promise<void>): Pass =>
  async (until) => {
    const isSafe = () => chronicle.breaches.length === 0;
    while ((agenda.nextTime ?? Number.POSITIVE_INFINITY) <= until && isSafe()) {
      agenda.step();
      await settle();
    }
    if (agenda.now >= until || !isSafe()) return;
    agenda.at(until, () => undefined);
    agenda.step();
  };

/** The troubled part of the life. @returns how many things had happened outside at its end. */
async function passSteps(world: World, pass: Pass, settle: () => Promise<void>): Promise<number> {
  const { agenda, chronicle, plan, random } = world;
  let steps = 0;
  while (steps < plan.steps && chronicle.breaches.length === 0) {
    steps += 1;
    const [least, most] = random.pick(plan.gaps);
    await pass(Math.max(world.quietUntil, agenda.now + random.between(least, most)));
    if (chronicle.breaches.length === 0) happenOutside(world);
    await settle();
  }
  return steps;
}
