import { problem } from '../api/problems.ts';
import type { Actor, AuditEntry } from '../domain/audit.ts';
import type { Customer } from '../domain/customer/customer.ts';
import type { Consent, PaymentMethod } from '../domain/customer/payment-method.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import type { Settings } from '../environment.ts';
import type { Problem } from '../runtime/problem.ts';
import { changeCustomer } from './change-customer.ts';
import type { FinishDependencies } from './dependencies.ts';
import { changeMethodRecord } from './method-records.ts';

/** What a customer agrees to who makes a method the backup. */
export interface ConsentText {
  readonly textVersion: string;
  /** By language, such as `en`. The first is for who reads none of them. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Which text the customer agreed to, and in which language they read it, where that is known. */
export interface GivenConsent {
  readonly textVersion: string;
  readonly language?: string | undefined;
}

/** The text as the page shows it, with the business's name in it. */
export function consentText({ consent, business }: Settings): ConsentText {
  const { textVersion, text } = consent;
  const texts =
    typeof text === 'string' ? { [new Intl.Locale(business.locale).language]: text } : text;
  const named = Object.entries(texts).map(([language, each]) => [
    language,
    each.replaceAll('{business}', business.name),
  ]);
  return { textVersion, texts: Object.fromEntries(named) };
}

/** Refuses a consent to a text that is not one of now: nobody agreed to what they did not see. */
export function whyNotConsent(settings: Settings, given: GivenConsent): Problem | null {
  const { textVersion, texts } = consentText(settings);
  const { language } = given;
  const isThere = language === undefined || Object.hasOwn(texts, language);
  return given.textVersion === textVersion && isThere ? null : textChanged;
}

const textChanged = problem(
  'changed-meanwhile',
  'The text to agree to has another version by now. Read it anew and agree to that one.',
);

/**
 * Puts a consent on the record of the method, before the method has the role. On the audit log
 * first: a death in between leaves an entry of what was agreed to, and the same request finishes.
 */
export async function recordConsent(
  dependencies: FinishDependencies,
  { customer, method }: Pick<PaymentMethod, 'customer' | 'method'>,
  consent: Consent,
  by: Actor,
): Promise<void> {
  const stored = await dependencies.records.method(customer, method);
  if (stored === null) throw new Error(`Method ${method} of ${customer} is not on record.`);
  const about = { at: consent.at, by, about: method, reason: null };
  const what = consent.source === 'staff' ? 'authorisation_recorded' : 'consent_given';
  const from = stored.consent === null ? null : { source: stored.consent.source };
  const to = summaryOf(consent);
  await dependencies.records.addAudit(customer, {
    id: `consent-${method}`,
    ...about,
    what,
    from,
    to,
  });
  await changeMethodRecord(dependencies, customer, method, (each) => ({
    ...each,
    consent,
    // What they agree to is the card as it is now.
    brandBefore: null,
  }));
}

/** What was agreed to, or where it stands who agreed. */
function summaryOf(consent: Consent): Readonly<Record<string, string>> {
  const { source } = consent;
  switch (consent.source) {
    case 'portal':
      return {
        source,
        textVersion: consent.textVersion,
        ...(consent.language !== undefined && { language: consent.language }),
      };
    case 'terms':
      return { source, version: consent.version };
    case 'staff':
      return { source, name: consent.name, reference: consent.evidence };
  }
}

/**
 * The customer agrees no longer: off the method first, so that from then on nothing is charged to
 * it as the backup, then out of the role.
 */
export async function withdrawConsent(
  dependencies: FinishDependencies,
  { customer: id, by }: { readonly customer: CustomerId; readonly by: Actor },
  method: PaymentMethodId,
): Promise<{ readonly customer: Customer } | { readonly problem: Problem }> {
  const { records, clock } = dependencies;
  const stored = await records.method(id, method);
  if (stored === null) return { problem: noSuchMethod };
  if (stored.consent !== null) {
    const entry: AuditEntry = {
      id: `withdrawn-${method}`,
      at: clock.now(),
      by,
      what: 'consent_withdrawn',
      about: method,
      from: { source: stored.consent.source },
      to: null,
      reason: null,
    };
    await records.addAudit(id, entry);
    await changeMethodRecord(dependencies, id, method, (each) =>
      each.consent === null ? each : { ...each, consent: null },
    );
  }
  const consent = { kind: 'consent_withdrawn', method } as const;
  return changeCustomer(dependencies, { customer: id, by, version: null }, (customer) => {
    if (customer.secondary !== method) {
      // Withdrawn from a method without a role changes nothing else, but is told.
      return stored.consent === null
        ? 'as_wished'
        : { change: {}, unfinished: [], audit: [], consent };
    }
    const from = { primary: customer.primary, secondary: method };
    const to = { ...from, secondary: null };
    const audit = [{ what: 'roles_changed', about: null, from, to, reason: null }] as const;
    return { change: { secondary: null }, unfinished: [], audit, consent };
  });
}

export const noSuchMethod = problem(
  'not-found',
  'The customer has no such payment method. Look at the methods again.',
);
