import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blockScope,
  classifyDecline,
  type DeclineCodes,
  isUnknownDeclineCode,
  safeReason,
} from '../../../../functions/domain/decline/decline.ts';
import { declined, examplePolicy } from '../../../twins/examples.ts';

describe('the kind of a refusal', () => {
  test.each([
    ['generic_decline', 'generic'],
    ['do_not_honor', 'generic'],
    ['processing_error', 'transient'],
    ['issuer_not_available', 'transient'],
    ['insufficient_funds', 'insufficient_funds'],
    ['expired_card', 'invalid_data'],
    ['incorrect_cvc', 'invalid_data'],
    ['authentication_required', 'authentication'],
    ['fraudulent', 'risk'],
    ['highest_risk_level', 'risk'],
    ['transaction_not_allowed', 'not_allowed'],
    ['lost_card', 'card_dead'],
    ['revocation_of_authorization', 'card_dead'],
  ] as const)('%s is %s', (code, kind) => {
    expect(classifyDecline(declined(code), 'visa')).toBe(kind);
  });

  /** facts.md, "Stripe's hard list, never retried on the same method". */
  test.each([
    'incorrect_number',
    'lost_card',
    'pickup_card',
    'stolen_card',
    'revocation_of_authorization',
    'revocation_of_all_authorizations',
    'authentication_required',
    'highest_risk_level',
    'transaction_not_allowed',
  ])("%s of Stripe's hard list blocks, and is not tried again at once", (code) => {
    const kind = classifyDecline(declined(code), 'visa');
    expect(blockScope(kind)).not.toBe('none');
    expect(examplePolicy.declines[kind].tryAgainAtOnce).toBe(false);
  });

  test('an error code speaks where there is no decline code', () => {
    const codes = { ...declined(''), code: 'expired_card', declineCode: null };
    expect(classifyDecline(codes, null)).toBe('invalid_data');
    const action = { ...codes, code: 'invoice_payment_intent_requires_action' };
    expect(classifyDecline(action, null)).toBe('authentication');
  });

  test.each(['a_code_of_tomorrow', '', 'constructor', '__proto__', 'toString'])(
    'the unknown code "%s" is a generic decline, and counted',
    (code) => {
      expect(classifyDecline(declined(code), 'visa')).toBe('generic');
      expect(isUnknownDeclineCode(declined(code))).toBe(true);
    },
  );

  test('an unknown error code is counted where no decline code stands beside it', () => {
    const codes = { ...declined(''), code: 'a_code_of_tomorrow', declineCode: null };
    expect(isUnknownDeclineCode(codes)).toBe(true);
    expect(isUnknownDeclineCode({ ...codes, declineCode: 'do_not_honor' })).toBe(false);
  });

  test('a known code, or none, is not counted as unknown', () => {
    expect(isUnknownDeclineCode(declined('do_not_honor'))).toBe(false);
    expect(isUnknownDeclineCode({ ...declined(''), declineCode: null })).toBe(false);
  });
});

describe("the network's word", () => {
  const visa = (networkDeclineCode: string) => declined('do_not_honor', { networkDeclineCode });
  const mastercard = (networkAdviceCode: string) => declined('do_not_honor', { networkAdviceCode });

  test.each(['04', '07', '12', '14', '15', '41', '43', '46', '57', 'R0', 'R1', 'R3'])(
    'Visa %s means never again, whatever Stripe calls it',
    (code) => {
      expect(classifyDecline(visa(code), 'visa')).toBe('card_dead');
    },
  );

  test.each(['03', '21'])('Mastercard advice %s means never again', (code) => {
    expect(classifyDecline(mastercard(code), 'mastercard')).toBe('card_dead');
  });

  test('counts for its own brand only, and other codes say nothing', () => {
    expect(classifyDecline(visa('14'), 'mastercard')).toBe('generic');
    expect(classifyDecline(visa('14'), null)).toBe('generic');
    expect(classifyDecline(visa('51'), 'visa')).toBe('generic');
    expect(classifyDecline(mastercard('03'), 'visa')).toBe('generic');
    expect(classifyDecline(mastercard('24'), 'mastercard')).toBe('generic');
  });

  test("the issuer's advice speaks only where the code blocks nothing", () => {
    const never = { adviceCode: 'do_not_try_again' };
    expect(classifyDecline(declined('generic_decline', never), 'visa')).toBe('not_allowed');
    expect(classifyDecline(declined('expired_card', never), 'visa')).toBe('invalid_data');
    const data = { adviceCode: 'confirm_card_data' };
    expect(classifyDecline(declined('do_not_honor', data), 'visa')).toBe('invalid_data');
  });
});

const anyCode = fc.option(fc.oneof(fc.string(), fc.constantFrom('expired_card', 'card_declined')));
const anyCodes: fc.Arbitrary<DeclineCodes> = fc.record({
  code: anyCode,
  declineCode: anyCode,
  adviceCode: anyCode,
  networkAdviceCode: anyCode,
  networkDeclineCode: anyCode,
});
const anyBrand = fc.constantFrom('visa', 'mastercard', 'amex', null);

test('what a customer must not read is only ever "declined"', () => {
  const secret = ['lost_card', 'stolen_card', 'pickup_card', 'fraudulent', 'merchant_blacklist'];
  fc.assert(
    fc.property(anyCodes, fc.constantFrom(...secret), anyBrand, (codes, declineCode, brand) => {
      const all = { ...codes, declineCode };
      expect(safeReason(classifyDecline(all, brand), all)).toBe('declined');
    }),
  );
});

test('any codes have a kind and a reason', () => {
  fc.assert(
    fc.property(anyCodes, anyBrand, (codes, brand) => {
      const kind = classifyDecline(codes, brand);
      expect(blockScope(kind)).toBeTypeOf('string');
      expect(safeReason(kind, codes)).toBeTypeOf('string');
    }),
  );
});

test('an expired card is told from other wrong details', () => {
  expect(safeReason('invalid_data', declined('expired_card'))).toBe('expired');
  expect(safeReason('invalid_data', declined('incorrect_cvc'))).toBe('incorrect_details');
  expect(safeReason('unusable', null)).toBe('unusable');
});
