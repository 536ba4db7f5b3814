import type { AuditEntry } from '../domain/audit.ts';
import { paysWith } from '../domain/case/payments-under-way.ts';
import { isSameAddress } from '../domain/customer/billing-info.ts';
import type { MethodBefore, Unfinished } from '../domain/customer/customer.ts';
import { refreshPaymentMethod } from '../domain/customer/payment-method.ts';
import type { CustomerId } from '../domain/ids.ts';
import { executedByMs } from '../domain/time.ts';
import { agreeToBrand } from './agree-to-brand.ts';
import type { FinishDependencies } from './dependencies.ts';
import { markRemoved, mirrorMethod } from './method-records.ts';
import { finishTelling } from './tell.ts';

type Of<Kind extends Unfinished['kind']> = Extract<Unfinished, { readonly kind: Kind }>;

/**
 * Writes the primary to Stripe. Done for an older change too although a newer one stands: each
 * key is carried out once, so what is late cannot undo what came after it.
 */
export async function finishPrimary(
  { stripe, log }: FinishDependencies,
  customer: CustomerId,
  { method, change }: Of<'set_primary'>,
): Promise<boolean> {
  const key = `backstop-${customer}-primary-${change}`;
  const refused = await stripe.setPrimary(customer, method, key);
  // It was detached meanwhile, say: the next look at Stripe mirrors what is charged instead.
  if (refused !== null) log.warn('Stripe does not take the primary', { customer, method, refused });
  return true;
}

/**
 * Takes a method away. Marked first, then the attempts are looked for: the room that charges
 * writes its attempt first and then looks at the method, so one of the two sees the other.
 * @returns False while a payment with it may still complete.
 */
export async function finishRemoval(
  dependencies: FinishDependencies,
  customer: CustomerId,
  { method }: Of<'remove_method'>,
): Promise<boolean> {
  const { records, stripe, clock, log } = dependencies;
  await markRemoved(dependencies, customer, method, clock.now());
  const { cases } = await records.cases(customer);
  if (cases.some((each) => paysWith(each, method))) return false;
  const refused = await stripe.detach(method, `backstop-${customer}-detach-${method}`);
  if (refused !== null) log.warn('Stripe does not detach it', { customer, method, refused });
  return true;
}

/**
 * Mirrors what became of a change at Stripe; on the audit log before it is on the record.
 * @param isAnswered True for the process that has Stripe's answer. Without it the request may still
 * be on its way for a while, and what shows no effect may have one yet.
 * @returns False while that may be.
 */
export async function finishMirror(
  dependencies: FinishDependencies,
  customer: CustomerId,
  { method, before, change, by, at }: Of<'mirror_method'>,
  isAnswered: boolean,
): Promise<boolean> {
  const { records, stripe, clock } = dependencies;
  const facts = await stripe.paymentMethod(method);
  if (facts === null) return true;
  const stored = await records.method(customer, method);
  const after = stored === null ? null : refreshPaymentMethod(stored, facts, clock.now());
  const changed = after === null ? [] : whatChanged(before, after);
  if (changed.length === 0 && !isAnswered && clock.now() - at < executedByMs) return false;
  if (after !== null && changed.length > 0) {
    const entry: AuditEntry = {
      id: `customer-${change}-method`,
      at,
      by,
      what: 'method_changed',
      about: method,
      from: { revision: before.revision },
      to: { revision: after.revision, changed },
      reason: null,
    };
    await records.addAudit(customer, entry);
    const telling = { kind: 'methods_changed', changes: [{ what: 'changed', method }] } as const;
    await finishTelling(dependencies, customer, { kind: 'tell', telling, change, by, at });
    await agreeToBrand(dependencies, customer, method);
  }
  await mirrorMethod(dependencies, customer, facts);
  return true;
}

/** By name only: what was changed is card data. */
const whatChanged = (a: MethodBefore, b: MethodBefore): readonly string[] => [
  ...(a.expMonth === b.expMonth && a.expYear === b.expYear ? [] : ['expiry']),
  ...(a.billing.name === b.billing.name ? [] : ['name']),
  ...(isSameAddress(a.billing.address, b.billing.address) ? [] : ['address']),
];
