/**
 * Why a bank debit comes back. By the code of the network: Nacha's return codes for ACH and
 * ISO 20022's reason codes for SEPA; or one of Stripe's own limits, which no bank sees.
 */
export interface DebitReturn {
  /** Stripe's `failure_code` (docs.stripe.com/payments/ach-direct-debit and /sepa-debit). */
  readonly failureCode: string;
  readonly message: string;
  /** The network's own code; null where the debit never reached a bank. */
  readonly networkCode: string | null;
  /** The authorisation is gone or the account is: no further debit without a new mandate. */
  readonly endsMandate: boolean;
  /** The `reason` of the dispute that it becomes when it arrives after the payment succeeded. */
  readonly disputeReason: string;
}

const words: Readonly<Record<string, string>> = {
  insufficient_funds: "The customer's account has insufficient funds to cover this payment.",
  account_closed: "The customer's bank account has been closed.",
  no_account: "The customer's bank account could not be located.",
  debit_not_authorized: 'The customer has notified their bank that this payment was unauthorized.',
  bank_account_restricted: "The customer's bank account can't be used for this payment.",
  refer_to_customer: "The customer's bank refused the debit without saying why.",
  account_number_invalid: "The customer's bank account number is invalid.",
  invalid_currency: "The bank account's currency does not match that of this payment.",
  charge_exceeds_source_limit: 'The payment exceeds the weekly volume limit of this bank account.',
  charge_exceeds_weekly_limit:
    'The payment exceeds the weekly number of transactions of this bank account.',
};

function debitReturn(
  networkCode: string | null,
  failureCode: string,
  disputeReason: string,
  endsMandate = false,
): DebitReturn {
  const message = words[failureCode] ?? 'The payment failed.';
  return { failureCode, message, networkCode, endsMandate, disputeReason };
}

const returns = {
  R01: debitReturn('R01', 'insufficient_funds', 'insufficient_funds'),
  R02: debitReturn('R02', 'account_closed', 'incorrect_account_details', true),
  R03: debitReturn('R03', 'no_account', 'incorrect_account_details', true),
  R04: debitReturn('R04', 'account_number_invalid', 'incorrect_account_details', true),
  R05: debitReturn('R05', 'debit_not_authorized', 'debit_not_authorized', true),
  R07: debitReturn('R07', 'debit_not_authorized', 'debit_not_authorized', true),
  R08: debitReturn('R08', 'debit_not_authorized', 'debit_not_authorized', true),
  R09: debitReturn('R09', 'insufficient_funds', 'insufficient_funds'),
  R10: debitReturn('R10', 'debit_not_authorized', 'debit_not_authorized', true),
  R11: debitReturn('R11', 'debit_not_authorized', 'debit_not_authorized', true),
  R16: debitReturn('R16', 'bank_account_restricted', 'bank_cannot_process', true),
  R20: debitReturn('R20', 'bank_account_restricted', 'bank_cannot_process', true),
  R29: debitReturn('R29', 'debit_not_authorized', 'debit_not_authorized', true),
  AC01: debitReturn('AC01', 'account_number_invalid', 'incorrect_account_details', true),
  AC04: debitReturn('AC04', 'account_closed', 'incorrect_account_details', true),
  AC06: debitReturn('AC06', 'bank_account_restricted', 'bank_cannot_process', true),
  AM04: debitReturn('AM04', 'insufficient_funds', 'insufficient_funds'),
  MD01: debitReturn('MD01', 'debit_not_authorized', 'debit_not_authorized', true),
  MD06: debitReturn('MD06', 'debit_not_authorized', 'customer_initiated'),
  MS02: debitReturn('MS02', 'refer_to_customer', 'general'),
  MS03: debitReturn('MS03', 'refer_to_customer', 'general'),
  weekly_volume: debitReturn(null, 'charge_exceeds_source_limit', 'general'),
  weekly_transactions: debitReturn(null, 'charge_exceeds_weekly_limit', 'general'),
  invalid_currency: debitReturn(null, 'invalid_currency', 'general'),
} as const satisfies Readonly<Record<string, DebitReturn>>;

export type ReturnCode = keyof typeof returns;

/** The codes with which a debit can be told to come back. */
export const returnCodes: readonly string[] = Object.keys(returns);

export function isReturnCode(word: string): word is ReturnCode {
  return returnCodes.includes(word);
}

export function returnOf(code: ReturnCode): DebitReturn {
  return returns[code];
}
