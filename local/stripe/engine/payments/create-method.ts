import type Stripe from 'stripe';
import {
  buildCardMethod,
  buildSepaMethod,
  buildUsBankMethod,
} from '../objects/build-payment-method.ts';
import { invalidParameter, Refusal, resourceMissing } from '../protocol/answer.ts';
import { required } from '../protocol/parameters.ts';
import { firstOutcome } from '../published/card-behaviour.ts';
import {
  ibanRefusal,
  isIban,
  sepaAccountOfIban,
  sepaAccountOfToken,
  testRoutingNumber,
  type UsTestAccount,
  usAccountOfNumber,
  usAccountOfToken,
} from '../published/test-bank-accounts.ts';
import { testCardOf, testCardOfPaymentMethod, testCardOfToken } from '../published/test-cards.ts';
import type {
  BankMethodRecord,
  CardMethodRecord,
  NumberedCard,
  PaymentMethodRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { numberedTestCard, readCardNumber, spentToken, type TypedCard } from './card-numbers.ts';

/** What a PaymentMethod is made of, as parameters say it. */
export interface MethodSource {
  readonly type?: 'card' | 'us_bank_account' | 'sepa_debit';
  readonly card?: TypedCard & { readonly token?: string };
  readonly us_bank_account?: {
    readonly account_holder_type?: 'company' | 'individual';
    readonly account_number?: string;
    readonly account_type?: 'checking' | 'savings';
    readonly routing_number?: string;
  };
  readonly sepa_debit?: { readonly iban?: string };
}

/** A PaymentMethod on file, but not yet a customer's. */
export function createMethod(tx: Transaction, source: MethodSource): PaymentMethodRecord {
  const type = required(source.type, 'type');
  if (type === 'us_bank_account') return createUsAccount(tx, source.us_bank_account ?? {});
  if (type === 'sepa_debit') {
    const { iban } = required(source.sepa_debit, 'sepa_debit');
    return createSepaAccount(tx, required(iban, 'sepa_debit[iban]'));
  }
  const card = required(source.card, 'card');
  const numbered = card.token === undefined ? readCardNumber(tx, card) : spendToken(tx, card.token);
  return createCard(tx, numbered);
}

/**
 * A new PaymentMethod of one of the names that Stripe's testing page gives (`pm_card_visa`,
 * `pm_usBankAccount_success`, `pm_sepaDebit_success_de`); undefined for any other id.
 */
export function createFromTestName(tx: Transaction, id: string): PaymentMethodRecord | undefined {
  const card = testCardOfPaymentMethod(id);
  if (card !== undefined) return createCard(tx, numberedTestCard(tx, card));
  const account = usAccountOfToken(id);
  if (account !== undefined) {
    const method = createTestAccount(tx, account, {});
    return named(tx, method, 'Jenny Rosen');
  }
  const sepa = sepaAccountOfToken(id);
  if (sepa === undefined) return undefined;
  return named(tx, createSepaAccount(tx, sepa.iban), 'Jenny Rosen');
}

/** The card behind one of Stripe's test tokens, or behind a token made here, which it spends. */
export function spendToken(tx: Transaction, id: string): NumberedCard {
  const testCard = testCardOfToken(id);
  if (testCard !== undefined) return numberedTestCard(tx, testCard);
  const row = tx.find('tokens', id);
  if (row === undefined) throw resourceMissing('token', id, 'card[token]');
  if (row.token.used) throw spentToken(id);
  tx.replace('tokens', { ...row, token: { ...row.token, used: true } });
  return row.card;
}

function createCard(tx: Transaction, numbered: NumberedCard): CardMethodRecord {
  const method = buildCardMethod(tx, numbered);
  tx.insert('payment_methods', method);
  tx.insert('cards', {
    id: method.id,
    testCard: numbered.testCard,
    created: tx.now,
    outcomes: [firstOutcome(testCardOf(numbered).behaviour)],
    attempts: 0,
    isScripted: false,
    isSetUp: false,
    isConsumed: false,
  });
  return method;
}

function createUsAccount(
  tx: Transaction,
  given: NonNullable<MethodSource['us_bank_account']>,
): BankMethodRecord {
  required(given.account_holder_type, 'us_bank_account[account_holder_type]');
  const number = required(given.account_number, 'us_bank_account[account_number]');
  const routing = required(given.routing_number, 'us_bank_account[routing_number]');
  if (routing !== testRoutingNumber) {
    throw invalidParameter(
      'Invalid routing number. You must use a test routing number in test mode: 110000000.',
      'us_bank_account[routing_number]',
      'routing_number_invalid',
    );
  }
  const account = usAccountOfNumber(number);
  if (account === undefined) {
    throw invalidParameter(
      'You must use a test bank account number in test mode. Try 000123456789 or see more options ' +
        'at https://docs.stripe.com/connect/testing#account-numbers.',
      'us_bank_account[account_number]',
      'account_number_invalid',
    );
  }
  return createTestAccount(tx, account, given);
}

function createTestAccount(
  tx: Transaction,
  account: UsTestAccount,
  given: NonNullable<MethodSource['us_bank_account']>,
): BankMethodRecord {
  const method = buildUsBankMethod(tx, {
    accountNumber: account.number,
    routingNumber: testRoutingNumber,
    accountType: given.account_type ?? 'checking',
    holderType: given.account_holder_type ?? 'individual',
  });
  tx.insert('payment_methods', method);
  tx.insert('bank_accounts', {
    id: method.id,
    behaviour: account.behaviour,
    takesMicrodeposits: account.takesMicrodeposits ?? true,
    isVerified: false,
    failedVerifications: 0,
    isConsumed: false,
  });
  return method;
}

function createSepaAccount(tx: Transaction, typed: string): BankMethodRecord {
  const iban = typed.replaceAll(' ', '').toUpperCase();
  if (!isIban(iban)) {
    throw invalidParameter(
      `The IBAN you provided is invalid: ${typed}.`,
      'sepa_debit[iban]',
      'account_number_invalid',
    );
  }
  const refusal = ibanRefusal(iban);
  if (refusal !== undefined) {
    const message = 'The bank of this IBAN does not take SEPA Direct Debits from this account.';
    throw new Refusal(400, {
      type: 'invalid_request_error',
      code: refusal,
      message,
      param: 'sepa_debit[iban]',
    });
  }
  const method = buildSepaMethod(tx, iban);
  tx.insert('payment_methods', method);
  tx.insert('bank_accounts', {
    id: method.id,
    behaviour: sepaAccountOfIban(iban).behaviour,
    takesMicrodeposits: false,
    isVerified: true,
    failedVerifications: 0,
    isConsumed: false,
  });
  return method;
}

/** Debits need the account holder's name: the test names bring one along. */
function named(tx: Transaction, method: BankMethodRecord, name: string): BankMethodRecord {
  const billing_details: Stripe.PaymentMethod.BillingDetails = {
    ...method.billing_details,
    name,
    email: 'jenny.rosen@example.com',
  };
  const after: BankMethodRecord = { ...method, billing_details };
  tx.replace('payment_methods', after);
  return after;
}
