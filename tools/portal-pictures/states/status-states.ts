import { paymentMethodId } from '../../../functions/domain/ids.ts';
import type { OpenCaseView, SafeReason } from '../../../portal/src/api/api-types.ts';
import type { Place } from '../texts/places.ts';
import {
  type Answer,
  body,
  letPass,
  type PageState,
  pageState,
  press,
  type Step,
  see,
  silence,
} from './page-state.ts';
import { caseView, inDays, mastercard, openCase, unpaid, view, visa } from './samples.ts';

/** Somebody comes back from the page of their bank, where they paid. */
const payment = '/?back=payment&invoice=in_1';
const setUp = '/?back=set-up&setup_intent=seti_1';

const afterwards = (
  name: string,
  then: readonly Answer[],
  shows: Place,
  more: { readonly steps?: readonly Step[]; readonly end?: 'paid' | 'canceled' } = {},
): PageState =>
  pageState('after a change', name, {
    address: payment,
    answers: {
      'GET /portal/view': [...body(unpaid()), ...then],
      'POST /portal/cases/in_1/look': body({ invoice: 'in_1' }),
      'GET /portal/cases/in_1': body(caseView(openCase(), [], { end: more.end ?? 'paid' })),
    },
    steps: more.steps ?? [see('status.paying'), letPass(3, shows)],
    shows,
  });

const again = (changes: Partial<OpenCaseView>) => body(unpaid(changes));
const refusedAgain = (reason: SafeReason): OpenCaseView['tried'] => [
  {
    role: 'secondary',
    method: paymentMethodId('pm_mastercard'),
    at: inDays(0),
    result: 'refused',
    reason,
  },
];

const changed = (name: string, steps: readonly Step[], route: string, shows: Place): PageState =>
  pageState('after a change', name, {
    answers: { 'GET /portal/view': body(view()), [route]: body(view({ methods: [visa()] })) },
    steps,
    shows,
  });

/** The line that tells how a change went. */
export const statusStates: readonly PageState[] = [
  afterwards('paying', silence, 'status.paying', { steps: [] }),
  afterwards('paid', body(view()), 'status.paid'),
  afterwards('nothing is left to pay', body(view()), 'status.settled', { end: 'canceled' }),
  afterwards('refused', again({ tried: refusedAgain('declined') }), 'status.refused'),
  afterwards(
    'the bank wants a confirmation',
    again({ tried: refusedAgain('authentication'), state: 'action_required' }),
    'status.confirm',
  ),
  afterwards(
    'on its way',
    again({ state: 'processing', next: { next: 'wait', until: inDays(4) } }),
    'status.processing',
  ),
  afterwards('it takes long', again({ state: 'trying' }), 'status.slow', {
    steps: [see('status.paying'), letPass(61, 'status.slow')],
  }),
  afterwards('still open', again({}), 'status.stillOpen', {
    steps: [see('status.paying'), letPass(61, 'status.stillOpen')],
  }),
  pageState('after a change', 'added, and paid', {
    address: setUp,
    answers: {
      'GET /portal/view': [...body(unpaid()), ...body(view())],
      'POST /portal/setup-intents/seti_1/confirm': body(unpaid()),
      'GET /portal/cases/in_1': body(caseView(openCase(), [], { end: 'paid' })),
    },
    steps: [see('status.added'), letPass(3, 'status.paid')],
    shows: 'status.paid',
  }),
  changed(
    'removed',
    [press('actions.remove', 'secondary'), press('actions.remove', 'dialog')],
    'DELETE /portal/methods/pm_mastercard',
    'status.removed',
  ),
  changed(
    'withdrawn',
    [press('actions.withdraw', 'secondary'), press('dialog.save', 'dialog')],
    'DELETE /portal/methods/pm_mastercard/consent',
    'status.withdrawn',
  ),
  pageState('after a change', 'changed, and an older payment may complete', {
    answers: {
      'GET /portal/view': body(view()),
      'PUT /portal/roles': body(
        view({
          methods: [mastercard({ role: 'primary' }), visa({ role: null })],
          paymentsUnderWay: [{ invoice: openCase().invoice, startedAt: inDays(0, -1) }],
        }),
      ),
    },
    steps: [press('actions.makePrimary', 'secondary'), press('dialog.save', 'dialog')],
    shows: 'status.mayComplete',
  }),
];
