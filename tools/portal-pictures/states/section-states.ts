import { invoiceId } from '../../../functions/domain/ids.ts';
import type { PageView, PaymentView } from '../../../portal/src/api/api-types.ts';
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
import { charles, inDays, members, session, unreached, view } from './samples.ts';

const section =
  (group: string) =>
  (
    name: string,
    of: PageView,
    steps: readonly Step[],
    shows: Place,
    answers: Answers = {},
    isAt: PageState['isAt'] = 'end',
  ): PageState =>
    pageState(group, name, {
      answers: { 'GET /portal/view': body(of), ...answers },
      steps,
      shows,
      isAt,
    });

const billing = section('billing information');
const people = section('people with access');
const invoices = section('invoices');

const save = press('dialog.save', 'dialog');
/** The first of those who are listed. */
const removePerson = press('actions.remove', 'people');
const fill = (what: Place, text: string): Step => ({ does: 'fill', what, text });

const known = view().billing;
const ofBilling = (changes: Partial<PageView['billing']>): PageView =>
  view({ methods: [], billing: { ...known, ...changes } });
const taxIds: PageView['billing']['taxIds'] = [
  ['eu_vat', 'DE123456789', 'DE', 'verified'] as const,
  ['gb_vat', 'GB123456789', 'GB', 'pending'] as const,
  ['us_ein', '12-3456789', 'US', 'unavailable'] as const,
  ['ch_vat', 'CHE-123.456.789 MWST', 'CH', 'unverified'] as const,
].map(([type, value, country, verification], index) => ({
  id: `txi_${index}`,
  type,
  value,
  country,
  verification,
}));

const billingStates: readonly PageState[] = [
  billing(
    'nothing is known',
    ofBilling({ name: null, email: null, phone: null, address: null }),
    [],
    'billing.missing',
  ),
  billing('several tax ids', ofBilling({ taxIds }), [], 'billing.verified'),
  billing('edit', view(), [press('billing.edit', 'billing')], 'billing.editTitle'),
  billing(
    'edit: a wrong mail address',
    view(),
    [press('billing.edit', 'billing'), fill('billing.email', 'ada'), save],
    'signIn.wrongEmail',
  ),
  billing(
    'edit: saved',
    view(),
    [press('billing.edit', 'billing'), save],
    'billing.saved',
    { 'PUT /portal/billing-info': body({ version: 8, billing: known }) },
    'top',
  ),
  billing(
    'add a tax id of the wrong form',
    view(),
    [press('billing.addTaxId'), fill('billing.value', 'GB12'), save],
    'problem.tax-id-form',
    { 'POST /portal/tax-ids': problem(400, 'tax-id-form') },
  ),
  billing(
    'remove a tax id',
    ofBilling({ taxIds }),
    [press('actions.remove', 'billing')],
    'billing.removeTaxIdHint',
  ),
];

const peopleStates: readonly PageState[] = [
  people('three of them', view({ members }), [], 'people.viewer'),
  people(
    'seen by a viewer',
    view({ members, session: session({ role: 'viewer', email: 'luigi@customer.example' }) }),
    [],
    'people.you',
  ),
  people('whom mails do not reach', view({ members: unreached }), [], 'people.bounced'),
  people('invite', view(), [press('people.invite')], 'people.inviteHint'),
  people(
    'invite: a member already',
    view(),
    [
      press('people.invite'),
      fill('signIn.email', 'ada@customer.example'),
      press('people.invite', 'dialog'),
    ],
    'problem.already-member',
    { 'POST /portal/members': problem(409, 'already-member') },
  ),
  people(
    'change the only owner',
    view(),
    [press('people.change', 'people'), { does: 'choose_one', at: 1 }],
    'problem.last-owner',
  ),
  people(
    'lose what one may do',
    view({ members }),
    [press('people.change', 'people'), { does: 'choose_one', at: 1 }],
    'people.demoteYourself',
  ),
  people(
    'remove another',
    view({ members, session: session({ email: charles.email }) }),
    [removePerson],
    'people.removeHint',
  ),
  people('remove yourself', view({ members }), [removePerson], 'people.removeYourself'),
  people('remove the only owner', view(), [removePerson], 'problem.last-owner'),
];

const payment = (id: number, changes: Partial<PaymentView>): PaymentView => ({
  invoice: invoiceId(`in_${id}`),
  number: `LUM-00${40 - id}`,
  status: 'paid',
  total: { amount: 4900, currency: 'usd' },
  amountDue: { amount: 4900, currency: 'usd' },
  createdAt: inDays(-30 * id),
  paidWith: { type: 'card', brand: 'visa', last4: '4242' },
  hostedInvoiceUrl: `https://invoice.stripe.com/i/acct_1/in_${id}`,
  invoicePdf: `https://pay.stripe.com/invoice/acct_1/in_${id}/pdf`,
  ...changes,
});
const none = { paidWith: null } as const;
const several: readonly PaymentView[] = [
  payment(1, { status: 'draft', number: null, hostedInvoiceUrl: null, invoicePdf: null, ...none }),
  payment(2, { status: 'open', ...none }),
  payment(3, { status: 'open', amountDue: { amount: 900, currency: 'usd' }, ...none }),
  payment(4, { total: { amount: 1_234_567, currency: 'jpy' } }),
  payment(5, { paidWith: { type: 'sepa_debit', brand: null, last4: '3000' } }),
  payment(6, { status: 'void', ...none }),
  payment(7, { status: 'uncollectible', ...none }),
];

/** As many as a page has. */
const firstPage: Answer = {
  is: 'body',
  body: {
    payments: Array.from({ length: 10 }, (_, at) => payment(at + 1, {})),
    nextCursor: 'in_10',
  },
};
const secondPage = body({
  payments: [payment(11, {}), payment(12, { status: 'void', ...none })],
  nextCursor: null,
});
const more = (name: string, then: Answers[string], shows: Place): PageState =>
  invoices(name, view(), [press('invoices.show'), press('invoices.more')], shows, {
    'GET /portal/payments': [firstPage, ...then],
  });

const show = (name: string, answer: Answers[string], shows: Place): PageState =>
  invoices(name, view(), [press('invoices.show')], shows, { 'GET /portal/payments': answer });

const invoiceStates: readonly PageState[] = [
  show('of every kind', body({ payments: several, nextCursor: 'in_7' }), 'invoices.uncollectible'),
  show('none yet', body({ payments: [], nextCursor: null }), 'invoices.none'),
  more('the second page', secondPage, 'invoices.void'),
  more('the second page is not loaded', broken, 'trouble.retry'),
  show('loading', silence, 'invoices.loading'),
  show('not loaded', broken, 'trouble.retry'),
  show('asked too often', problem(429, 'too-many-requests'), 'problem.too-many-requests'),
];

/** What stands below the payment methods, and the dialogs of it. */
export const sectionStates: readonly PageState[] = [
  ...billingStates,
  ...peopleStates,
  ...invoiceStates,
];
