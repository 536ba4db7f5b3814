import type { Policy } from '../../functions/domain/policy.ts';
import { createRandom } from '../../local/seeded-random.ts';
import type { RecordedFailure } from './cases/cases-file.ts';
import type { Breach } from './check/find-breaches.ts';
import { type Figure, figuresOf } from './figures/figures.ts';
import { type Estimates, estimate, type PolicyOutcomes } from './figures/intervals.ts';
import type { Outcome } from './figures/outcome.ts';
import { groupByCard } from './group-by-card.ts';
import { centralValues, drawWorlds } from './model/parameters.ts';
import { playGroups } from './play/play-groups.ts';

export interface Comparing {
  readonly failures: readonly RecordedFailure[];
  /** One, or two to be compared. */
  readonly policies: readonly Policy[];
  readonly seed: number;
  /** Told after each group of failures that was played. */
  readonly onProgress?: (played: number, total: number) => void;
}

/** How policies did; everything in it is simulated. */
export interface Comparison {
  readonly failures: number;
  /** Recorded histories that no draw of the model agreed with. */
  readonly unexplained: number;
  readonly rows: readonly Row[];
  /** By policy: tries that a network's rule forbids. None, or something is wrong. */
  readonly breaches: readonly (readonly Breach[])[];
}

export interface Row extends Estimates {
  readonly name: string;
  readonly unit: Figure['unit'];
}

/** Worlds in which the model's figures are others, and how many groups are played in each. */
const otherWorlds = 10;
const mostGroupsInOthers = 500;

/** Plays every failure under each policy, with the same luck, and says how they did. */
export async function comparePolicies({
  onProgress = () => {},
  ...comparing
}: Comparing): Promise<Comparison> {
  const { failures, policies, seed } = comparing;
  const groups = groupByCard(failures);
  const some = evenly(groups, mostGroupsInOthers);
  const total = groups.length + otherWorlds * some.length;
  let played = 0;
  const onPlayed = () => {
    played += 1;
    onProgress(played, total);
  };
  const playing = { ...comparing, onPlayed };
  const all = await playGroups(playing, groups, centralValues);
  const others: (readonly (readonly Outcome[])[])[] = [];
  for (const values of drawWorlds(otherWorlds, createRandom(`worlds ${seed}`))) {
    others.push((await playGroups(playing, some, values)).outcomes);
  }
  const placeInSome = new Map(some.map((group, place) => [groups.indexOf(group), place]));
  const byPolicy = policies.map(
    (_, which): PolicyOutcomes => ({
      all: all.outcomes[which] ?? [],
      groups: groups.length,
      some: renumbered(all.outcomes[which] ?? [], placeInSome),
      someGroups: some.length,
      others: others.map((outcomes) => outcomes[which] ?? []),
    }),
  );
  return {
    failures: failures.length,
    unexplained: all.unexplained,
    rows: figuresOf(all.outcomes[0] ?? []).map((figure) => ({
      name: figure.name,
      unit: figure.unit,
      ...estimate(figure, byPolicy, seed),
    })),
    breaches: all.breaches,
  };
}

/** So many of them, as far apart as they can be. */
const evenly = <One>(from: readonly One[], most: number): readonly One[] =>
  from.filter(
    (_, place) =>
      from.length <= most ||
      Math.floor((place * most) / from.length) !== Math.floor(((place - 1) * most) / from.length),
  );

/** The outcomes of the groups that have a new place. */
const renumbered = (
  outcomes: readonly Outcome[],
  places: ReadonlyMap<number, number>,
): readonly Outcome[] =>
  outcomes.flatMap((outcome) => {
    const group = places.get(outcome.group);
    return group === undefined ? [] : [{ ...outcome, group }];
  });
