import type { PageView } from '../../../portal/src/api/api-types.ts';
import type { Place } from '../texts/places.ts';
import {
  type Answer,
  type Answers,
  body,
  broken,
  type PageState,
  pageState,
  press,
  problem,
  type Step,
  silence,
} from './page-state.ts';
import {
  anotherCase,
  expired,
  mastercard,
  openCase,
  other,
  refused,
  unpaid,
  view,
  visa,
} from './samples.ts';
import { fieldsFrame, paymentMethod, paymentSecret, setupSecret } from './stripe-parts.ts';

const dialog = (
  name: string,
  of: PageView,
  steps: readonly Step[],
  shows: Place,
  answers: Answers = {},
): PageState =>
  pageState('dialogs', name, {
    answers: { 'GET /portal/view': body(of), ...answers },
    steps,
    shows,
  });

const fields: Step = { does: 'see_frame', title: fieldsFrame };
const fieldsRefuse: Step = { does: 'see_frame_refuse', title: fieldsFrame };
const tick = (at: number): Step => ({ does: 'tick', at });
const save = press('dialog.save', 'dialog');

const setUp = (willTry: PageView['cases'], role: string): readonly Answer[] =>
  body({
    setupIntent: 'seti_1',
    clientSecret: setupSecret,
    role,
    willTry: willTry.map(({ invoice, number, amountDue }) => ({ invoice, number, amountDue })),
  });
const setUps = 'POST /portal/setup-intents';

const bothOpen = [openCase(), anotherCase({ amountDue: null })];
const unwell = unpaid(
  {},
  {
    methods: [
      visa(refused('declined')),
      mastercard(),
      other('pm_amex', { brand: 'amex', last4: '0005', ...expired }),
    ],
  },
);

const setUpDialogs: readonly PageState[] = [
  dialog(
    'update the primary, which pays',
    unpaid({}, { cases: bothOpen }),
    [press('actions.update', 'primary'), fields],
    'dialog.willTry',
    { [setUps]: setUp(bothOpen, 'primary') },
  ),
  dialog(
    'add a secondary: consent first',
    view({ methods: [visa()] }),
    [press('actions.add', 'secondary')],
    'dialog.agreeFirst',
  ),
  dialog(
    'add a secondary: the fields',
    view({ methods: [visa()] }),
    [press('actions.add', 'secondary'), tick(0), fields],
    'dialog.willTryNothing',
    { [setUps]: setUp([], 'secondary') },
  ),
  dialog(
    'add a primary: loading the fields',
    view({ methods: [] }),
    [press('actions.add', 'primary')],
    'dialog.addPrimary',
    { [setUps]: silence },
  ),
  dialog(
    'add another: the card is not whole',
    unwell,
    [press('actions.add', 'others'), fields, save, fieldsRefuse],
    'dialog.addSpare',
    { [setUps]: setUp([], 'spare') },
  ),
  dialog(
    'update the secondary: the API does not answer',
    view(),
    [press('actions.update', 'secondary'), tick(0)],
    'trouble.noAnswer',
    { [setUps]: broken },
  ),
];

const roleDialogs: readonly PageState[] = [
  dialog(
    'make primary, and keep the other one',
    view({ methods: [visa(), mastercard()] }),
    [press('actions.makePrimary', 'secondary'), tick(0), save],
    'problem.consent-missing',
  ),
  dialog(
    'make secondary, which swaps the two',
    unpaid(),
    [press('actions.makeSecondary', 'primary')],
    'dialog.swapHint',
  ),
  dialog(
    'make another the secondary',
    unwell,
    [press('actions.makeSecondary', 'others')],
    'dialog.replaces',
  ),
  dialog(
    'changed meanwhile',
    view(),
    [press('actions.makePrimary', 'secondary'), save],
    'problem.changed-meanwhile',
    { 'PUT /portal/roles': problem(409, 'changed-meanwhile') },
  ),
  dialog(
    'stop using as secondary',
    view(),
    [press('actions.withdraw', 'secondary')],
    'dialog.withdrawHint',
  ),
];

const otherDialogs: readonly PageState[] = [
  dialog(
    'remove the primary, another takes its place',
    unwell,
    [press('actions.remove', 'primary')],
    'dialog.replacement',
  ),
  dialog(
    'remove the last one, which is needed',
    unpaid({}, { methods: [visa()] }),
    [press('actions.remove', 'primary'), press('actions.remove', 'dialog')],
    'problem.method-needed',
    { 'DELETE /portal/methods/pm_visa': problem(409, 'method-needed') },
  ),
  dialog(
    'change the expiry: the date is over',
    unpaid(),
    [
      press('actions.changeExpiry', 'primary'),
      { does: 'choose', what: 'dialog.year', value: '2027' },
      { does: 'choose', what: 'dialog.month', value: '1' },
      save,
    ],
    'dialog.expiryPast',
  ),
  dialog(
    'change the expiry: it is saved',
    view(),
    [press('actions.changeExpiry', 'primary'), save],
    'dialog.saving',
    { 'PATCH /portal/methods/pm_visa': silence },
  ),
  dialog('pay now', unwell, [press('cases.payNow', 'banner')], 'dialog.payHint'),
  dialog(
    'pay now, of an unknown amount',
    unpaid({ amountDue: null, number: null }),
    [press('cases.payNow', 'banner')],
    'dialog.payHintUnknown',
  ),
  dialog(
    'pay now: a payment is under way',
    unpaid(),
    [press('cases.payNow', 'banner'), press('dialog.payAmount', 'dialog')],
    'problem.payment-under-way',
    { 'POST /portal/cases/in_1/payments': problem(409, 'payment-under-way') },
  ),
  dialog(
    'pay now: the bank asks',
    unpaid({ state: 'action_required' }, { methods: [visa({ method: paymentMethod })] }),
    [
      press('cases.payNow', 'banner'),
      press('dialog.payAmount', 'dialog'),
      { does: 'see_frame', title: '3D Secure' },
    ],
    'dialog.paying',
    { 'POST /portal/cases/in_1/payments': body({ clientSecret: paymentSecret, invoice: 'in_1' }) },
  ),
];

/** Each dialog, open, and what may go wrong in it. */
export const dialogStates: readonly PageState[] = [
  ...setUpDialogs,
  ...roleDialogs,
  ...otherDialogs,
];
