import { useEffect, useState } from 'preact/hooks';
import type { CustomerView, OpenCaseView, PageView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import type { Failure } from '../api/result.ts';
import { isProblem, sayFailure } from '../words/say-failure.ts';
import type { Words } from '../words/words.ts';
import type { Desk } from './desk.ts';
import { type Status, useFollow } from './use-follow.ts';

/** After these the page is out of date, and says so instead of the dialog. */
const outOfDate = ['changed-meanwhile', 'not-found', 'case-ended', 'same-card', 'not-allowed'];

export interface DeskState extends Desk {
  readonly status: Status;
  /** Reads the view anew, without a word. */
  refresh(): Promise<void>;
  /** Leaves the page where the reader may see it no more; whether it did. */
  left(failure: Failure): boolean;
  /** Says what went wrong where no dialog is open. */
  say(why: string): void;
}

/** The account's page at work: what is seen, what was said, and how changes are made. */
export function useDesk(
  words: Words,
  first: PageView,
  close: () => void,
  onLeft: (failure: Failure) => void,
): DeskState {
  const [view, setPage] = useState(first);
  /** What a change answers with leaves out who is signed in: they are whom the page knows. */
  const setView = (next: CustomerView) => setPage((seen) => ({ ...seen, ...next }));
  const [status, setStatus] = useState<Status>({ tone: 'calm', sentences: [], paying: [] });
  const left = (failure: Failure): boolean => {
    if (!isProblem(failure, 'not-signed-in', 'no-customer-chosen')) return false;
    follow.end();
    onLeft(failure);
    return true;
  };
  const follow = useFollow(words, setView, setStatus, left);
  useEffect(() => {
    // What the reader has begun elsewhere ends there.
    const trying = first.cases.filter(
      ({ state, underWay }) => state === 'trying' && underWay?.by !== 'you',
    );
    if (trying.length > 0) void follow.start({ said: '', watch: trying, isSure: true }, first);
  }, []);
  const refresh = async () => {
    const answer = await portalApi.view();
    if (answer.ok) setView(answer.body);
    else left(answer.failure);
  };
  const say = (why: string) => setStatus({ tone: 'bad', sentences: [why], paying: [] });
  const fail = async (failure: Failure): Promise<string | null> => {
    if (left(failure)) return null;
    const why = sayFailure(words, failure);
    if (!isProblem(failure, ...outOfDate)) return why;
    await refresh();
    close();
    follow.end();
    say(why);
    return null;
  };
  /** What became of a payment in the page is read from Stripe, whatever the page believes. */
  const look = async ({ invoice }: OpenCaseView): Promise<boolean> => {
    const looked = await portalApi.look(invoice);
    // Without an answer it is found out later, and the next look at the view shows it.
    return looked.ok || !left(looked.failure);
  };
  const change: Desk['change'] = async (send, told) => {
    const answer = await send();
    if (!answer.ok) return fail(answer.failure);
    setView(answer.body);
    close();
    void follow.start(told, answer.body);
    return null;
  };
  const paid: Desk['paid'] = async (openCase) => {
    close();
    setStatus({
      tone: 'calm',
      sentences: [words.text.status.paying],
      paying: [openCase.invoice],
    });
    if (await look(openCase)) {
      // As it is now: a refusal of an earlier try in the same dialog is no news.
      const before = view.cases.find(({ invoice }) => invoice === openCase.invoice) ?? openCase;
      void follow.start({ said: '', watch: [before], isSure: true }, view);
    }
  };
  const notPaid: Desk['notPaid'] = async (openCase) => {
    if (await look(openCase)) await refresh();
  };
  return { view, status, refresh, left, say, fail, close, change, paid, notPaid };
}
