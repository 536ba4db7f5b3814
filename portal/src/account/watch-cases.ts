import type { CustomerView, OpenCaseView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import type { Failure } from '../api/result.ts';
import {
  judgeOutcome,
  longestWaitMs,
  type Outcome,
  pauseBeforeLook,
  type Watched,
} from '../words/judge-outcome.ts';

/** A try that nobody promised is waited for so long. */
const longestGuessMs = 15_000;

/**
 * Looks at the view again and again until it is known what became of the invoices, or it took too
 * long.
 * @param onView Is given each view that was read; `false` ends the watch.
 * @returns `null` where the watch was ended, or the session has.
 */
export async function watchCases(
  cases: readonly OpenCaseView[],
  isSure: boolean,
  onView: (view: CustomerView) => boolean,
  onFailure: (failure: Failure) => boolean,
): Promise<readonly Watched[] | null> {
  const start = performance.now();
  for (let looks = 0; ; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, pauseBeforeLook(looks)));
    const answer = await portalApi.view();
    if (!answer.ok) {
      if (!onFailure(answer.failure)) return null;
    } else if (!onView(answer.body)) {
      return null;
    }
    const waitedMs = performance.now() - start;
    const open = answer.ok ? answer.body.cases : null;
    if (open === null) {
      if (waitedMs < longestWaitMs) continue;
      return cases.map((before) => ({ before, now: before, outcome: { is: 'pending' } }));
    }
    const isTrying = open.some(({ state }) => state === 'trying');
    const patienceMs = isSure || isTrying ? longestWaitMs : longestGuessMs;
    const found = cases.map((before) => {
      const now = open.find(({ invoice }) => invoice === before.invoice);
      return { before, now, outcome: judgeOutcome(before, now) };
    });
    const isOver = found.every(({ outcome }) => outcome.is !== 'pending');
    if (isOver || waitedMs >= patienceMs) return Promise.all(found.map(tellEnd));
  }
}

/** Of an invoice that is not open any more, whether it was paid. */
async function tellEnd({
  before,
  now,
  outcome,
}: Omit<Watched, 'outcome'> & { readonly outcome: Outcome }): Promise<Watched> {
  if (outcome.is !== 'gone') return { before, now, outcome };
  const ended = await portalApi.case(before.invoice);
  const isPaid = ended.ok && ended.body.end === 'paid';
  return { before, now, outcome: { is: isPaid ? 'paid' : 'settled' } };
}
