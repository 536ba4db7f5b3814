import type { Policy } from '../../../functions/domain/policy.ts';
import type { RecordedFailure } from '../cases/cases-file.ts';
import { type Breach, findBreaches } from '../check/find-breaches.ts';
import { type Outcome, outcomesOf } from '../figures/outcome.ts';
import { drawCaseLuck } from '../model/case-luck.ts';
import type { Values } from '../model/parameters.ts';
import { playWorld } from './play-world.ts';

/** What is played, and by whom. */
export interface Playing {
  readonly failures: readonly RecordedFailure[];
  readonly policies: readonly Policy[];
  readonly seed: number;
  /** Called after each group of failures was played under each policy. */
  readonly onPlayed: () => void;
}

/** What came of it, by policy. */
export interface Played {
  readonly outcomes: readonly (readonly Outcome[])[];
  readonly breaches: readonly (readonly Breach[])[];
  /** Recorded histories that no draw of the model agreed with. */
  readonly unexplained: number;
}

/**
 * Plays groups of failures, each in a world of its own and under each policy with the same luck.
 * @param groups Places of failures; an outcome's group is its place among these.
 */
export async function playGroups(
  { failures, policies, seed, onPlayed }: Playing,
  groups: readonly (readonly number[])[],
  values: Values,
): Promise<Played> {
  const outcomes: Outcome[][] = policies.map(() => []);
  const breaches: Breach[][] = policies.map(() => []);
  let unexplained = 0;
  for (const [place, group] of groups.entries()) {
    const drawn = group.flatMap((nth) => {
      const failure = failures[nth];
      if (failure === undefined) return [];
      return [{ failure, nth, luck: drawCaseLuck(failure, seed, nth, values) }];
    });
    unexplained += drawn.filter(({ luck }) => !luck.isExplained).length;
    for (const [which, policy] of policies.entries()) {
      const world = await playWorld(drawn, policy);
      outcomes[which]?.push(...outcomesOf(world, place));
      breaches[which]?.push(...findBreaches(world.tries));
    }
    onPlayed();
  }
  return { outcomes, breaches, unexplained };
}
