import type Stripe from 'stripe';
import { testCardOf } from '../published/test-cards.ts';
import type {
  CardMethodRecord,
  NumberedCard,
  SepaDebitMethodRecord,
  UsBankAccountMethodRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { noAddress } from './build-payer.ts';

/** What a PaymentMethod of any type has when it is made. */
function common(tx: Transaction) {
  return {
    id: tx.id('pm'),
    object: 'payment_method' as const,
    allow_redisplay: 'unspecified',
    billing_details: { address: noAddress, email: null, name: null, phone: null, tax_id: null },
    created: tx.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
}

/** A new PaymentMethod of a card; the bank looks at it when it is attached or charged. */
export function buildCardMethod(tx: Transaction, numbered: NumberedCard): CardMethodRecord {
  return { ...common(tx), card: buildCard(tx, numbered), type: 'card' };
}

function buildCard(
  tx: Transaction,
  numbered: NumberedCard,
): Stripe.PaymentMethod.Card & { fingerprint: string } {
  const card = testCardOf(numbered);
  return {
    brand: card.brand,
    checks: {
      address_line1_check: null,
      address_postal_code_check: null,
      cvc_check: numbered.hasCvc ? 'unchecked' : null,
    },
    country: card.country,
    display_brand: card.networks[0] ?? card.brand,
    exp_month: numbered.expMonth,
    exp_year: numbered.expYear,
    // One number has one fingerprint, however it came here.
    fingerprint: tx.token(`card:${card.number}`, 16),
    funding: card.funding,
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [...card.networks], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: card.behaviour.authentication !== 'unsupported' },
    wallet: null,
  };
}

/** An account in the United States as its holder types it. */
export interface UsAccount {
  readonly accountNumber: string;
  readonly routingNumber: string;
  readonly accountType: 'checking' | 'savings';
  readonly holderType: 'company' | 'individual';
}

export function buildUsBankMethod(tx: Transaction, account: UsAccount): UsBankAccountMethodRecord {
  const { accountNumber, routingNumber } = account;
  return {
    ...common(tx),
    type: 'us_bank_account',
    us_bank_account: {
      account_holder_type: account.holderType,
      account_type: account.accountType,
      bank_name: 'STRIPE TEST BANK',
      financial_connections_account: null,
      fingerprint: tx.token(`us:${routingNumber}:${accountNumber}`, 16),
      last4: accountNumber.slice(-4),
      networks: { preferred: 'ach', supported: ['ach'] },
      routing_number: routingNumber,
      status_details: {},
    },
  };
}

/** Where the bank's and the branch's code stand in an IBAN, by country (the IBAN registry). */
const codePlaces: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  AT: [[4, 9]],
  BE: [[4, 7]],
  DE: [[4, 12]],
  ES: [
    [4, 8],
    [8, 12],
  ],
  FR: [
    [4, 9],
    [9, 14],
  ],
  IE: [
    [4, 8],
    [8, 14],
  ],
  IT: [
    [5, 10],
    [10, 15],
  ],
  LU: [[4, 7]],
  NL: [[4, 8]],
};

export function buildSepaMethod(tx: Transaction, iban: string): SepaDebitMethodRecord {
  const country = iban.slice(0, 2);
  const [bank, branch] = (codePlaces[country] ?? []).map(([from, to]) => iban.slice(from, to));
  return {
    ...common(tx),
    sepa_debit: {
      bank_code: bank ?? null,
      branch_code: branch ?? '',
      country,
      fingerprint: tx.token(`iban:${iban}`, 16),
      generated_from: { charge: null, setup_attempt: null },
      last4: iban.slice(-4),
    },
    type: 'sepa_debit',
  };
}
