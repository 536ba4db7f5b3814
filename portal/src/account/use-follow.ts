import { useEffect, useRef } from 'preact/hooks';
import type { CustomerView } from '../api/api-types.ts';
import type { Failure } from '../api/result.ts';
import { sayOutcome, toneOf } from '../words/say-outcome.ts';
import type { Words } from '../words/words.ts';
import type { Told } from './desk.ts';
import { watchCases } from './watch-cases.ts';

/** The line that tells how a change went. */
export interface Status {
  readonly tone: 'calm' | 'good' | 'bad';
  readonly sentences: readonly string[];
  /** Invoices that are being paid right now, whatever was read of them before. */
  readonly paying: readonly string[];
}

export interface Follow {
  /** Says what was done, then waits for what becomes of the open invoices and says that. */
  start(told: Told, seen: CustomerView): Promise<void>;
  /** Nothing is said any more of what was waited for. */
  end(): void;
}

/** Tells how the payments go on that a change has started; the newest change alone. */
export function useFollow(
  words: Words,
  setView: (view: CustomerView) => void,
  setStatus: (status: Status) => void,
  left: (failure: Failure) => boolean,
): Follow {
  const { text } = words;
  /** Rises with each change, so that what waits for an older one sees that it is over. */
  const newest = useRef(0);
  const end = () => {
    newest.current += 1;
  };
  useEffect(() => end, []);
  const start = async ({ said, watch, isSure }: Told, seen: CustomerView) => {
    end();
    const mine = newest.current;
    const isMine = () => mine === newest.current;
    const done = said === '' ? [] : [said];
    if (watch.length === 0) {
      setStatus({ tone: 'good', sentences: [...done, ...sayUnderWay(words, seen)], paying: [] });
      return;
    }
    const paying = watch.length === 1 ? text.status.paying : text.status.payingMany;
    // Only what the API has said before is promised.
    setStatus({
      tone: 'calm',
      sentences: isSure ? [...done, paying] : done,
      paying: isSure ? watch.map(({ invoice }) => invoice) : [],
    });
    let last = seen;
    const onView = (next: CustomerView) => {
      if (!isMine()) return false;
      last = next;
      setView(next);
      return true;
    };
    const onFailure = (failure: Failure) => isMine() && !left(failure);
    const watched = await watchCases(watch, isSure, onView, onFailure);
    if (watched === null || !isMine()) return;
    const sentences = new Set(watched.map((each) => sayOutcome(words, last, each)));
    setStatus({ tone: toneOf(watched), sentences: [...done, ...sentences], paying: [] });
  };
  return { start, end };
}

/** A payment that began before the change may complete all the same. */
function sayUnderWay(
  { text, format }: Words,
  { paymentsUnderWay }: CustomerView,
): readonly string[] {
  return paymentsUnderWay.flatMap(({ startedAt }) =>
    startedAt === null ? [] : [text.status.mayComplete({ when: format.time(startedAt) })],
  );
}
