import { problem } from '../api/problems.ts';
import type { Actor } from '../domain/audit.ts';
import type { Customer } from '../domain/customer/customer.ts';
import { copiesOf, decideSetUp, type SetUp } from '../domain/customer/decide-set-up.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import type { CustomerId, SetupIntentId } from '../domain/ids.ts';
import type { SetupIntentFacts } from '../domain/stripe/stripe-methods.ts';
import type { Problem } from '../runtime/problem.ts';
import { agreeToBrand } from './agree-to-brand.ts';
import { changeCustomer } from './change-customer.ts';
import { recordConsent } from './consent.ts';
import type { FinishDependencies } from './dependencies.ts';
import { changeMethodRecord } from './method-records.ts';
import { mirrorFromStripe } from './mirror-customer.ts';
import { auditOfRoles } from './roles.ts';
import { consentOf, roleOf } from './setup-marks.ts';

/**
 * Takes over the method of a SetupIntent that the page has confirmed. Stripe is asked what became
 * of it, whatever the page says. The same confirmation again changes nothing.
 */
export async function takeOverSetUp(
  dependencies: FinishDependencies,
  { customer: id, by }: { readonly customer: CustomerId; readonly by: Actor },
  setupIntent: SetupIntentId,
): Promise<{ readonly customer: Customer } | { readonly problem: Problem }> {
  const intent = await dependencies.stripe.setupIntent(setupIntent);
  const role = intent === null ? null : roleOf(intent);
  if (intent === null || intent.customer !== id || role === null) return { problem: noSuchSetup };
  if (intent.status !== 'succeeded') return { problem: whyNotReady(intent) };
  if ((await mirrorFromStripe(dependencies, id)) === null) return { problem: noSuchSetup };
  const methods = (await dependencies.records.account(id))?.methods ?? [];
  const method = methods.find((each) => each.method === intent.method);
  if (method === undefined || method.removedAt !== null) return { problem: removedMeanwhile };
  const isNew = !(await wasTakenOver(dependencies, id, setupIntent));
  const known = isNew ? await completeRecord(dependencies, intent, method, methods, by) : method;
  const setUp: SetUp = { setupIntent, method: known, role };
  const wish = { customer: id, by, version: null };
  const changed = await changeCustomer(dependencies, wish, (customer, change) => {
    const decision = decideSetUp(customer, setUp, methods, change);
    if (decision === null) return 'as_wished';
    const roles = decision.change;
    const added = { about: known.method, from: null, to: { role, setupIntent }, reason: null };
    const removed = copiesOf(known, methods).map(
      (copy) =>
        ({
          what: 'method_removed',
          about: copy.method,
          from: null,
          to: null,
          reason: `The same card was added anew as ${known.method}.`,
        }) as const,
    );
    const isSame = roles.primary === customer.primary && roles.secondary === customer.secondary;
    const moved = isSame ? [] : [auditOfRoles(customer, roles)];
    const audit = [{ what: 'method_added' as const, ...added }, ...removed, ...moved];
    const isAgreed = isNew && consentOf(intent) !== null && roles.secondary === known.method;
    const consent = { kind: 'consent_given', method: known.method } as const;
    return { ...decision, audit, ...(isAgreed && { consent }) };
  });
  const isBackup = 'problem' in changed || changed.customer.secondary === known.method;
  return isNew && role === 'secondary' && !isBackup ? { problem: cardOfPrimary } : changed;
}

const wasTakenOver = async (
  { records }: FinishDependencies,
  customer: CustomerId,
  setupIntent: SetupIntentId,
): Promise<boolean> => (await records.customer(customer))?.setUp.includes(setupIntent) ?? false;

/**
 * Writes what is known of the method beyond its data: the consent that was given for it, or for an
 * older copy of the card, and a refusal of that very card with the same data.
 */
async function completeRecord(
  dependencies: FinishDependencies,
  intent: SetupIntentFacts,
  method: PaymentMethod,
  methods: readonly PaymentMethod[],
  by: Actor,
): Promise<PaymentMethod> {
  const copies = copiesOf(method, methods);
  const given = consentOf(intent) ?? copies.find(({ consent }) => consent !== null)?.consent;
  if (given !== undefined && given !== null && method.consent === null) {
    await recordConsent(dependencies, method, given, by);
  }
  const refused = copies.find((copy) => isRefusedWithSameData(copy, method))?.refused ?? null;
  const { customer } = method;
  await agreeToBrand(dependencies, customer, method.method);
  const completed = await changeMethodRecord(dependencies, customer, method.method, (stored) =>
    refused === null || stored.refused !== null
      ? stored
      : { ...stored, refused: { ...refused, revision: stored.revision } },
  );
  return completed ?? method;
}

const isRefusedWithSameData = (copy: PaymentMethod, method: PaymentMethod): boolean =>
  copy.refused !== null &&
  copy.refused.revision >= copy.revision &&
  copy.expMonth === method.expMonth &&
  copy.expYear === method.expYear;

function whyNotReady({ status, lastErrorCode }: SetupIntentFacts): Problem {
  switch (status) {
    case 'requires_payment_method':
      return problem(
        'setup-not-finished',
        lastErrorCode === null
          ? "Nothing was entered yet. Enter the card in Stripe's fields, and confirm then."
          : 'The bank did not accept it. Enter it again, or another one.',
      );
    case 'requires_confirmation':
    case 'requires_action':
      return problem(
        'setup-not-finished',
        'The bank wants it to be confirmed, or Stripe waits for small deposits to be told. Finish that first.',
      );
    case 'canceled':
      return problem('setup-not-finished', 'It was given up. Begin anew.');
    default:
      return problem('setup-not-finished', 'The bank still works on it. Ask again in a while.');
  }
}

const noSuchSetup = problem(
  'not-found',
  'There is no such SetupIntent for this customer. Begin adding the method anew.',
);
const cardOfPrimary = problem(
  'same-card',
  'It is the same card as the primary: where the one is refused, the other is. It is among the methods now, but it is not the backup. Add another card as the backup.',
);
const removedMeanwhile = problem(
  'not-found',
  'The method was removed after it was added. Add it anew if it is still wanted.',
);
