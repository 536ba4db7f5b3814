import { describe, expect, test } from 'vitest';
import { invoiceId } from '../../../functions/domain/ids.ts';
import type {
  MethodView,
  OpenCaseView,
  SafeReason,
  StandingView,
} from '../../../portal/src/api/api-types.ts';
import { type Banner, sayBanner } from '../../../portal/src/words/say-banner.ts';
import { sayNext } from '../../../portal/src/words/say-next.ts';
import { showPaying } from '../../../portal/src/words/show-paying.ts';
import { consent, method, noon, openCase, words } from './fixtures.ts';

const good: StandingView = { standing: 'good', since: null, until: null, why: [] };
const money = { amount: 4900, currency: 'usd' };
const until = '2026-11-20T12:00:00.000Z';

const banner = (
  cases: readonly OpenCaseView[],
  standing: Partial<StandingView> = {},
  extension: { until: string } | null = null,
  methods: readonly MethodView[] = [method()],
  role: 'owner' | 'viewer' = 'owner',
): Banner => {
  const seen = { cases, standing: { ...good, ...standing }, extension, methods, session: { role } };
  return sayBanner(words, seen, new Date(noon));
};

describe('the banner says in one sentence what is open, what happens next and when', () => {
  test.each<[string, Partial<OpenCaseView>, Banner['tone'], string]>([
    ['waits', {}, 'bad', 'we try again on Monday 2 November at 18:00.'],
    ['is tried', { state: 'trying' }, 'wait', 'we are trying to collect it right now.'],
    [
      'is being charged',
      { state: 'trying', underWay: { by: 'us', since: noon, until: noon } },
      'wait',
      'a payment is under way and may still complete.',
    ],
    [
      'is being paid in the page',
      { state: 'trying', underWay: { by: 'you', since: noon, until: noon } },
      'wait',
      'you have started to pay it here; until 12:00 nothing else is charged.',
    ],
    [
      'is to be confirmed',
      { state: 'action_required' },
      'bad',
      'your bank wants you to confirm the payment. Press “Pay now”.',
    ],
    [
      'is on its way',
      { state: 'processing', next: { next: 'wait', until: noon } },
      'wait',
      'a payment is on its way, and we look at it again on Monday 2 November at 12:00.',
    ],
    ['is held', { heldUntil: noon }, 'bad', 'nothing is charged until Monday 2 November at 12:00.'],
    [
      'was given up',
      { state: 'given_up', next: { next: 'nothing' } },
      'bad',
      'we will not retry automatically. Pay now, or update your payment method.',
    ],
    [
      'ends',
      {
        state: 'given_up',
        next: { next: 'end', at: noon, follows: { access: 'ends', subscription: 'canceled' } },
      },
      'bad',
      'we will not retry automatically. Unless it is paid by Monday 2 November at 12:00, your access ends and your subscription is canceled.',
    ],
  ])('of an invoice that %s', (_name, changed, tone, next) => {
    expect(banner([openCase(changed)])).toEqual({
      tone,
      sentences: [`US$49.00 for invoice A-1 is not paid yet: ${next}`],
    });
  });

  test('without the amount and the number until Stripe was asked', () => {
    const [said] = banner([openCase({ amountDue: null, number: null, state: 'trying' })]).sentences;
    expect(said).toBe(
      'What is due for your invoice is not paid yet: we are trying to collect it right now.',
    );
  });

  test('of several invoices how many', () => {
    const cases = [openCase(), openCase({ invoice: invoiceId('in_2') })];
    expect(banner(cases).sentences).toEqual([
      '2 invoices are not paid yet. Each of them says below what happens next.',
    ]);
  });

  test('where nothing is open that all is well', () => {
    expect(banner([])).toEqual({ tone: 'good', sentences: [words.text.banner.settled] });
  });

  const secondary = (changed: Partial<MethodView>) => [
    method(),
    method({ role: 'secondary', consent, ...changed }),
  ];
  const refusedFor = (reason: SafeReason) =>
    method({ health: 'refused', refused: { at: noon, reason } });

  test.each<[string, readonly MethodView[], Banner['tone'], keyof typeof words.text.banner]>([
    ['the primary was declined', [refusedFor('declined')], 'wait', 'settledPrimaryFails'],
    ['the bank could not be reached', [refusedFor('try_again')], 'good', 'settled'],
    ['the bank wanted a confirmation', [refusedFor('authentication')], 'good', 'settled'],
    ['the primary has expired', [method({ health: 'expired' })], 'wait', 'settledPrimaryFails'],
    [
      'the primary expires this month',
      [method({ expMonth: 11, expYear: 2026 })],
      'wait',
      'settledPrimaryExpires',
    ],
    ['it expires the next', [method({ expMonth: 12, expYear: 2026 })], 'good', 'settled'],
    ['there is no primary', [method({ role: 'secondary' })], 'wait', 'settledNoPrimary'],
    ['both are well', secondary({}), 'good', 'settled'],
    ['the secondary fails', secondary({ health: 'expired' }), 'wait', 'settledSecondaryFails'],
    ['nobody agreed', secondary({ consent: null }), 'wait', 'settledSecondaryNotAgreed'],
    [
      'nobody agreed to its new brand',
      secondary({ health: 'brand_changed' }),
      'wait',
      'settledSecondaryNotAgreed',
    ],
  ])('where nothing is open and %s, what that means', (_, methods, tone, place) => {
    const sentences = [words.text.banner[place]];
    expect(banner([], {}, null, methods)).toEqual({ tone, sentences });
  });

  test('and not to a viewer, who can change nothing of it', () => {
    const said = banner([], {}, null, [refusedFor('declined')], 'viewer');
    expect(said).toEqual({ tone: 'good', sentences: [words.text.banner.settled] });
  });
});

test('an end that only ends the tries is asked for, and threatens nothing', () => {
  const follows = { access: 'goes_on', subscription: 'goes_on' } as const;
  const said = banner([openCase({ state: 'given_up', next: { next: 'end', at: noon, follows } })]);
  expect(said.sentences[0]).toMatch(
    /not paid yet: we will not retry automatically\. Please pay it by Monday 2 November at 12:00\.$/,
  );
});

test('what is being paid right now is not told as something that fails', () => {
  const until = noon;
  const held = openCase({ heldUntil: noon });
  const yours = openCase({
    invoice: invoiceId('in_2'),
    state: 'trying',
    underWay: { by: 'you', since: noon, until },
  });
  const debit = openCase({ invoice: invoiceId('in_3'), state: 'processing' });
  const shown = showPaying([held, yours, debit], ['in_1', 'in_2', 'in_3']);
  const [first, second, third] = shown.map((each) => sayNext(words, each));
  expect([first, second]).toEqual([words.text.next.trying, words.text.next.trying]);
  expect(third).toBe(sayNext(words, debit));
  expect(showPaying([held], [])).toEqual([held]);
});

describe('access', () => {
  const why = [{ invoice: invoiceId('in_1'), amountDue: money, reason: 'unpaid' }] as const;

  test('until when it goes on, and what keeps it', () => {
    const { tone, sentences } = banner([openCase()], { standing: 'grace', until, why });
    expect(tone).toBe('bad');
    expect(sentences.slice(1)).toEqual([
      'Your access goes on until Friday 20 November at 12:00. Paying what is open keeps it.',
    ]);
  });

  test('that it has ended, and what restores it', () => {
    const { tone, sentences } = banner([openCase()], { standing: 'suspended', why });
    expect(tone).toBe('bad');
    expect(sentences.slice(1)).toEqual([words.text.banner.suspended]);
    const settled = banner([], { standing: 'suspended', why });
    expect(settled.sentences.at(-1)).toBe(words.text.banner.suspendedOtherwise);
  });

  test('how much time was given', () => {
    const { sentences } = banner([openCase()], {}, { until });
    expect(sentences.slice(1)).toEqual([
      'You have been given time until Friday 20 November at 12:00.',
    ]);
  });

  test('what stands against it without an open case: a payment asked back, an unpaid end', () => {
    const standing = {
      standing: 'past_due',
      why: [...why, { invoice: invoiceId('in_2'), amountDue: money, reason: 'asked_back' }],
    } as const;
    expect(banner([], standing)).toEqual({
      tone: 'bad',
      sentences: [
        'US$49.00 is not paid yet. Contact us to settle it.',
        'A payment of US$49.00 is being asked back through your bank. Contact us to settle it.',
      ],
    });
  });
});
