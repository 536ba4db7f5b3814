import { wakeCase } from '../domain/case/advance-case.ts';
import type { DunningCase } from '../domain/case/dunning-case.ts';
import type { Customer, Unfinished } from '../domain/customer/customer.ts';
import { isWorthATry } from '../domain/customer/method-health.ts';
import { roleOf } from '../domain/customer/role-of.ts';
import { ledgerCard, standingBlock } from '../domain/decline/card-ledger.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import { messageVersion } from '../domain/messages.ts';
import type { FinishDependencies } from './dependencies.ts';
import { lookAtCardsSooner } from './look-sooner.ts';

/** How often a case is read anew when another writer came first. */
const mostTries = 10;

/**
 * Wants a retry of every open case, once for each change, if the change put a method into a role
 * with which a try is worth it. A pass that is under way goes round again. Whether the methods expire
 * soon is looked at as well.
 */
export async function wakeCases(
  dependencies: FinishDependencies,
  id: CustomerId,
  { methods, revision = 0, unasked, change }: Extract<Unfinished, { readonly kind: 'wake_cases' }>,
): Promise<boolean> {
  const { records, queues, log } = dependencies;
  const account = await records.account(id);
  if (account === null) return true;
  await lookAtCardsSooner(dependencies, account.methods, methods);
  const worth = await Promise.all(
    methods.map((method) => isWorthIt(dependencies, account.customer, method, revision)),
  );
  if (!worth.includes(true)) return true;
  for (const each of account.cases) {
    const woken = await wake(dependencies, each, change, unasked !== true);
    if (woken === null || woken.retryWanted <= woken.retryServed) continue;
    const { customer, invoice } = woken;
    await queues.sendRetryNow({ v: messageVersion, type: 'pass', customer, invoice });
    log.info('Another method is there: the invoice is tried again', { customer, invoice, change });
  }
  return true;
}

async function isWorthIt(
  { records, clock }: FinishDependencies,
  customer: Customer,
  id: PaymentMethodId,
  revision: number,
): Promise<boolean> {
  const role = roleOf(customer, id);
  const method = role === null ? null : await records.method(customer.customer, id);
  if (role === null || method === null || method.revision <= revision) return false;
  const block = standingBlock(await records.ledger(ledgerCard(method)), method);
  return isWorthATry(method, role, block, clock.now());
}

/** The case as it stands then; `null` where it takes no wish any more. */
async function wake(
  { records }: FinishDependencies,
  dunningCase: DunningCase,
  change: number,
  isAsked: boolean,
): Promise<DunningCase | null> {
  let current: DunningCase | null = dunningCase;
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (current === null) return null;
    const { state } = current.progress;
    if (state === 'recovered' || state === 'closed') return null;
    const woken = wakeCase(current, change, isAsked);
    if (woken === current || (await records.saveCase(woken))) return woken;
    current = await records.case(dunningCase.customer, dunningCase.invoice);
  }
  throw new Error(`The case of ${dunningCase.invoice} changed ${mostTries} times meanwhile.`);
}
