import { invalidRequest, Refusal } from '../protocol/answer.ts';
import { required } from '../protocol/parameters.ts';
import { type TestCard, testCardOfNumber } from '../published/test-cards.ts';
import type { NumberedCard } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { passesLuhn } from './passes-luhn.ts';

/** A card as somebody types it. */
export interface TypedCard {
  readonly number?: string;
  readonly exp_month?: number;
  readonly exp_year?: number;
  readonly cvc?: string;
}

const digits: Readonly<Record<string, number>> = { amex: 4 };

/**
 * Reads a card that a page of the business sends to Stripe.
 *
 * @throws Refusal as Stripe words it: with the secret key always, otherwise for a number that is
 * no number or no test card's, and for a date or a security code that cannot be.
 */
export function readCardNumber(tx: Transaction, typed: TypedCard): NumberedCard {
  if (tx.caller === 'secret') throw rawCard();
  const number = required(typed.number, 'card[number]').replaceAll(/[\s-]/g, '');
  if (!passesLuhn(number)) {
    throw wrong('incorrect_number', 'Your card number is incorrect.', 'number');
  }
  const card = testCardOfNumber(number);
  if (card === undefined) throw liveCard();
  const expMonth = required(typed.exp_month, 'card[exp_month]');
  const expYear = fullYear(required(typed.exp_year, 'card[exp_year]'));
  refuseDate(tx, expMonth, expYear);
  refuseCvc(card, typed.cvc);
  return { testCard: card.name, expMonth, expYear, hasCvc: typed.cvc !== undefined };
}

/** One of Stripe's test tokens as a card: like Stripe's it expires years from now. */
export function numberedTestCard(tx: Transaction, card: TestCard): NumberedCard {
  const expYear = new Date(tx.now * 1000).getUTCFullYear() + 4;
  return { testCard: card.name, expMonth: 12, expYear, hasCvc: true };
}

function rawCard(): Refusal {
  return new Refusal(402, {
    type: 'invalid_request_error',
    message:
      'Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you ' +
      'use test tokens that map to the test card you are using, see ' +
      'https://docs.stripe.com/testing. To enable testing raw card data APIs, see ' +
      'https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis.',
  });
}

function liveCard(): Refusal {
  return new Refusal(402, {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'test_mode_live_card',
    message:
      'Your card was declined. Your request was in test mode, but used a non test (live) card. ' +
      'For a list of valid test cards, visit: https://docs.stripe.com/testing.',
  });
}

function wrong(code: string, message: string, param: string): Refusal {
  return new Refusal(402, { type: 'card_error', code, message, param });
}

/** Two digits are a year of this century. */
const fullYear = (year: number) => (year >= 0 && year < 100 ? 2000 + year : year);

function refuseDate(tx: Transaction, month: number, year: number): void {
  if (month < 1 || month > 12) {
    const message = "Your card's expiration month is invalid.";
    throw wrong('invalid_expiry_month', message, 'exp_month');
  }
  const now = new Date(tx.now * 1000);
  const thisYear = now.getUTCFullYear();
  if (year < thisYear || year > thisYear + 50) {
    throw wrong('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  }
  if (year === thisYear && month < now.getUTCMonth() + 1) {
    const message = "Your card's expiration month is invalid.";
    throw wrong('invalid_expiry_month', message, 'exp_month');
  }
}

function refuseCvc({ brand }: TestCard, cvc: string | undefined): void {
  if (cvc === undefined) return;
  const longest = digits[brand] ?? 3;
  if (!/^\d{3,4}$/.test(cvc) || cvc.length > longest) {
    throw wrong('invalid_cvc', "Your card's security code is invalid.", 'cvc');
  }
}

/** A token is spent by the first thing made of it. */
export function spentToken(id: string): Refusal {
  return invalidRequest(`You cannot use a Stripe token more than once: ${id}.`, {
    code: 'token_already_used',
  });
}
