import type { Pass, Refusal } from '../case/dunning-case.ts';
import type { Explanation } from '../case/explanation.ts';
import type { WouldTry } from '../case/observation.ts';
import type { Instant } from '../time.ts';
import { chooseMethod } from './choose-method.ts';
import type { Candidate, Situation } from './situation.ts';
import { standingRefusals } from './standing-refusals.ts';

/** All that a pass would do, should everything that it tries be refused. */
export interface WouldDo {
  readonly tries: readonly WouldTry[];
  /** From when the secondary might be charged, where only the policy's waiting stands against it. */
  readonly fallbackAt: Instant | null;
  readonly trace: readonly Explanation[];
}

/**
 * The whole decision of a pass that is only observed: its first choice, what would follow should
 * that be refused as it was the last time, and so on. Pure, and made of the decisions of mode `own`.
 */
export function observePass(situation: Situation, pass: Pass): WouldDo {
  const tries: WouldTry[] = [];
  const trace: Explanation[] = [];
  let after = pass;
  for (;;) {
    const choice = chooseMethod(situation, after);
    trace.push(...choice.trace);
    if (choice.role === null) {
      const about = tries.length === 0 ? 'would not charge' : 'would charge nothing else';
      trace.push({ rule: 'observe_only', about });
      return { tries, fallbackAt: choice.fallbackAt, trace };
    }
    const { role, candidate } = choice;
    trace.push({ rule: 'observe_only', about: `would charge the ${role}` });
    tries.push({ role, method: candidate.method.method });
    // A role is refused at most once in a pass: chooseMethod goes on to the next, or to none.
    after = { ...after, refusals: [...after.refusals, refusedAgain(situation, role, candidate)] };
  }
}

const refusedAgain = (
  situation: Situation,
  role: WouldTry['role'],
  candidate: Candidate,
): Refusal => {
  const { method, revision } = candidate.method;
  const [before] = standingRefusals(situation, candidate);
  const kind = before?.kind ?? 'generic';
  const codes = before?.codes ?? null;
  return { role, method, revision, kind, codes, at: situation.now, by: 'backstop' };
};
