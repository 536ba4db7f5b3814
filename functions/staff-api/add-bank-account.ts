import { changeCustomer } from '../account/change-customer.ts';
import { ensureCustomer } from '../account/ensure-customer.ts';
import { lookUpMethod } from '../account/method-records.ts';
import { setSecondary } from '../account/roles.ts';
import { tell } from '../account/tell.ts';
import { actorOf } from '../api/actor.ts';
import { type Answer, refuse } from '../api/answer.ts';
import type { Staff } from '../api/caller.ts';
import { problem } from '../api/problems.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import type { BankSetup } from '../domain/stripe/stripe-desk.ts';
import type { PaymentMethodFacts } from '../domain/stripe/stripe-facts.ts';
import { isoInstant } from '../domain/time.ts';
import { noSuchCustomer } from './audit-log.ts';
import type { StaffDependencies } from './dependencies.ts';
import { type Authorisation, newConsent, standingConsent } from './record-authorisation.ts';
import { noSuchMethod } from './unblock.ts';

/** The bank account waits for its holder, or is the backup now. */
export type AddedBankAccount =
  | {
      readonly state: 'verifying';
      readonly method: string;
      readonly setupIntent: string;
      /** Stripe's page for the account holder; `null` while Stripe looks at the answer. */
      readonly verificationUrl: string | null;
      /** When the two small deposits are on the statement. */
      readonly depositsArriveAt: string | null;
    }
  | {
      readonly state: 'added';
      readonly method: string;
      /** Stripe's mandate, by which the account may be debited. */
      readonly mandate: string;
    };

interface Wish extends Authorisation {
  readonly method: PaymentMethodId;
}

/** What Stripe debits and calls a bank account (docs.stripe.com/payments/bank-debits). */
const bankTypes = [
  'us_bank_account',
  'sepa_debit',
  'bacs_debit',
  'acss_debit',
  'au_becs_debit',
  'nz_bank_account',
];

/**
 * Makes a bank account the backup once it may be debited: where it has an active mandate at
 * Stripe, now; an American account without one is verified first, and the same request once more
 * after that finishes it.
 */
export async function addBankAccount(
  dependencies: StaffDependencies,
  caller: Staff,
  customer: CustomerId,
  wish: Wish,
): Promise<Answer> {
  const { stripe } = dependencies;
  const facts = await stripe.paymentMethod(wish.method);
  const isTheirs = facts !== null && (facts.customer === customer || facts.customer === null);
  if (facts === null || !isTheirs) return refuse(notAtStripe);
  if (!bankTypes.includes(facts.type)) return refuse(notABankAccount);
  if ((await ensureCustomer(dependencies, customer)) === null) return refuse(noSuchCustomer);
  const setups = await stripe.bankSetupsOf(customer, wish.method);
  const standing = setups.find((setup) => mandateOf(setup) !== null) ?? setups.find(isWaiting);
  const goOnWith = (setup: BankSetup) => goOn(dependencies, caller, customer, wish, facts, setup);
  if (standing !== undefined) return goOnWith(standing);
  if (facts.type !== 'us_bank_account') return refuse(noMandate);
  const began = await beginVerification(dependencies, caller, customer, facts, setups.length);
  return 'problem' in began ? began : goOnWith(began.setup);
}

/** The mandate by which any later payment may be taken; `null` where there is none. */
const mandateOf = ({ status, mandate }: BankSetup): string | null =>
  status === 'succeeded' && mandate?.status === 'active' && mandate.type === 'multi_use'
    ? mandate.mandate
    : null;

const isWaiting = ({ status }: BankSetup): boolean =>
  status === 'requires_action' || status === 'processing';

async function goOn(
  dependencies: StaffDependencies,
  caller: Staff,
  customer: CustomerId,
  wish: Wish,
  facts: PaymentMethodFacts,
  setup: BankSetup,
): Promise<Answer> {
  const mandate = mandateOf(setup);
  if (mandate !== null) return finish(dependencies, caller, customer, wish, mandate);
  if (!isWaiting(setup)) return refuse(noMandate);
  const { verification } = setup;
  if (verification !== null) {
    const { type, brand, last4 } = facts;
    await tell(dependencies, customer, {
      kind: 'bank_account_verification',
      fact: setup.setupIntent,
      at: dependencies.clock.now(),
      by: { kind: 'staff' },
      card: { type, brand, last4 },
      ...verification,
    });
  }
  const body: AddedBankAccount = {
    state: 'verifying',
    method: wish.method,
    setupIntent: setup.setupIntent,
    verificationUrl: verification?.url ?? null,
    depositsArriveAt: verification === null ? null : isoInstant(verification.arrivesAt),
  };
  return { status: 202, body };
}

/** @param before How many tries there were: each has a key of its own at Stripe. */
async function beginVerification(
  dependencies: StaffDependencies,
  caller: Staff,
  customer: CustomerId,
  facts: PaymentMethodFacts,
  before: number,
) {
  const wish = { customer, by: actorOf(caller), version: null };
  const what = 'bank_account_verification_started' as const;
  const line = { what, about: facts.method, from: null, to: null, reason: null };
  const audited = await changeCustomer(dependencies, wish, () => ({
    change: {},
    unfinished: [],
    audit: [line],
  }));
  if ('problem' in audited) return audited;
  const key = `backstop-${customer}-verify-${facts.method}-${before}`;
  const setup = await dependencies.stripe.verifyBankAccount(customer, facts, key);
  if (!('refused' in setup)) return { setup };
  const detail = `Stripe refused to verify the bank account (${setup.code}). Look at it in Stripe's Dashboard.`;
  return refuse(problem('refused-by-stripe', detail));
}

/** Consent first, then the role: a backup without a consent is never charged. */
async function finish(
  dependencies: StaffDependencies,
  caller: Staff,
  customer: CustomerId,
  { method: id, name, reference }: Wish,
  mandate: string,
): Promise<Answer> {
  const { records, clock } = dependencies;
  const method = await lookUpMethod(dependencies, customer, id);
  if (method === null) return refuse(noSuchMethod);
  const by = actorOf(caller);
  const authorisation = { name, reference: `${reference} (mandate ${mandate})` };
  const isNew = standingConsent(method, authorisation) === null;
  const consent = isNew ? newConsent(authorisation, clock.now()) : null;
  if (consent !== null) {
    const about = { id: `bank-account-${id}`, at: consent.at, by, about: id, reason: null };
    const entry = { ...about, what: 'bank_account_added', from: null, to: { mandate } } as const;
    await records.addAudit(customer, entry);
  }
  const assigned = await setSecondary(dependencies, { customer, by }, { secondary: id, consent });
  if ('problem' in assigned) return assigned;
  const body: AddedBankAccount = { state: 'added', method: id, mandate };
  return { status: 200, body };
}

const notAtStripe = problem(
  'not-found',
  "Stripe has no such payment method of this customer. Make it in Stripe's Dashboard or with a SetupIntent first.",
);
const notABankAccount = problem(
  'not-a-bank-account',
  'This payment method is none that Stripe debits from a bank account. Set a card up in the portal.',
);
const noMandate = problem(
  'no-mandate',
  'The bank account has no active mandate for later payments. Set it up at Stripe with a SetupIntent that the account holder agrees to, then ask again.',
);
