import { problem } from '../api/problems.ts';
import type { Customer } from '../domain/customer/customer.ts';
import {
  decideRoles,
  type RolesRefusal,
  type WantedRoles,
} from '../domain/customer/decide-roles.ts';
import type { Consent, PaymentMethod } from '../domain/customer/payment-method.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import type { Problem } from '../runtime/problem.ts';
import { agreeToBrand } from './agree-to-brand.ts';
import { changeCustomer, type Decision, type Wish } from './change-customer.ts';
import { noSuchMethod, recordConsent } from './consent.ts';
import type { FinishDependencies } from './dependencies.ts';
import { ensureCustomer } from './ensure-customer.ts';
import { lookUpMethod } from './method-records.ts';

/** Which methods are to have the roles; `secondary: null`: there is no backup. */
export interface RolesWish {
  /** `null` only where there is none. */
  readonly primary: PaymentMethodId | null;
  readonly secondary: PaymentMethodId | null;
  /** To charge the secondary, given now; `null` where one has to be on record already. */
  readonly consent: Consent | null;
}

/** How often a customer is read anew when another writer came first. */
const mostTries = 5;
const changedMeanwhile = problem('changed-meanwhile', '').type;

type Changed = { readonly customer: Customer } | { readonly problem: Problem };

/**
 * Sets the roles, all in one write: set the primary, set or drop the secondary, swap the two. Then
 * Stripe is told the primary, and open cases are woken where that is worth a try.
 */
export async function setRoles(
  dependencies: FinishDependencies,
  wish: Wish,
  roles: RolesWish,
): Promise<Changed> {
  const { customer: id, by } = wish;
  const customer = await ensureCustomer(dependencies, id);
  if (customer === null) return { problem: noSuchCustomer };
  const { primary, secondary } = await lookUpBoth(dependencies, id, roles);
  if (roles.primary !== null && primary === null) return { problem: noSuchMethod };
  if (roles.secondary !== null && secondary === null) return { problem: noSuchMethod };
  const consent = secondary === null ? null : roles.consent;
  const agreed = secondary && (consent === null ? secondary : { ...secondary, consent });
  const decide = decisionFor({ primary, secondary: agreed });
  await agreeToNew(dependencies, wish, customer, decide(customer, customer.version + 1));
  if (secondary === null || consent === null) {
    return changeCustomer(dependencies, wish, decide);
  }
  if (!isNews(secondary, consent)) {
    return changeCustomer(dependencies, wish, tellingConsent(decide, secondary.method));
  }
  const record = () => recordConsent(dependencies, secondary, consent, by);
  const preview = decide(customer, customer.version + 1);
  const lacked = secondary.consent === null || secondary.brandBefore !== null;
  const agrees = tellingConsent(orWake(decide, secondary.method, lacked), secondary.method);
  if (preview === 'as_wished') {
    // What the backup lacked all along it has now: that cases are to be woken is on record first.
    return changeCustomer(dependencies, wish, agrees, async () => {
      await record();
      return null;
    });
  }
  // Only a wish that will be granted leaves a consent on record.
  const isSeen = wish.version === null || wish.version === customer.version;
  if (isSeen && !('problem' in preview)) await record();
  return changeCustomer(dependencies, wish, agrees);
}

/** Who puts a card into a role agrees to the card as it is now; before the role, as with a consent. */
async function agreeToNew(
  dependencies: FinishDependencies,
  { version }: Wish,
  customer: Customer,
  preview: Decision,
): Promise<void> {
  if (preview === 'as_wished' || 'problem' in preview) return;
  if (version !== null && version !== customer.version) return;
  const { primary = customer.primary, secondary = customer.secondary } = preview.change;
  const taken = [
    primary === customer.primary ? null : primary,
    secondary === customer.secondary ? null : secondary,
  ];
  for (const method of taken) {
    if (method !== null) await agreeToBrand(dependencies, customer.customer, method);
  }
}

type Decide = (customer: Customer, change: number) => Decision;

/** The same, and what it changes tells of the consent to charge this method as the backup. */
const tellingConsent =
  (decide: Decide, method: PaymentMethodId): Decide =>
  (customer, change) => {
    const decision = decide(customer, change);
    if (decision === 'as_wished' || 'problem' in decision) return decision;
    return { ...decision, consent: { kind: 'consent_given', method } };
  };

/**
 * The same, and a change even where the roles are as wished already, because the consent is: open
 * cases are woken for this method, if it lacked one.
 */
const orWake =
  (decide: Decide, method: PaymentMethodId, lacked: boolean): Decide =>
  (customer, change) => {
    const decision = decide(customer, change);
    if (decision !== 'as_wished') return decision;
    const wake = { kind: 'wake_cases', methods: [method], change } as const;
    return { change: {}, unfinished: lacked ? [wake] : [], audit: [] };
  };

async function lookUpBoth(
  dependencies: FinishDependencies,
  customer: CustomerId,
  { primary, secondary }: RolesWish,
) {
  const [first, second] = await Promise.all([
    primary === null ? null : lookUpMethod(dependencies, customer, primary),
    secondary === null ? null : lookUpMethod(dependencies, customer, secondary),
  ]);
  return { primary: first, secondary: second };
}

/**
 * The same request again, to the same text, is no other consent; to a card that has another brand
 * by now it is.
 */
function isNews({ consent: stored, brandBefore }: PaymentMethod, given: Consent): boolean {
  if (stored === null || stored.source !== given.source || brandBefore !== null) return true;
  return !(
    stored.source === 'portal' &&
    given.source === 'portal' &&
    stored.textVersion === given.textVersion
  );
}

const decisionFor =
  (wanted: WantedRoles): Decide =>
  (customer, change) => {
    const decision = decideRoles(customer, wanted, change);
    if (decision === 'as_wished') return decision;
    if ('refused' in decision) return { problem: whyRefused(decision.refused, decision.method) };
    return { ...decision, audit: [auditOfRoles(customer, decision.change)] };
  };

/** The audit entry of a change of roles. */
export const auditOfRoles = (
  before: Customer,
  { primary, secondary }: Pick<Customer, 'primary' | 'secondary'>,
) =>
  ({
    what: 'roles_changed',
    about: null,
    from: { primary: before.primary, secondary: before.secondary },
    to: { primary, secondary },
    reason: null,
  }) as const;

const noSuchCustomer = problem('not-found', 'There is no such customer here, nor at Stripe.');

function whyRefused(refusal: RolesRefusal, method: PaymentMethodId | null): Problem {
  switch (refusal) {
    case 'primary_missing':
      return problem(
        'replacement-needed',
        'There is a primary, and without one nothing could be charged at a renewal. Name the method that is to be the primary.',
      );
    case 'removed':
      return noSuchMethod;
    case 'same_method':
      return problem(
        'same-card',
        'One payment method cannot be the primary and the backup. Choose another one as the backup.',
      );
    case 'same_card':
      return problem(
        'same-card',
        `Behind ${method} is the same card as the primary: where the one is refused, the other is. Choose another one as the backup.`,
      );
    case 'without_consent':
      return problem(
        'consent-missing',
        `To charge ${method} as the backup the customer has to agree: in their page, to the text that the view shows. Staff record a signed authorisation instead.`,
      );
  }
}

/**
 * Makes a method the backup, or gives the backup up, and leaves the primary as it is, whichever
 * that is by then.
 */
export async function setSecondary(
  dependencies: FinishDependencies,
  { customer: id, by }: Pick<Wish, 'customer' | 'by'>,
  { secondary, consent }: Pick<RolesWish, 'secondary' | 'consent'>,
): Promise<Changed> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const customer = await ensureCustomer(dependencies, id);
    if (customer === null) return { problem: noSuchCustomer };
    const { primary, version } = customer;
    const wish = { customer: id, by, version };
    const changed = await setRoles(dependencies, wish, { primary, secondary, consent });
    if (!('problem' in changed) || changed.problem.type !== changedMeanwhile) return changed;
  }
  throw new Error(`Customer ${id} changed ${mostTries} times while it was read.`);
}
