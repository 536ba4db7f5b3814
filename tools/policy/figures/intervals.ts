import { createRandom } from '../../../local/seeded-random.ts';
import { type Figure, onceEach, type Weights } from './figures.ts';
import type { Outcome } from './outcome.ts';

/** A figure with what it may lie between: 95 of 100 such intervals hold what is true of the model. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The outcomes of one policy: of all failures, and of some of them in worlds with other figures. */
export interface PolicyOutcomes {
  readonly all: readonly Outcome[];
  readonly groups: number;
  /** The same groups as `others` have, in the world of the central figures. */
  readonly some: readonly Outcome[];
  readonly someGroups: number;
  readonly others: readonly (readonly Outcome[])[];
}

/** Each policy's estimate, and how much the first is more than the second. */
export interface Estimates {
  readonly of: readonly Estimate[];
  /** `null` unless two are compared. */
  readonly difference: Estimate | null;
}

const resamples = 1_000;
const confidence = 0.95;

/**
 * Estimates by the bootstrap: the failures are drawn anew, with replacement and by groups, and
 * every policy is told of the same draw, so that a difference is that of policies and not of luck.
 * What is not known of the model's own figures comes on top: each resample is moved by how much one
 * of the other worlds differs from the central one.
 */
export function estimate(
  figure: Figure,
  policies: readonly PolicyOutcomes[],
  seed: number,
): Estimates {
  const groups = policies[0]?.groups ?? 0;
  const measured = policies.map(({ all }) => figure.of(all, groups));
  const shifts = policies.map((each) => shiftsOf(figure, each));
  const values = measured.map((measure) => measure(onceEach(groups)));
  const random = createRandom(`resamples ${seed}`);
  const drawn = Array.from({ length: resamples }, (_, nth) => {
    const weights = resample(groups, random);
    return measured.map((measure, policy) => {
      const moved = shifts[policy] ?? [];
      return bounded(figure, measure(weights) + (moved[nth % moved.length] ?? 0));
    });
  });
  const between = (value: number, replicates: readonly number[]): Estimate => {
    const known = replicates.filter((each) => !Number.isNaN(each)).sort((a, b) => a - b);
    const low = known[Math.floor(((1 - confidence) / 2) * known.length)];
    const high = known[Math.ceil(((1 + confidence) / 2) * known.length) - 1];
    return { value, low: low ?? Number.NaN, high: high ?? Number.NaN };
  };
  const [first = Number.NaN, second] = values;
  return {
    of: values.map((value, policy) =>
      between(
        value,
        drawn.map((each) => each[policy] ?? Number.NaN),
      ),
    ),
    difference:
      second === undefined
        ? null
        : between(
            first - second,
            drawn.map(([a = Number.NaN, b = Number.NaN]) => a - b),
          ),
  };
}

/** No figure is below nothing, and no share above all, however far another world moves it. */
function bounded({ unit }: Figure, value: number): number {
  const most = unit === 'share' ? 1 : Number.POSITIVE_INFINITY;
  return Number.isNaN(value) ? value : Math.min(most, Math.max(0, value));
}

/** How much the figure is otherwise in each world, of the same failures: not at all in the central. */
function shiftsOf(figure: Figure, { some, someGroups, others }: PolicyOutcomes): readonly number[] {
  const once = onceEach(someGroups);
  const central = figure.of(some, someGroups)(once);
  const shifts = others
    .map((outcomes) => figure.of(outcomes, someGroups)(once) - central)
    .map((shift) => (Number.isNaN(shift) ? 0 : shift));
  return [0, ...shifts];
}

function resample(groups: number, random: () => number): Weights {
  const weights = new Uint16Array(groups);
  for (let drawn = 0; drawn < groups; drawn += 1) {
    const group = Math.floor(random() * groups);
    weights[group] = (weights[group] ?? 0) + 1;
  }
  return weights;
}
