import type { CardBehaviour } from './card-behaviour.ts';
import { ordinary } from './card-behaviour.ts';
import type { DeclineCode } from './declines.ts';

/** A card of Stripe's testing page (docs.stripe.com/testing). */
export interface TestCard {
  /** As in `pm_card_NAME` and `tok_NAME`; a card without such names goes by its number. */
  readonly name: string;
  readonly brand: string;
  readonly number: string;
  readonly country: string;
  readonly funding: 'credit' | 'debit' | 'prepaid';
  /** The networks it can be charged on; the first one unless the business prefers another. */
  readonly networks: readonly string[];
  readonly behaviour: CardBehaviour;
}

type Funding = TestCard['funding'];

interface Rest {
  readonly behaviour?: Partial<CardBehaviour>;
  readonly brand?: string;
  readonly country?: string;
  readonly funding?: Funding;
  readonly networks?: readonly string[];
}

function card(name: string, number: string, rest: Rest = {}): TestCard {
  const { behaviour, brand = 'visa', country = 'US', funding = 'credit' } = rest;
  const networks = rest.networks ?? [brand];
  return {
    name,
    number,
    brand,
    country,
    funding,
    networks,
    behaviour: { ...ordinary, ...behaviour },
  };
}

const byBrand: readonly TestCard[] = [
  card('visa', '4242424242424242'),
  card('visa_debit', '4000056655665556', { funding: 'debit' }),
  card('mastercard', '5555555555554444', { brand: 'mastercard' }),
  card('2223003122003222', '2223003122003222', { brand: 'mastercard' }),
  card('mastercard_debit', '5200828282828210', { brand: 'mastercard', funding: 'debit' }),
  card('mastercard_prepaid', '5105105105105100', { brand: 'mastercard', funding: 'prepaid' }),
  card('amex', '378282246310005', {
    brand: 'amex',
    behaviour: { authentication: 'unsupported' },
  }),
  card('371449635398431', '371449635398431', {
    brand: 'amex',
    behaviour: { authentication: 'unsupported' },
  }),
  card('discover', '6011111111111117', { brand: 'discover' }),
  card('6011000990139424', '6011000990139424', { brand: 'discover' }),
  card('6011981111111113', '6011981111111113', { brand: 'discover', funding: 'debit' }),
  card('diners', '3056930009020004', { brand: 'diners' }),
  card('36227206271667', '36227206271667', { brand: 'diners' }),
  card('jcb', '3566002020360505', { brand: 'jcb', country: 'JP' }),
  card('3530111333300000', '3530111333300000', { brand: 'jcb', country: 'JP' }),
  card('unionpay', '6200000000000005', { brand: 'unionpay', country: 'CN' }),
  card('6200000000000047', '6200000000000047', {
    brand: 'unionpay',
    country: 'CN',
    funding: 'debit',
  }),
  card('6205500000000000004', '6205500000000000004', { brand: 'unionpay', country: 'CN' }),
  card('visa_cartesBancaires', '4000002500001001', {
    country: 'FR',
    networks: ['cartes_bancaires', 'visa'],
  }),
  card('mastercard_cartesBancaires', '5555552500001001', {
    brand: 'mastercard',
    country: 'FR',
    networks: ['cartes_bancaires', 'mastercard'],
  }),
  card('visa_debit_eftposAuCoBranded', '4000050360000001', {
    country: 'AU',
    funding: 'debit',
    networks: ['eftpos_au', 'visa'],
  }),
  card('mastercard_debit_eftposAuCoBranded', '5555050360000080', {
    brand: 'mastercard',
    country: 'AU',
    funding: 'debit',
    networks: ['eftpos_au', 'mastercard'],
  }),
  card('bypassPending', '4000000000000077'),
  card('bypassPendingInternational', '4000003720000278', { country: 'IE' }),
  card('debit_visaFsaProductCode', '4000051230000072', { funding: 'debit' }),
  card('mastercard_debit_mastercardFsaProductCode', '5200828282828897', {
    brand: 'mastercard',
    funding: 'debit',
  }),
  card('credit_disableEnterpriseCardFeatures', '4000008400000076'),
];

/** Visa credit cards that succeed, by the country of their issuer. */
const visaByCountry: Readonly<Record<string, string>> = {
  ae: '4000007840000001',
  ar: '4000000320000021',
  at: '4000000400000008',
  au: '4000000360000006',
  be: '4000000560000004',
  bg: '4000001000000000',
  br: '4000000760000002',
  by: '4000001120000005',
  ca: '4000001240000000',
  ch: '4000007560000009',
  cl: '4000001520000001',
  cn: '4000001560000002',
  co: '4000001700000003',
  cr: '4000001880000005',
  cy: '4000001960000008',
  cz: '4000002030000002',
  de: '4000002760000016',
  dk: '4000002080000001',
  ec: '4000002180000000',
  ee: '4000002330000009',
  es: '4000007240000007',
  fi: '4000002460000001',
  fr: '4000002500000003',
  gb: '4000008260000000',
  gi: '4000002920000005',
  gr: '4000003000000030',
  hk: '4000003440000004',
  hr: '4000001910000009',
  hu: '4000003480000005',
  ie: '4000003720000005',
  in: '4000003560000008',
  it: '4000003800000008',
  jp: '4000003920000003',
  li: '4000004380000004',
  lt: '4000004400000000',
  lu: '4000004420000006',
  lv: '4000004280000005',
  mt: '4000004700000007',
  mx: '4000004840008001',
  my: '4000004580000002',
  nl: '4000005280000002',
  no: '4000005780000007',
  nz: '4000005540000008',
  pa: '4000005910000000',
  pe: '4000006040000068',
  pl: '4000006160000005',
  pt: '4000006200000007',
  py: '4000006000000066',
  ro: '4000006420000001',
  sa: '4000006820000007',
  se: '4000007520000008',
  sg: '4000007020000003',
  si: '4000007050000006',
  sk: '4000007030000001',
  tw: '4000001580000008',
  us: '4242424242424242',
  uy: '4000008580000003',
};

const byCountry: readonly TestCard[] = [
  ...Object.entries(visaByCountry).map(([country, number]) =>
    card(country, number, { country: country.toUpperCase() }),
  ),
  card('ae_mastercard', '5200007840000022', { brand: 'mastercard', country: 'AE' }),
  card('gb_debit', '4000058260000005', { country: 'GB', funding: 'debit' }),
  card('gb_mastercard', '5555558265554449', { brand: 'mastercard', country: 'GB' }),
  card('th_credit', '4000007640000003', { country: 'TH' }),
  card('th_debit', '4000057640000008', { country: 'TH', funding: 'debit' }),
];

/** Declined from the start, so that it cannot be attached either; with and without the brand. */
function refused(name: string, number: string, decline: DeclineCode): readonly TestCard[] {
  const behaviour = { charges: decline, attachDecline: decline };
  return [card(name, number, { behaviour }), card(`visa_${name}`, number, { behaviour })];
}

const declining: readonly TestCard[] = [
  ...refused('chargeDeclined', '4000000000000002', 'generic_decline'),
  ...refused('chargeDeclinedInsufficientFunds', '4000000000009995', 'insufficient_funds'),
  ...refused('chargeDeclinedLostCard', '4000000000009987', 'lost_card'),
  ...refused('chargeDeclinedStolenCard', '4000000000009979', 'stolen_card'),
  ...refused('chargeDeclinedExpiredCard', '4000000000000069', 'expired_card'),
  ...refused('chargeDeclinedIncorrectCvc', '4000000000000127', 'incorrect_cvc'),
  ...refused('chargeDeclinedProcessingError', '4000000000000119', 'processing_error'),
  ...refused('chargeDeclinedVelocityLimitExceeded', '4000000000006975', 'card_velocity_exceeded'),
  ...refused('chargeDeclinedFraudulent', '4100000000000019', 'highest_risk_level'),
  card('radarBlock', '4100000000000019', {
    behaviour: { charges: 'highest_risk_level', attachDecline: 'highest_risk_level' },
  }),
  card('chargeCustomerFail', '4000000000000341', { behaviour: { charges: 'generic_decline' } }),
  card('visa_chargeCustomerFailLostCard', '4000000000000341', {
    behaviour: { charges: 'lost_card' },
  }),
  card('visa_chargeCustomerFailStolenCard', '4000000000000341', {
    behaviour: { charges: 'stolen_card' },
  }),
  card('riskLevelHighest', '4000000000004954', { behaviour: { charges: 'highest_risk_level' } }),
  card('riskLevelElevated', '4000000000009235', { behaviour: { risk: 'elevated' } }),
  card('cvcCheckFail', '4000000000000101', {
    behaviour: { charges: 'incorrect_cvc', attachDecline: 'incorrect_cvc', cvcCheck: 'fail' },
  }),
  card('avsFail', '4000000000000010', {
    behaviour: { line1Check: 'fail', postalCodeCheck: 'fail' },
  }),
  card('avsLine1Fail', '4000000000000028', { behaviour: { line1Check: 'fail' } }),
  card('avsZipFail', '4000000000000036', { behaviour: { postalCodeCheck: 'fail' } }),
  card('avsUnchecked', '4000000000000044', {
    behaviour: { line1Check: 'unavailable', postalCodeCheck: 'unavailable' },
  }),
];

const authenticating: readonly TestCard[] = [
  card('authenticationRequired', '4000002760003184', {
    country: 'DE',
    behaviour: { authentication: 'always' },
  }),
  card('authenticationRequiredOnSetup', '4000002500003155', {
    country: 'FR',
    behaviour: { authentication: 'unless_set_up' },
  }),
  card('authenticationRequiredSetupForOffSession', '4000003800000446', {
    country: 'IT',
    behaviour: { authentication: 'on_session' },
  }),
  card('authenticationRequiredChargeDeclinedInsufficientFunds', '4000008260003178', {
    country: 'GB',
    behaviour: { authentication: 'on_session', charges: 'insufficient_funds' },
  }),
  card('threeDSecure2Required', '4000000000003220', {
    country: 'IE',
    behaviour: { authentication: 'always' },
  }),
  card('threeDSecureRequired', '4000000000003063', { behaviour: { authentication: 'always' } }),
  card('4000008400000027', '4000008400000027', { behaviour: { authentication: 'always' } }),
  ...['4000582600000094', '4000582600000045', '4000582600000102', '4000582600000110'].map(
    (number) => card(number, number, { behaviour: { authentication: 'always' } }),
  ),
  card('threeDSecureRequiredChargeDeclined', '4000008400001629', {
    behaviour: { authentication: 'always', charges: 'generic_decline' },
  }),
  card('threeDSecureRequiredProcessingError', '4000008400001280', {
    behaviour: { charges: 'generic_decline' },
  }),
  card('threeDSecureOptional', '4000000000003055', { behaviour: { authentication: 'on_request' } }),
  card('threeDSecureOptionalProcessingError', '4000000000003097'),
  card('amex_threeDSecureNotSupported', '378282246310005', {
    brand: 'amex',
    behaviour: { authentication: 'unsupported' },
  }),
];

const chargeback = (reason: 'fraudulent' | 'product_not_received') =>
  ({ kind: 'dispute', caseType: 'chargeback', reason }) as const;

const withAftermath: readonly TestCard[] = [
  card('createDispute', '4000000000000259', { behaviour: { aftermath: chargeback('fraudulent') } }),
  card('createDisputeProductNotReceived', '4000000000002685', {
    behaviour: { aftermath: chargeback('product_not_received') },
  }),
  card('createDisputeInquiry', '4000000000001976', {
    behaviour: { aftermath: { kind: 'dispute', caseType: 'inquiry', reason: 'fraudulent' } },
  }),
  card('createIssuerFraudRecord', '4000000000005423', {
    behaviour: { aftermath: { kind: 'fraud_warning' } },
  }),
  card('pendingRefund', '4000000000007726', { behaviour: { refunds: 'pending' } }),
  card('refundFail', '4000000000005126', { behaviour: { refunds: 'fail_later' } }),
];

const all: readonly TestCard[] = [
  ...byBrand,
  ...byCountry,
  ...declining,
  ...authenticating,
  ...withAftermath,
];

const cardsByName = new Map(all.map((each) => [each.name, each]));
// A number that goes by several names is the first of them.
const cardsByNumber = new Map(all.toReversed().map((each) => [each.number, each]));

/** The card behind `pm_card_visa` and its like, if there is one. */
export function testCardOfPaymentMethod(id: string): TestCard | undefined {
  return id.startsWith('pm_card_') ? cardsByName.get(id.slice('pm_card_'.length)) : undefined;
}

/** The card behind `tok_visa` and its like, if there is one. */
export function testCardOfToken(id: string): TestCard | undefined {
  return id.startsWith('tok_') ? cardsByName.get(id.slice('tok_'.length)) : undefined;
}

export function testCardOfNumber(number: string): TestCard | undefined {
  return cardsByNumber.get(number);
}

/** @throws Error for a name that is none of the cards here. */
export function testCardNamed(name: string): TestCard {
  const found = cardsByName.get(name);
  if (found === undefined) throw new Error(`There is no test card called ${name}.`);
  return found;
}

export function testCardOf(card: { readonly testCard: string }): TestCard {
  return testCardNamed(card.testCard);
}
