import { passesLuhn } from '../../../engine/payments/passes-luhn.ts';
import { testCardNamed, testCardOfNumber } from '../../../engine/published/test-cards.ts';
import type { Example, FieldName, Kind, Problem, Values } from './kind.ts';

/** Where an issuer's check compares the postal code (docs.stripe.com/radar/rules, AVS). */
const checksPostalCode: ReadonlySet<string> = new Set(['US', 'GB', 'CA']);

const digitsOf = (text: string) => text.replaceAll(/\D/g, '');
const isAmex = (digits: string) => /^3[47]/.test(digits);
const cvcLength = (number: string) => (isAmex(digitsOf(number)) ? 4 : 3);

/** In groups as they stand on the card. */
export function formatNumber(typed: string): string {
  const digits = digitsOf(typed).slice(0, 19);
  const groups = isAmex(digits)
    ? /^(\d{1,4})(\d{1,6})?(\d{1,5})?/.exec(digits)?.slice(1)
    : digits.match(/\d{1,4}/g);
  return (groups ?? []).filter((group) => group !== undefined).join(' ');
}

/** `MM / YY`, of whatever was typed, taken away or filled in. */
export function formatExpiry(typed: string): string {
  // The space after the slash was taken away, and the slash shall go with it.
  if (/^\d+ \/$/.test(typed)) return digitsOf(typed);
  const [month = '', year] = typed.split('/').map(digitsOf);
  if (year !== undefined) return `${month.padStart(2, '0').slice(-2)} / ${year.slice(-2)}`;
  const whole = /^[2-9]/.test(month) ? `0${month}` : month;
  return whole.length > 2 ? `${whole.slice(0, 2)} / ${whole.slice(2, 4)}` : whole;
}

const needsPostalCode = ({ country }: Values) => checksPostalCode.has(country);

function findProblem(values: Values, now: number): Problem | undefined {
  return (
    numberProblem(digitsOf(values.number)) ??
    expiryProblem(values.expiry, new Date(now)) ??
    restProblem(values)
  );
}

function numberProblem(digits: string): Problem | undefined {
  const isWhole = digits.length >= (isAmex(digits) ? 15 : 16) || testCardOfNumber(digits);
  if (!isWhole) return { field: 'number', code: 'incomplete_number' };
  return passesLuhn(digits) ? undefined : { field: 'number', code: 'invalid_number' };
}

function expiryProblem(expiry: string, now: Date): Problem | undefined {
  const found = /^(\d\d) \/ (\d\d)$/.exec(expiry);
  const problem = (code: Problem['code']): Problem => ({ field: 'expiry', code });
  if (found === null) return problem('incomplete_expiry');
  const month = Number(found[1]);
  const year = 2000 + Number(found[2]);
  if (month < 1 || month > 12) return problem('invalid_expiry_month');
  if (year < now.getUTCFullYear()) return problem('invalid_expiry_year_past');
  const isPast = year === now.getUTCFullYear() && month < now.getUTCMonth() + 1;
  return isPast ? problem('invalid_expiry_month_past') : undefined;
}

function restProblem(values: Values): Problem | undefined {
  const { cvc, number, postalCode } = values;
  if (cvc.length < cvcLength(number)) return { field: 'cvc', code: 'incomplete_cvc' };
  const isMissing = needsPostalCode(values) && postalCode.trim().length < 3;
  return isMissing ? { field: 'postalCode', code: 'incomplete_zip' } : undefined;
}

const fieldsOfErrors: Readonly<Record<string, FieldName>> = {
  expired_card: 'expiry',
  invalid_expiry_month: 'expiry',
  invalid_expiry_year: 'expiry',
  incorrect_cvc: 'cvc',
  invalid_cvc: 'cvc',
  incorrect_zip: 'postalCode',
};

/** Like the names of Stripe's test cards, an example expires years from now. */
const rest = { expiry: '12 / 40', cvc: '123', country: 'US', postalCode: '94107' };

function example(number: string, outcome: Example['outcome']): Example {
  const shown = formatNumber(number);
  return { shown, outcome, values: { ...rest, number: shown } };
}

const named = (name: string, outcome: Example['outcome']) =>
  example(testCardNamed(name).number, outcome);

export const cardKind: Kind = {
  type: 'card',
  fields: [
    {
      name: 'number',
      autocomplete: 'cc-number',
      inputMode: 'numeric',
      placeholder: '1234 1234 1234 1234',
      format: formatNumber,
    },
    {
      name: 'expiry',
      autocomplete: 'cc-exp',
      inputMode: 'numeric',
      placeholder: 'MM / YY',
      format: formatExpiry,
    },
    {
      name: 'cvc',
      autocomplete: 'cc-csc',
      inputMode: 'numeric',
      format: (typed) => digitsOf(typed).slice(0, 4),
    },
    { name: 'country', autocomplete: 'billing country' },
    { name: 'postalCode', autocomplete: 'billing postal-code', isShown: needsPostalCode },
  ],
  examples: [
    named('visa', 'pays'),
    named('mastercard', 'pays'),
    named('authenticationRequiredOnSetup', 'asksOnce'),
    named('authenticationRequired', 'asksAlways'),
    named('authenticationRequiredChargeDeclinedInsufficientFunds', 'authenticatedThenNoMoney'),
    named('chargeCustomerFail', 'declinesLater'),
    named('chargeDeclined', 'declined'),
    named('chargeDeclinedInsufficientFunds', 'noMoney'),
    named('chargeDeclinedExpiredCard', 'expired'),
    named('chargeDeclinedIncorrectCvc', 'wrongCvc'),
    named('chargeDeclinedProcessingError', 'processingError'),
    // The one of docs.stripe.com/testing whose check digit is wrong.
    example('4242424242424241', 'wrongNumber'),
  ],
  findProblem,
  describe(values) {
    const { country, cvc, expiry, number, postalCode } = values;
    const [month, year] = expiry.split(' / ');
    const postal_code = needsPostalCode(values) ? postalCode.trim() : undefined;
    return {
      type: 'card',
      billing_details: { address: { country, postal_code } },
      card: { number: digitsOf(number), exp_month: month, exp_year: year, cvc },
    };
  },
  fieldOf: (code) => fieldsOfErrors[code] ?? 'number',
};
