import { changeCustomer } from '../account/change-customer.ts';
import { recordConsent } from '../account/consent.ts';
import type { AccountDependencies } from '../account/dependencies.ts';
import { ensureCustomer } from '../account/ensure-customer.ts';
import { lookUpMethod } from '../account/method-records.ts';
import { actorOf } from '../api/actor.ts';
import { type Answer, refuse } from '../api/answer.ts';
import type { Staff } from '../api/caller.ts';
import type { Consent, PaymentMethod } from '../domain/customer/payment-method.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import { isoInstant } from '../domain/time.ts';
import { noSuchCustomer } from './audit-log.ts';
import { noSuchMethod } from './unblock.ts';

/** What the customer signed, and where it can be found. */
export interface Authorisation {
  /** Who signed it. */
  readonly name: string;
  /** Where it is kept: a ticket, a document's number, a link without secrets. */
  readonly reference: string;
}

export interface AuthorisedMethod {
  readonly method: string;
  readonly authorisation: Authorisation & { readonly recordedAt: string };
}

export type StaffConsent = Extract<Consent, { readonly source: 'staff' }>;

/**
 * Puts the reference of a signed authorisation on record: staff cannot agree in a customer's
 * place, they say where the customer did. The same once more changes nothing. A backup that
 * lacked it may be charged from then on, and its open cases are tried.
 */
export async function recordAuthorisation(
  dependencies: AccountDependencies,
  caller: Staff,
  of: { readonly customer: CustomerId; readonly method: PaymentMethodId },
  authorisation: Authorisation,
): Promise<Answer> {
  if ((await ensureCustomer(dependencies, of.customer)) === null) return refuse(noSuchCustomer);
  const method = await lookUpMethod(dependencies, of.customer, of.method);
  if (method === null) return refuse(noSuchMethod);
  const stored = standingConsent(method, authorisation);
  if (stored !== null) return answerOf(of.method, stored);
  const consent = newConsent(authorisation, dependencies.clock.now());
  const by = actorOf(caller);
  const wish = { customer: of.customer, by, version: null };
  let isRecorded = false;
  const record = async () => {
    await recordConsent(dependencies, method, consent, by);
    isRecorded = true;
    return null;
  };
  // That cases are to be woken is on record before the consent: a death in between loses neither,
  // and a method that still lacks it wakes none.
  const woken = await changeCustomer(
    dependencies,
    wish,
    ({ secondary }, change) =>
      secondary === of.method
        ? {
            change: {},
            unfinished: [{ kind: 'wake_cases', methods: [of.method], change }],
            audit: [],
            // Of a method without the role, the mail comes with the role.
            consent: { kind: 'consent_given', method: of.method },
          }
        : 'as_wished',
    record,
  );
  if ('problem' in woken) return woken;
  if (!isRecorded) await record();
  return answerOf(of.method, consent);
}

function answerOf(method: PaymentMethodId, { name, evidence, at }: StaffConsent): Answer {
  const body: AuthorisedMethod = {
    method,
    authorisation: { name, reference: evidence, recordedAt: isoInstant(at) },
  };
  return { status: 200, body };
}

/** This very authorisation, where it is on record. */
export function standingConsent(
  { consent }: PaymentMethod,
  { name, reference }: Authorisation,
): StaffConsent | null {
  if (consent?.source !== 'staff') return null;
  return consent.name === name && consent.evidence === reference ? consent : null;
}

export const newConsent = ({ name, reference }: Authorisation, at: number): StaffConsent => ({
  source: 'staff',
  name,
  evidence: reference,
  at,
});
