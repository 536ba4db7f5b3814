import { buildMicrodeposits, type NextAction } from '../objects/build-next-action.ts';
import { addBusinessDays } from '../payments/business-days.ts';
import { activateMandates } from '../payments/mandates.ts';
import { type Answer, errorAnswer, invalidRequest } from '../protocol/answer.ts';
import { answering } from '../protocol/route.ts';
import type { BankMethodRecord, PaymentIntentRecord, SetupIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

type Intent = PaymentIntentRecord | SetupIntentRecord;

/** A deposit of one cent with a code, sent at once: it arrives in one to two business days. */
export function askForMicrodeposits(tx: Transaction, intent: Intent): NextAction {
  return buildMicrodeposits(tx, intent, addBusinessDays(tx.now, 2));
}

/** What the account holder read on the statement. */
export interface MicrodepositAnswer {
  readonly amounts: readonly number[] | undefined;
  readonly descriptorCode: string | undefined;
}

/** How often the answer may be wrong. */
const mostAttempts = 10;

export type Verification =
  | { readonly kind: 'verified' }
  /** The answer was wrong, and there may be another. */
  | { readonly kind: 'wrong'; readonly code: string; readonly message: string }
  /** No answer is taken any more: the account cannot be verified like this. */
  | { readonly kind: 'over'; readonly code: string; readonly message: string };

const prefix = 'payment_method_microdeposit';

const exceeded = {
  kind: 'over',
  code: `${prefix}_verification_attempts_exceeded`,
  message: 'You have exceeded the number of allowed verification attempts.',
} as const;

const timedOut = {
  kind: 'over',
  code: `${prefix}_verification_timeout`,
  message: 'Microdeposits were not verified within the required timeframe.',
} as const;

const failed = {
  kind: 'over',
  code: `${prefix}_failed`,
  message:
    "Microdeposits were failed to be deposited into the customer's bank account. Please check the " +
    'account, institution and transit numbers as well as the currency type.',
} as const;

/** Stripe's test answers, as a code and as two amounts (docs.stripe.com/testing). */
const scenarios: readonly {
  readonly code: string;
  readonly amounts: readonly [number, number];
  readonly outcome: Verification;
}[] = [
  { code: 'SM11AA', amounts: [32, 45], outcome: { kind: 'verified' } },
  { code: 'SM33CC', amounts: [10, 11], outcome: exceeded },
  { code: 'SM44DD', amounts: [40, 41], outcome: timedOut },
];

/** Checks an answer and counts the wrong ones. @throws Refusal for an answer that is none. */
export function checkMicrodeposits(
  tx: Transaction,
  method: BankMethodRecord,
  answer: MicrodepositAnswer,
): Verification {
  const account = tx.get('bank_accounts', method.id);
  if (!account.takesMicrodeposits) return failed;
  const outcome = outcomeOf(answer, mostAttempts - account.failedVerifications - 1);
  if (outcome.kind === 'verified') {
    tx.replace('bank_accounts', { ...account, isVerified: true });
    activateMandates(tx, method.id);
    return outcome;
  }
  const failedVerifications = account.failedVerifications + 1;
  tx.replace('bank_accounts', { ...account, failedVerifications });
  return failedVerifications >= mostAttempts ? exceeded : outcome;
}

function outcomeOf(answer: MicrodepositAnswer, left: number): Verification {
  const { amounts, descriptorCode } = answer;
  if (amounts === undefined && descriptorCode === undefined) {
    throw invalidRequest('You must provide either `amounts` or `descriptor_code`.', {
      code: 'parameter_missing',
      param: 'descriptor_code',
    });
  }
  if (descriptorCode !== undefined) {
    const known = scenarios.find(({ code }) => code === descriptorCode.toUpperCase());
    return known?.outcome ?? wrong('descriptor_code_mismatch', 'verification code', left);
  }
  if (amounts?.length !== 2) {
    throw invalidRequest('You must provide exactly two microdeposit amounts.', {
      code: `${prefix}_verification_amounts_invalid`,
      param: 'amounts',
    });
  }
  const sorted = amounts.toSorted((a, b) => a - b);
  const known = scenarios.find((each) => each.amounts.every((amount, at) => amount === sorted[at]));
  return known?.outcome ?? wrong('amounts_mismatch', 'amounts', left);
}

function wrong(what: string, words: string, left: number): Verification {
  return {
    kind: 'wrong',
    code: `${prefix}_verification_${what}`,
    message:
      `The ${words} provided do not match what was sent to the bank account. You have ${left} ` +
      'verification attempts remaining.',
  };
}

/** The 400 of an answer that was wrong; what it changed stays. */
export function wrongAnswer(
  { code, message }: { readonly code: string; readonly message: string },
  carried:
    | { readonly payment_intent: PaymentIntentRecord }
    | { readonly setup_intent: SetupIntentRecord },
): object {
  const answer: Answer = errorAnswer(400, {
    type: 'invalid_request_error',
    code,
    message,
    ...carried,
  });
  return answering(answer);
}

/** The bank account that an intent waits for. @throws Refusal when it waits for none. */
export function waitingAccount(tx: Transaction, intent: Intent): BankMethodRecord {
  const method =
    intent.payment_method === null ? undefined : tx.find('payment_methods', intent.payment_method);
  const waits = intent.next_action?.type === 'verify_with_microdeposits';
  if (waits && method !== undefined && method.type !== 'card') return method;
  const [kind, carried] =
    intent.object === 'payment_intent'
      ? (['PaymentIntent', { payment_intent: intent }] as const)
      : (['SetupIntent', { setup_intent: intent }] as const);
  throw invalidRequest(
    `This ${kind} cannot be actioned on because it has a status of ${intent.status}. Only a ` +
      `${kind} with one of the following statuses may be actioned on: ["requires_action"].`,
    { code: 'intent_invalid_state', ...carried },
  );
}
