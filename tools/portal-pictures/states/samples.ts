import { personId } from '../../../functions/domain/customer/person.ts';
import { customerId, invoiceId, paymentMethodId } from '../../../functions/domain/ids.ts';
import type {
  CaseView,
  MemberView,
  MethodView,
  OpenCaseView,
  PageView,
  SafeReason,
  SessionView,
  TimelineEntry,
} from '../../../portal/src/api/api-types.ts';

/** When the catalogue's page is looked at. */
export const now = '2027-03-10T09:00:00Z';

/** Days (and hours) from `now`, in UTC. */
export const inDays = (days: number, hours = 0): string =>
  new Date(Date.parse(now) + (days * 24 + hours) * 3_600_000).toISOString();

const customer = customerId('cus_lumen');

export const session = (changes: Partial<SessionView> = {}): SessionView => ({
  email: 'ada@customer.example',
  customers: [{ customer, name: 'Ada Lovelace Ltd', role: 'owner' }],
  customer,
  role: 'owner',
  returnUrl: null,
  endsAt: inDays(0, 12),
  ...changes,
});

export const twoCustomers: SessionView['customers'] = [
  { customer, name: 'Ada Lovelace Ltd', role: 'owner' },
  { customer: customerId('cus_engine'), name: 'Analytical Engine Society', role: 'viewer' },
];

const method = (id: string, changes: Partial<MethodView>): MethodView => ({
  method: paymentMethodId(id),
  type: 'card',
  brand: 'visa',
  last4: '4242',
  expMonth: 11,
  expYear: 2029,
  wallet: null,
  billing: { name: 'Ada Lovelace', address: null },
  role: null,
  health: 'usable',
  brandBefore: null,
  refused: null,
  consent: null,
  ...changes,
});

export const visa = (changes: Partial<MethodView> = {}): MethodView =>
  method('pm_visa', { role: 'primary', ...changes });

export const mastercard = (changes: Partial<MethodView> = {}): MethodView =>
  method('pm_mastercard', {
    brand: 'mastercard',
    last4: '4444',
    role: 'secondary',
    consent: { source: 'portal', version: '1', at: inDays(-40) },
    ...changes,
  });

/** Neither primary nor secondary unless it is said. */
export const other = (id: string, changes: Partial<MethodView> = {}): MethodView =>
  method(id, changes);

export const bankAccount = (changes: Partial<MethodView> = {}): MethodView =>
  method('pm_bank', {
    type: 'sepa_debit',
    brand: null,
    last4: '3000',
    expMonth: null,
    expYear: null,
    ...changes,
  });

/** A bank calls a card expired in the last month of its date; after that month the page does. */
export const refused = (reason: SafeReason): Partial<MethodView> => ({
  health: 'refused',
  refused: { at: inDays(-1), reason },
  ...(reason === 'expired' ? thisMonth : {}),
});

const thisMonth = { expMonth: 3, expYear: 2027 } as const;
export const expired = { health: 'expired', expMonth: 1, expYear: 2027 } as const;

export const openCase = (changes: Partial<OpenCaseView> = {}): OpenCaseView => ({
  invoice: invoiceId('in_1'),
  number: 'LUM-0042',
  hostedInvoiceUrl: 'https://invoice.stripe.com/i/acct_1/in_1',
  amountDue: { amount: 4900, currency: 'usd' },
  state: 'waiting',
  openedAt: inDays(-2),
  tried: [
    {
      role: 'primary',
      method: paymentMethodId('pm_visa'),
      at: inDays(-1),
      result: 'refused',
      reason: 'insufficient_funds',
    },
  ],
  next: { next: 'try', at: inDays(2, 5) },
  heldUntil: null,
  underWay: null,
  ...changes,
});

/** A second invoice beside {@link openCase}. */
export const anotherCase = (changes: Partial<OpenCaseView> = {}): OpenCaseView =>
  openCase({
    invoice: invoiceId('in_2'),
    number: 'LUM-0043',
    amountDue: { amount: 1250, currency: 'usd' },
    ...changes,
  });

/** The case with its history. */
export const caseView = (
  shown: OpenCaseView,
  events: readonly TimelineEntry['event'][],
  changes: Partial<CaseView> = {},
): CaseView => ({
  ...shown,
  endedAt: null,
  end: null,
  paidBy: null,
  timeline: events.map((event, index) => ({
    sequence: index + 1,
    at: inDays(-2, index * 3),
    amount: shown.amountDue,
    event,
  })),
  methods: [visa(), mastercard(), bankAccount()].map(({ method: id, type, brand, last4 }) => ({
    method: id,
    type,
    brand,
    last4,
  })),
  ...changes,
});

const ada: MemberView = {
  member: personId('a'.repeat(32)),
  email: 'ada@customer.example',
  name: 'Ada Lovelace',
  role: 'owner',
  mail: 'ok',
};

export const charles: MemberView = {
  member: personId('b'.repeat(32)),
  email: 'charles.babbage.of.the.analytical.engine@customer.example',
  name: null,
  role: 'owner',
  mail: 'ok',
};

/** The reader, and two others. */
export const members: readonly MemberView[] = [
  ada,
  charles,
  {
    member: personId('c'.repeat(32)),
    email: 'luigi@customer.example',
    name: 'Luigi Federico Menabrea',
    role: 'viewer',
    mail: 'ok',
  },
];

/** Three people whom no mail reaches, for each reason one. */
export const unreached: readonly MemberView[] = (['complained', 'bounced', 'unmailable'] as const)
  .map((mail, at) => ({ mail, member: members[at] }))
  .flatMap(({ mail, member }) => (member === undefined ? [] : [{ ...member, mail }]));

/** @param changes What is other than of somebody with two cards and nothing to pay. */
export const view = (changes: Partial<PageView> = {}): PageView => ({
  customer,
  version: 7,
  billing: {
    name: 'Ada Lovelace Ltd',
    email: 'billing@customer.example',
    phone: '+44 20 7946 0000',
    address: {
      line1: '12 St James’s Square',
      line2: null,
      city: 'London',
      postalCode: 'SW1Y 4JH',
      state: null,
      country: 'GB',
    },
    taxIds: [],
  },
  standing: { standing: 'good', since: null, until: null, why: [] },
  extension: null,
  members: [ada],
  methods: [visa(), mastercard()],
  consent: {
    textVersion: '1',
    texts: {
      en: 'I agree that Lumen Weather charges this payment method for my open invoices whenever my primary one is declined. I can withdraw this here at any time.',
      de: 'Ich bin einverstanden, dass Lumen Weather meine offenen Rechnungen von dieser Zahlungsart abbucht, wenn meine Standard-Zahlungsart abgelehnt wird. Ich kann das hier jederzeit widerrufen.',
    },
  },
  cases: [],
  paymentsUnderWay: [],
  support: { business: 'Lumen Weather', email: 'help@lumen.example' },
  session: session(),
  ...changes,
});

export const pastDue: PageView['standing'] = {
  standing: 'past_due',
  since: inDays(-2),
  until: null,
  why: [
    { invoice: invoiceId('in_1'), amountDue: { amount: 4900, currency: 'usd' }, reason: 'unpaid' },
  ],
};

/** Somebody whose primary was refused, with one invoice open. */
export const unpaid = (
  changes: Partial<OpenCaseView> = {},
  others: Partial<PageView> = {},
): PageView =>
  view({
    methods: [visa(refused('insufficient_funds')), mastercard()],
    cases: [openCase(changes)],
    standing: pastDue,
    ...others,
  });
