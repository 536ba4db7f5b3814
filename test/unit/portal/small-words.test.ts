import { describe, expect, test } from 'vitest';
import { paymentMethodId } from '../../../functions/domain/ids.ts';
import { inkOn } from '../../../functions/domain/ink-on.ts';
import type { CaseView, MethodView } from '../../../portal/src/api/api-types.ts';
import { isMonthOver, yearsToOffer } from '../../../portal/src/words/expiry.ts';
import { methodState } from '../../../portal/src/words/method-state.ts';
import { readReturn } from '../../../portal/src/words/read-return.ts';
import { sayFailure } from '../../../portal/src/words/say-failure.ts';
import { sayHealth, sayMethod, sayRemedy } from '../../../portal/src/words/say-method.ts';
import { sayEntry, sayTimeline } from '../../../portal/src/words/say-timeline.ts';
import { signInToken } from '../../../portal/src/words/sign-in-token.ts';
import { method, noon, openCase, tried, visa, words } from './fixtures.ts';

describe('a method', () => {
  test.each<[Partial<MethodView>, string]>([
    [{}, 'Visa ending in 4242'],
    [{ brand: 'cartes_bancaires' }, 'Cartes Bancaires ending in 4242'],
    [{ brand: 'brand_of_tomorrow' }, 'Card ending in 4242'],
    [{ last4: null }, 'Visa'],
    [{ type: 'us_bank_account', brand: null, last4: '6789' }, 'Bank account ending in 6789'],
    [{ type: 'sepa_debit', brand: null, last4: null }, 'Bank account'],
    [{ type: 'paypal', brand: null }, 'PayPal'],
    [{ type: 'type_of_tomorrow', brand: null }, 'Payment method'],
  ])('%j is called %s', (changed, name) => {
    expect(sayMethod(words, method(changed))).toBe(name);
  });

  test('says how well it is', () => {
    expect(sayHealth(words, method())).toBe('Ready to use');
    expect(sayHealth(words, method({ health: 'expired' }))).toBe('Expired 04/2030');
    const refused = { at: noon, reason: 'declined' } as const;
    const declined = method({ health: 'refused', refused });
    expect(sayHealth(words, declined)).toBe(
      'Declined on 2 November 2026: the bank did not approve the payment.',
    );
    expect(sayRemedy(words, declined)).toBe('Ask your bank why, or use another payment method.');
    expect(sayRemedy(words, method())).toBeNull();
    expect(sayHealth(words, method({ health: 'blocked', refused: null }))).toBe(
      'We do not charge it at the moment. Use another payment method, or contact us.',
    );
  });

  test.each([
    ['primary', 'visa', /from Mastercard to Visa, so we do not charge it\. .* “Update”/],
    ['secondary', 'visa', /from Mastercard to Visa\. .* once you agree again: press “Agree”/],
    [null, 'of_tomorrow', /from Mastercard to Card\. .* once you make it your primary or/],
  ] as const)('says of a %s that it is %s now, and what is to be done', (role, brand, said) => {
    const changed = { role, brand, brandBefore: 'mastercard', health: 'brand_changed' } as const;
    expect(sayHealth(words, method(changed))).toMatch(said);
  });

  test('has a state that its section shows', () => {
    const stated = [null, 'usable', 'refused', 'expired', 'brand_changed', 'blocked'];
    expect(stated.map((health) => stateOf(health))).toEqual([
      'empty',
      'ok',
      'refused',
      'expired',
      'refused',
      'refused',
    ]);
  });
});

const stateOf = (health: string | null) =>
  // The words of the API, and none.
  methodState(health === null ? null : { health: health as MethodView['health'] });

describe('what was tried', () => {
  const shown: CaseView = {
    ...openCase(),
    endedAt: null,
    end: null,
    paidBy: null,
    timeline: [],
    methods: [{ method: visa, type: 'card', brand: 'visa', last4: '4242' }],
  };
  const event = { kind: 'tried', role: 'primary', method: visa } as const;

  test.each<[Parameters<typeof sayEntry>[2], string]>([
    [
      { ...event, by: 'us', result: 'refused', reason: 'declined' },
      'Visa ending in 4242 was declined: the bank did not approve the payment.',
    ],
    [{ ...event, by: 'you', result: 'paid', reason: null }, 'You paid with Visa ending in 4242.'],
    [
      { ...event, kind: 'debit_ended', result: 'paid', reason: null },
      'The payment from Visa ending in 4242 has arrived.',
    ],
    [
      { kind: 'round_ended', nextTryAt: noon },
      'No other payment method could be charged. The next attempt is on Monday 2 November at 12:00.',
    ],
    [
      {
        kind: 'end_ahead',
        endsAt: noon,
        follows: { access: 'goes_on', subscription: 'paused' },
      },
      'Unless it is paid by Monday 2 November at 12:00, your subscription is paused.',
    ],
    [{ kind: 'by_business', what: 'hand_back' }, 'This invoice is no longer collected here.'],
    [{ kind: 'ended', how: 'not_collected' }, 'There is nothing left to pay here.'],
  ])('%j', (happened, said) => {
    expect(sayEntry(words, shown, happened)).toBe(said);
  });
});

test('Stripe’s own try stands in its place among ours', () => {
  const amex = paymentMethodId('pm_amex');
  const shown: CaseView = {
    ...openCase({
      tried: [
        tried({ at: '2026-11-02T11:00:00.000Z', reason: 'insufficient_funds' }),
        tried({ role: 'secondary', method: amex, at: noon }),
      ],
    }),
    endedAt: null,
    end: null,
    paidBy: null,
    timeline: [
      {
        sequence: 1,
        at: noon,
        amount: null,
        event: {
          kind: 'tried',
          by: 'us',
          role: 'secondary',
          method: amex,
          result: 'refused',
          reason: 'declined',
        },
      },
    ],
    methods: [
      { method: visa, type: 'card', brand: 'visa', last4: '4242' },
      { method: amex, type: 'card', brand: 'amex', last4: '0005' },
    ],
  };
  expect(sayTimeline(words, shown)).toEqual([
    {
      at: '2026-11-02T11:00:00.000Z',
      sentence: 'Visa ending in 4242 was declined: there was not enough money on the account.',
    },
    {
      at: noon,
      sentence:
        'American Express ending in 0005 was declined: the bank did not approve the payment.',
    },
  ]);
});

describe('a failure is told in words', () => {
  const problem = (name: string) =>
    ({ kind: 'problem', name, offered: null, retryAfterSeconds: null }) as const;

  test('a problem that the page knows, one that it does not, and no answer at all', () => {
    expect(sayFailure(words, problem('same-card'))).toBe(words.text.problem['same-card']);
    expect(sayFailure(words, problem('of-tomorrow'))).toBe(words.text.problem.other);
    expect(sayFailure(words, { kind: 'offline' })).toBe(words.text.trouble.lostConnection);
    expect(sayFailure(words, { kind: 'failing' })).toBe(words.text.trouble.noAnswer);
  });
});

describe('the address', () => {
  test.each([
    ['#/sign-in/aB-9_x', 'aB-9_x'],
    ['#/sign-in/', null],
    ['#/sign-in/a/b', null],
    ['#/elsewhere/a', null],
    ['', null],
  ])('%s signs in with %s', (hash, token) => {
    expect(signInToken(hash)).toBe(token);
  });

  test.each([
    ['?back=set-up&setup_intent=seti_1', { from: 'set-up', setupIntent: 'seti_1' }],
    ['?back=payment&invoice=in_1&payment_intent=pi_1', { from: 'payment', invoice: 'in_1' }],
    ['?back=set-up', null],
    ['?setup_intent=seti_1', null],
    ['', null],
  ])('%s comes back from a bank as %j', (search, expected) => {
    expect(readReturn(search)).toEqual(expected);
  });
});

describe('an expiry date', () => {
  const lastSecond = new Date('2026-11-30T23:59:59Z');

  test('is good until its month is over', () => {
    expect(isMonthOver({ expMonth: 11, expYear: 2026 }, lastSecond)).toBe(false);
    expect(isMonthOver({ expMonth: 10, expYear: 2026 }, lastSecond)).toBe(true);
    expect(isMonthOver({ expMonth: 12, expYear: 2026 }, lastSecond)).toBe(false);
  });

  test('can be chosen from this year on', () => {
    expect(yearsToOffer(lastSecond, 2030).slice(0, 2)).toEqual([2026, 2027]);
    expect(yearsToOffer(lastSecond, 2060)).toContain(2060);
  });
});

test.each([
  ['#ffffff', '#000000'],
  ['#000000', '#ffffff'],
  ['#4a3fd1', '#ffffff'],
  ['#ffcc00', '#000000'],
])('on %s one reads %s', (colour, ink) => {
  expect(inkOn(colour)).toBe(ink);
});
