import { keepAppointment } from '../domain/case/keep-appointment.ts';
import { decideEarlyStep, type EarlySituation } from '../domain/pass/decide-next-step.ts';
import type { RetryDependencies } from './dependencies.ts';
import { takeEarly } from './take-step.ts';
import type { Went } from './went.ts';

/**
 * Time brings the end of dunning, or something to remind the customer of; first of all, whatever
 * Stripe shows of the invoice by now.
 */
export async function keepAppointmentOf(
  dependencies: RetryDependencies,
  early: EarlySituation,
): Promise<Went> {
  const { records } = dependencies;
  const step = decideEarlyStep(early, false);
  if (step !== null && step.step !== 'nothing') return takeEarly(dependencies, early, step);
  const customer = await records.customer(early.dunningCase.customer);
  const kept = keepAppointment(early, customer?.extension ?? null);
  if (kept === null || !(await records.saveCase(kept))) return kept === null ? 'done' : 'reread';
  return kept.owed.length > 0 ? 'on' : 'done';
}
