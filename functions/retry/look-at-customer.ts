import type { FinishDependencies } from '../account/dependencies.ts';
import { finishChange } from '../account/finish-change.ts';
import { lookAtCardsSooner } from '../account/look-sooner.ts';
import { mirrorFromStripe } from '../account/mirror-customer.ts';
import type { DunningCase } from '../domain/case/dunning-case.ts';
import { type Customer, nextCustomer, type Unfinished } from '../domain/customer/customer.ts';
import { refreshPaymentMethod } from '../domain/customer/payment-method.ts';
import type { Telling } from '../domain/customer/telling.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import { messageVersion, type NetworkUpdate } from '../domain/messages.ts';
import type { Queues } from '../domain/ports.ts';
import type { PaymentMethodFacts } from '../domain/stripe/stripe-facts.ts';
import type { Instant } from '../domain/time.ts';
import type { Account } from '../runtime/records.ts';

export interface CustomerLookDependencies {
  readonly changes: FinishDependencies;
  readonly queues: Pick<Queues, 'sendRetry'>;
}

/** How often a customer is read anew when another writer came first. */
const mostTries = 5;

/**
 * Something of a customer is other at Stripe: the mirror follows, corrected data of a method with a
 * role (a new expiry from the card's network, say) wake the open cases, and each open case and each
 * card that expires soon is looked at. A customer whom the table does not know is left alone.
 * @throws where Stripe or the table did not answer; the message is then delivered again.
 */
export async function lookAtCustomer(
  dependencies: CustomerLookDependencies,
  id: CustomerId,
  byNetwork?: NetworkUpdate,
): Promise<void> {
  const { changes, queues } = dependencies;
  const isKnown = await noteChanges(changes, id, byNetwork ?? null);
  if (!isKnown) return;
  const mirrored = await mirrorFromStripe(changes, id);
  if (mirrored !== null && mirrored.unfinished.length > 0) await finishChange(changes, mirrored);
  const account = await changes.records.account(id);
  if (account === null) return;
  const { primary, secondary } = account.customer;
  await lookAtCardsSooner(changes, account.methods, [primary, secondary]);
  for (const { customer, invoice, progress } of account.cases) {
    if (progress.state === 'recovered' || progress.state === 'closed') continue;
    await queues.sendRetry({ v: messageVersion, type: 'settle', customer, invoice });
  }
}

/** A payment method, which knows its customer, is other at Stripe. */
export async function lookAtMethod(
  dependencies: CustomerLookDependencies,
  method: PaymentMethodId,
): Promise<void> {
  const facts = await dependencies.changes.stripe.paymentMethod(method);
  if (facts === null || facts.customer === null) return;
  await lookAtCustomer(dependencies, facts.customer);
}

/**
 * Puts the waking, and the mail, on record before the mirror shows the new data: should this
 * process die in between, the message comes again and still finds old data in the mirror.
 * @returns False where the table does not know the customer.
 */
async function noteChanges(
  dependencies: FinishDependencies,
  id: CustomerId,
  byNetwork: NetworkUpdate | null,
): Promise<boolean> {
  const { records, stripe, clock, log } = dependencies;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const account = await records.account(id);
    if (account === null) return false;
    const now = clock.now();
    const attached = (await stripe.methodsOf(id)) ?? [];
    const methods = changedMethods(account, attached, now);
    const telling = byNetwork === null ? null : updatedCard(account, attached, byNetwork);
    if (methods.length === 0 && telling === null) return true;
    const { customer } = account;
    const unfinished = unfinishedOf(methods, telling, customer.version + 1, now);
    if (await records.saveCustomer(nextCustomer(customer, {}, unfinished, now))) {
      log.info('The data of a method were corrected at Stripe', { customer: id, methods });
      return true;
    }
  }
  throw new Error(`Customer ${id} changed ${mostTries} times while it was read.`);
}

const unfinishedOf = (
  methods: readonly PaymentMethodId[],
  telling: Telling | null,
  change: number,
  at: Instant,
): readonly Unfinished[] => [
  ...(methods.length === 0
    ? []
    : [{ kind: 'wake_cases', methods, unasked: true, change } as const]),
  ...(telling === null
    ? []
    : [{ kind: 'tell', telling, change, by: { kind: 'backstop' }, at } as const]),
];

/**
 * The methods with a role whose data are corrected at Stripe, and for which nothing is woken yet.
 * Somebody else's look may have corrected the mirror already: then a case that was given up before
 * tells that nobody has tried the new data.
 */
const changedMethods = (
  { customer, methods, cases }: Account,
  atStripe: readonly PaymentMethodFacts[],
  now: number,
): readonly PaymentMethodId[] =>
  methods
    .filter(({ method }) => method === customer.primary || method === customer.secondary)
    .filter(({ method }) => !isToWake(customer, method))
    .filter((stored) => {
      if (cases.some((each) => wasGivenUpBefore(each, stored.changedAt))) return true;
      const facts = atStripe.find(({ method }) => method === stored.method);
      if (facts === undefined) return false;
      return refreshPaymentMethod(stored, facts, now).revision > stored.revision;
    })
    .map(({ method }) => method);

/**
 * The card with a role that its network gave a new number or date, where the mirror has not got
 * them yet, or somebody's look has mirrored them since. One of another brand is to be agreed to
 * first, as the page says.
 */
function updatedCard(
  { customer: { primary, secondary }, methods }: Account,
  atStripe: readonly PaymentMethodFacts[],
  { method, at }: NetworkUpdate,
): Telling | null {
  const stored = methods.find((each) => each.method === method);
  const facts = atStripe.find((each) => each.method === method);
  if (stored === undefined || facts === undefined) return null;
  const { brand, brandBefore, last4, expMonth, expYear, changedAt } = stored;
  const { expMonth: month, expYear: year } = facts;
  if (month === null || year === null || (method !== primary && method !== secondary)) return null;
  if (facts.brand !== brand || brandBefore !== null) return null;
  const isMirrored = month === expMonth && year === expYear && facts.last4 === last4;
  if (isMirrored && (changedAt === null || changedAt < at)) return null;
  return { kind: 'card_updated', method, expires: { month, year }, updatedAt: at };
}

const wasGivenUpBefore = (
  { progress, retryWanted, retryServed }: DunningCase,
  changedAt: Instant | null,
): boolean =>
  progress.state === 'exhausted' &&
  retryWanted <= retryServed &&
  changedAt !== null &&
  changedAt > progress.endedAt;

const isToWake = ({ unfinished }: Customer, method: PaymentMethodId): boolean =>
  unfinished.some((each) => each.kind === 'wake_cases' && each.methods.includes(method));
