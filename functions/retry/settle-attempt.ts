import { keepAttemptOpen } from '../domain/attempt/claim-attempt.ts';
import { recordOutcome } from '../domain/attempt/record-outcome.ts';
import type {
  AttemptOutcome,
  DunningCase,
  OpenAttempt,
  OwnAttempt,
} from '../domain/case/dunning-case.ts';
import { isUnknownDeclineCode } from '../domain/decline/decline.ts';
import type { Situation } from '../domain/pass/situation.ts';
import type { RetryDependencies } from './dependencies.ts';

/**
 * Saves what became of an attempt, once. Where another writer came first (a wanted retry, say)
 * the outcome is recorded on what stands now; where somebody else recorded it, that stands.
 */
export async function saveOutcome(
  dependencies: RetryDependencies,
  situation: Situation,
  attempt: OpenAttempt,
  outcome: AttemptOutcome,
): Promise<void> {
  const { log, metrics } = dependencies;
  const { customer, invoice } = situation.dunningCase;
  const saved = await saveWhileOpen(dependencies, situation.dunningCase, attempt, (current) =>
    recordOutcome({ ...situation, dunningCase: current }, attempt, outcome),
  );
  if (!saved) {
    log.info('Somebody else records the outcome', { customer, invoice, attempt: attempt.n });
    return;
  }
  if (outcome.kind === 'succeeded') metrics.count('ChargeSucceeded');
  if (outcome.kind === 'declined' || outcome.kind === 'requires_action') {
    metrics.count('ChargeDeclined');
    if (isUnknownDeclineCode(outcome.codes)) metrics.count('UnknownDeclineCode');
  }
  log.info('Attempt ended', { customer, invoice, attempt: attempt.n, ...loggable(outcome) });
}

/** Leaves the attempt open until `at`, saying what is known of its request. */
export async function saveOpen(
  dependencies: RetryDependencies,
  dunningCase: DunningCase,
  attempt: OwnAttempt,
  request: OwnAttempt['request'],
  at: number,
): Promise<void> {
  await saveWhileOpen(dependencies, dunningCase, attempt, (current) =>
    keepAttemptOpen(current, attempt, request, at),
  );
}

/** How often the case is read anew when another writer came first. */
const mostTries = 10;

/** False where the attempt was no longer open, or another process has claimed it since. */
async function saveWhileOpen(
  { records }: RetryDependencies,
  dunningCase: DunningCase,
  attempt: OpenAttempt,
  change: (current: DunningCase) => DunningCase,
): Promise<boolean> {
  let current: DunningCase | null = dunningCase;
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (current === null || !holdsClaim(current, attempt)) return false;
    if (await records.saveCase(change(current))) return true;
    current = await records.case(dunningCase.customer, dunningCase.invoice);
  }
  throw new Error(`The case of ${dunningCase.invoice} changed ${mostTries} times meanwhile.`);
}

const holdsClaim = ({ openAttempt }: DunningCase, attempt: OpenAttempt): boolean =>
  openAttempt?.n === attempt.n && openAttempt.leaseUntil === attempt.leaseUntil;

const loggable = (outcome: AttemptOutcome): Record<string, unknown> =>
  outcome.kind === 'declined'
    ? { outcome: outcome.kind, decline: outcome.decline, ...outcome.codes }
    : { outcome: outcome.kind };
