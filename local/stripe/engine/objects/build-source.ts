import { testCardOf } from '../published/test-cards.ts';
import type { CardMethodRecord, CardSourceRecord, NumberedCard } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { noAddress } from './build-payer.ts';

/** Stripe's words for a brand: sources have names, PaymentMethods have codes. */
const brandNames: Readonly<Record<string, string>> = {
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'MasterCard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

const brandCodes = new Map(Object.entries(brandNames).map(([code, name]) => [name, code]));

/** A card in the shape from before PaymentMethods: a customer's source, or a token's card. */
export function buildCardSource(
  tx: Transaction,
  numbered: NumberedCard,
  customer: string | null,
): CardSourceRecord {
  const card = testCardOf(numbered);
  return {
    id: tx.id('card'),
    object: 'card',
    address_city: null,
    address_country: null,
    address_line1: null,
    address_line1_check: null,
    address_line2: null,
    address_state: null,
    address_zip: null,
    address_zip_check: null,
    allow_redisplay: 'unspecified',
    brand: brandNames[card.brand] ?? 'Unknown',
    country: card.country,
    customer,
    cvc_check: cvcCheckOf(numbered, customer),
    dynamic_last4: null,
    exp_month: numbered.expMonth,
    exp_year: numbered.expYear,
    fingerprint: tx.token(`card:${card.number}`, 16),
    funding: card.funding,
    last4: card.number.slice(-4),
    metadata: {},
    name: null,
    networks: { preferred: null },
    regulated_status: 'unregulated',
    tokenization_method: null,
  };
}

/** The bank looks at the security code when the card becomes a customer's. */
function cvcCheckOf(numbered: NumberedCard, customer: string | null): string | null {
  if (!numbered.hasCvc) return null;
  return customer === null ? 'unchecked' : testCardOf(numbered).behaviour.cvcCheck;
}

/** A source as Stripe shows it where PaymentMethods stand. */
export function methodOfSource(source: CardSourceRecord, created: number): CardMethodRecord {
  const brand = brandCodes.get(source.brand) ?? 'unknown';
  const { address_line1_check, address_zip_check, cvc_check } = source;
  const line1 = source.address_line1;
  return {
    id: source.id,
    object: 'payment_method',
    allow_redisplay: source.allow_redisplay ?? 'unspecified',
    billing_details: {
      address: {
        ...noAddress,
        city: source.address_city,
        country: source.address_country,
        line1,
        line2: source.address_line2,
        postal_code: source.address_zip,
        state: source.address_state,
      },
      email: null,
      name: source.name,
      phone: null,
      tax_id: null,
    },
    card: {
      brand,
      checks: { address_line1_check, address_postal_code_check: address_zip_check, cvc_check },
      country: source.country,
      display_brand: brand,
      exp_month: source.exp_month,
      exp_year: source.exp_year,
      fingerprint: source.fingerprint ?? '',
      funding: source.funding,
      generated_from: null,
      last4: source.last4,
      networks: { available: [brand], preferred: null },
      regulated_status: source.regulated_status,
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created,
    customer: source.customer,
    customer_account: null,
    livemode: false,
    metadata: source.metadata,
    type: 'card',
  };
}
