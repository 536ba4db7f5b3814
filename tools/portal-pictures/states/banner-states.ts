import { invoiceId, paymentMethodId } from '../../../functions/domain/ids.ts';
import type {
  OpenCaseView,
  PageView,
  SafeConsequence,
  TimelineEntry,
} from '../../../portal/src/api/api-types.ts';
import type { Place } from '../texts/places.ts';
import { shown } from './account-states.ts';
import { body, broken, type PageState, press, type Step, silence } from './page-state.ts';
import { anotherCase, caseView, inDays, openCase, pastDue, unpaid, view } from './samples.ts';

const open = (
  name: string,
  changes: Partial<OpenCaseView>,
  shows: Place,
  steps: readonly Step[] = [],
): PageState => shown('what is open', name, unpaid(changes), shows, { steps });

const stands = (name: string, changes: Partial<PageView>, shows: Place): PageState =>
  shown('access', name, unpaid({}, changes), shows);

const ends = (access: SafeConsequence['access'], subscription: SafeConsequence['subscription']) =>
  ({
    state: 'given_up',
    next: { next: 'end', at: inDays(7), follows: { access, subscription } },
  }) as const;

const visaId = paymentMethodId('pm_visa');
const mastercardId = paymentMethodId('pm_mastercard');
const bankId = paymentMethodId('pm_bank');
const consequence = { access: 'ends', subscription: 'paused' } as const;

/** Every kind of entry there is. */
const everything: readonly TimelineEntry['event'][] = [
  {
    kind: 'tried',
    by: 'us',
    role: 'primary',
    method: visaId,
    result: 'refused',
    reason: 'declined',
  },
  { kind: 'tried', by: 'us', role: 'spare', method: bankId, result: 'on_its_way', reason: null },
  { kind: 'debit_ended', role: 'spare', method: bankId, result: 'refused', reason: 'try_again' },
  { kind: 'debit_ended', role: 'spare', method: bankId, result: 'paid', reason: null },
  { kind: 'round_ended', nextTryAt: inDays(1) },
  { kind: 'by_business', what: 'retry' },
  { kind: 'by_business', what: 'hold' },
  { kind: 'by_business', what: 'release' },
  { kind: 'payment_started', role: 'secondary', method: mastercardId },
  {
    kind: 'tried',
    by: 'you',
    role: 'secondary',
    method: mastercardId,
    result: 'not_made',
    reason: null,
  },
  { kind: 'round_ended', nextTryAt: null },
  { kind: 'end_ahead', endsAt: inDays(7), follows: consequence },
  { kind: 'access_ended', follows: consequence },
  {
    kind: 'tried',
    by: 'you',
    role: 'secondary',
    method: mastercardId,
    result: 'paid',
    reason: null,
  },
  {
    kind: 'tried',
    by: 'us',
    role: 'secondary',
    method: mastercardId,
    result: 'paid',
    reason: null,
  },
  { kind: 'by_business', what: 'hand_back' },
  { kind: 'by_business', what: 'close' },
  { kind: 'ended', how: 'paid' },
  { kind: 'ended', how: 'canceled' },
  { kind: 'ended', how: 'not_collected' },
];

const tried = (name: string, answer: PageState['answers'][string], shows: Place): PageState =>
  shown('what was tried', name, unpaid(), shows, {
    answers: { 'GET /portal/view': body(unpaid()), 'GET /portal/cases/in_1': answer },
    steps: [press('cases.tried', 'banner')],
  });

/** What is open, what happens next, and what that means for access. */
export const bannerStates: readonly PageState[] = [
  open('the next try is known', {}, 'next.tryAt'),
  open('a try is under way', { state: 'trying' }, 'next.trying'),
  open('the bank wants a confirmation', { state: 'action_required' }, 'next.confirm'),
  open(
    'a bank debit is on its way',
    { state: 'processing', next: { next: 'wait', until: inDays(4) } },
    'next.processing',
  ),
  open('given up', { state: 'given_up', next: { next: 'nothing' } }, 'next.nothing'),
  open('access ends', ends('ends', 'goes_on'), 'next.accessEnds'),
  open('access ends and the subscription is canceled', ends('ends', 'canceled'), 'next.canceled'),
  open('the subscription is paused', ends('goes_on', 'paused'), 'next.paused'),
  open('nothing follows', ends('goes_on', 'goes_on'), 'next.endWithout'),
  open('on hold', { heldUntil: inDays(3) }, 'next.held'),
  open(
    'the customer is paying',
    { state: 'trying', underWay: { by: 'you', since: inDays(0), until: inDays(0, 1) } },
    'next.yourPayment',
  ),
  open(
    'a payment of ours is under way',
    { state: 'trying', underWay: { by: 'us', since: inDays(0), until: inDays(0, 1) } },
    'next.underWay',
  ),
  open('in yen', { amountDue: { amount: 128_000, currency: 'jpy' } }, 'banner.open'),
  open('of an unknown amount and number', { amountDue: null, number: null }, 'banner.openUnknown'),
  shown(
    'what is open',
    'several invoices',
    unpaid(
      {},
      {
        cases: [
          openCase(),
          anotherCase(),
          anotherCase({
            invoice: invoiceId('in_3'),
            number: null,
            amountDue: null,
            state: 'processing',
            next: { next: 'wait', until: inDays(4) },
          }),
        ],
      },
    ),
    'banner.openMany',
  ),
  stands(
    'goes on for a while',
    { standing: { ...pastDue, standing: 'grace', until: inDays(5) } },
    'banner.grace',
  ),
  stands('has ended', { standing: { ...pastDue, standing: 'suspended' } }, 'banner.suspended'),
  stands('more time was given', { extension: { until: inDays(14) } }, 'banner.extension'),
  shown(
    'access',
    'a payment is asked back',
    view({
      standing: {
        ...pastDue,
        standing: 'suspended',
        why: pastDue.why.map((each) => ({ ...each, reason: 'asked_back' })),
      },
    }),
    'banner.askedBack',
  ),
  shown('access', 'unpaid after the end', view({ standing: pastDue }), 'banner.unpaidAfterEnd'),
  tried('everything there is', body(caseView(openCase(), everything)), 'timeline.closedPaid'),
  tried('only by Stripe', body(caseView(openCase(), [])), 'timeline.refused'),
  tried('nothing yet', body(caseView(openCase({ tried: [] }), [])), 'cases.noEntries'),
  tried('loading', silence, 'cases.loading'),
  tried('could not be loaded', broken, 'cases.failed'),
];
