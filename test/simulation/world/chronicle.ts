import { createHash } from 'node:crypto';
import type { Breach, Evidence, Happening, Judge } from '../evidence.ts';
import type { Coverage } from './coverage.ts';
import { describeHappening } from './describe-happening.ts';

/** Takes down what happens, and shows each thing to the judge at once. */
export interface Chronicle {
  /** Something took effect. */
  tell(happening: Happening): void;
  /** A choice of the scheduler or of the seed: part of the trace, and of the story. */
  note(who: string, what: string): void;
  /** What the judge found so far; nothing more is to happen then. */
  readonly breaches: readonly Breach[];
  /** Adds what the judge says at the end. */
  conclude(): void;
  /** SHA-256 over all that was told and noted so far, in order. */
  hash(): string;
  readonly story: readonly StoryLine[];
}

export interface StoryLine {
  /** Epoch milliseconds, UTC. */
  readonly at: number;
  readonly who: string;
  readonly what: string;
}

export interface ChronicleParts {
  readonly judge: Judge;
  readonly coverage: Coverage;
  /** Whether the story is wanted: it costs time. */
  readonly isTold: boolean;
  readonly evidence: () => Evidence;
  /** Whose call is taking effect at this moment. */
  readonly actor: () => string;
}

export function createChronicle(parts: ChronicleParts): Chronicle {
  const { judge, coverage, isTold } = parts;
  const hash = createHash('sha256');
  const breaches: Breach[] = [];
  const story: StoryLine[] = [];
  const judgeBy = (found: readonly Breach[]) => {
    for (const breach of found) {
      breaches.push(breach);
      if (isTold) write('judge', `rule ${breach.rule} does not hold: ${breach.what}`);
    }
  };
  const write = (who: string, what: string) =>
    void story.push({ at: parts.evidence().now, who, what });
  return {
    tell(happening) {
      const evidence = parts.evidence();
      hash.update(`${evidence.now} ${JSON.stringify(traceOf(happening))}\n`);
      coverage.see(happening);
      if (isTold) {
        const what = describeHappening(happening);
        if (what !== null) write(parts.actor(), what);
      }
      judgeBy(judge.observe(happening, evidence));
    },
    note(who, what) {
      hash.update(`${parts.evidence().now} ${who} ${what}\n`);
      if (isTold) write(who, what);
    },
    breaches,
    conclude() {
      if (isTold) write('calm', 'is over');
      judgeBy(judge.conclude(parts.evidence()));
    },
    hash: () => hash.copy().digest('hex'),
    story,
  };
}

/** What was there before a write stands in the trace already. */
const traceOf = (happening: Happening): unknown =>
  happening.kind === 'item_written' ? happening.after : happening;
