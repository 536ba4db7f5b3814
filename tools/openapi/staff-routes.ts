import type * as z from 'zod/mini';
import type { StaffRoute } from '../../functions/access.ts';
import { billingView, membersView } from './answers/customer.ts';
import { paymentsView } from './answers/payments.ts';
import { portalSessionView } from './answers/session.ts';
import { setupView } from './answers/setup.ts';
import {
  addedBankAccount,
  auditPage,
  authorisedMethod,
  caseInFull,
  caseList,
  caseRecord,
  chargingLog,
  customerStanding,
  extensionView,
  foundCustomers,
  observationList,
  staffCustomer,
  unblockedMethod,
  unsuppressedMember,
} from './answers/staff.ts';
import { asking, changing, type RouteDescription } from './description.ts';

const ok = (description: string, schema: z.ZodMiniType) => ({ 200: { description, schema } });
const view = ok('The customer as they are then.', staffCustomer);
const members = ok('The members as they are then.', membersView);
const billing = ok('The billing info as it is then.', billingView);
const theCase = ok('The case as it is then.', caseRecord);
const byHand = [
  'not-found',
  'case-ended',
  'payment-under-way',
  'case-held',
  'being-handed-back',
] as const;

/** The routes of the business's staff and its backend. */
export const staffRouteDescriptions = {
  'GET /staff/charging': {
    summary: 'Whether charges are allowed',
    answers: ok('The switch, with what it said before.', chargingLog),
    problems: [],
  },
  'PUT /staff/charging': {
    summary: 'Stop every charge within a minute, or allow them again',
    answers: ok('The switch as it is then.', chargingLog),
    problems: [],
  },
  'GET /staff/customers': {
    summary: 'Find customers by id, mail address or invoice',
    detail: 'Asked with exactly one of the three. Whom only Stripe knows is found as well.',
    answers: ok('Who fits.', foundCustomers),
    problems: [...asking],
  },
  'GET /staff/customers/{customer}': {
    summary: 'A customer in full',
    answers: ok('What the customer sees, and what only staff see.', staffCustomer),
    problems: ['not-found', ...asking],
  },
  'GET /staff/customers/{customer}/standing': {
    summary: 'Whether a customer is to be served: good, past due, in grace or suspended',
    detail:
      'Of what is known here, without asking Stripe: cheap enough to be asked at each sign-in. Of whom nothing is known here, nothing failed: good.',
    answers: ok('The standing now.', customerStanding),
    problems: [],
  },
  'GET /staff/customers/{customer}/audit': {
    summary: 'Who changed what, newest first',
    answers: ok('A page of the audit log.', auditPage),
    problems: ['not-found'],
  },
  'PUT /staff/customers/{customer}/extension': {
    summary: 'Grant access for a while, whatever is unpaid',
    detail: 'Again with another time: it is made longer or shorter.',
    answers: ok('The extension as it is then.', extensionView),
    problems: [...changing, ...asking],
  },
  'DELETE /staff/customers/{customer}/extension': {
    summary: 'End an extension',
    answers: ok('The extension as it is then.', extensionView),
    problems: [...changing, ...asking],
  },
  'POST /staff/customers/{customer}/setup-intents': {
    summary: 'Begin to add a payment method for a customer',
    detail: "Not as the backup: staff cannot agree in a customer's place.",
    answers: ok('A SetupIntent at Stripe.', setupView),
    problems: ['not-found', 'consent-missing', 'too-many-requests', 'refused-by-stripe', ...asking],
  },
  'POST /staff/customers/{customer}/setup-intents/{setupIntent}/confirm': {
    summary: 'Take over the method that was added at Stripe',
    answers: view,
    problems: [...changing, 'setup-not-finished', 'same-card', 'consent-missing', ...asking],
  },
  'PUT /staff/customers/{customer}/roles': {
    summary: 'Set the primary and the backup',
    detail: 'The backup needs a consent or a signed authorisation on record.',
    answers: view,
    problems: [...changing, 'same-card', 'consent-missing', 'replacement-needed', ...asking],
  },
  'PATCH /staff/customers/{customer}/methods/{method}': {
    summary: 'Change the expiry date or the billing address of a card',
    answers: view,
    problems: [...changing, 'refused-by-stripe', ...asking],
  },
  'DELETE /staff/customers/{customer}/methods/{method}': {
    summary: 'Remove a payment method',
    answers: view,
    problems: [...changing, 'method-in-use', 'method-needed', 'replacement-needed', ...asking],
  },
  'DELETE /staff/customers/{customer}/methods/{method}/consent': {
    summary: 'Withdraw the consent to a backup',
    answers: view,
    problems: [...changing, ...asking],
  },
  'PUT /staff/customers/{customer}/methods/{method}/authorisation': {
    summary: 'Record the reference of a signed authorisation',
    answers: ok('What is on record then.', authorisedMethod),
    problems: [...changing, ...asking],
  },
  'DELETE /staff/customers/{customer}/methods/{method}/block': {
    summary: "Lift what stands against a method's card",
    answers: ok('What was lifted.', unblockedMethod),
    problems: [...changing, ...asking],
  },
  'POST /staff/customers/{customer}/bank-accounts': {
    summary: 'Make a bank account the backup, or begin to verify it',
    detail: 'The same request once more, after its holder has verified it, finishes it.',
    answers: {
      200: { description: 'It is the backup.', schema: addedBankAccount },
      202: { description: 'It waits for its holder.', schema: addedBankAccount },
    },
    problems: [
      ...changing,
      'not-a-bank-account',
      'no-mandate',
      'refused-by-stripe',
      'same-card',
      'consent-missing',
      ...asking,
    ],
  },
  'GET /staff/cases': {
    summary: 'Open cases, oldest first',
    answers: ok('A page of cases; one may have fewer than another.', caseList),
    problems: [],
  },
  'GET /staff/observations': {
    summary: 'What mode observe saw, oldest first',
    detail:
      'Of each failed invoice what would have been tried and what came of it without us. What has ended stays for 90 days.',
    answers: ok('A page of what was observed; one may have less than another.', observationList),
    problems: [],
  },
  'GET /staff/customers/{customer}/cases/{invoice}': {
    summary: 'A case with its history and the trace of each decision',
    answers: ok('The case in full.', caseInFull),
    problems: ['not-found'],
  },
  'POST /staff/customers/{customer}/cases/{invoice}/retry': {
    summary: 'Try the invoice again now',
    answers: theCase,
    problems: byHand,
  },
  'POST /staff/customers/{customer}/cases/{invoice}/hold': {
    summary: 'Charge nothing for the invoice until then',
    answers: theCase,
    problems: byHand,
  },
  'POST /staff/customers/{customer}/cases/{invoice}/release': {
    summary: 'End a hold',
    answers: theCase,
    problems: byHand,
  },
  'POST /staff/customers/{customer}/cases/{invoice}/hand-back': {
    summary: "Hand collecting back to Stripe's own retries",
    answers: theCase,
    problems: byHand,
  },
  'POST /staff/customers/{customer}/cases/{invoice}/close': {
    summary: 'Close the case; the invoice stays at Stripe as it is',
    answers: theCase,
    problems: byHand,
  },
  'POST /staff/customers/{customer}/cases/{invoice}/acknowledge': {
    summary: 'Say that a dispute, a warning of fraud or a returned debit is dealt with',
    detail: 'What was blocked because of it stays blocked until it is lifted.',
    answers: theCase,
    problems: ['not-found'],
  },
  'POST /staff/customers/{customer}/portal-sessions': {
    summary: 'Make an address that signs a member in once',
    detail: 'For the business to send its own user to, within 10 minutes.',
    answers: { 201: { description: 'The address.', schema: portalSessionView } },
    problems: ['not-found', ...asking],
  },
  'GET /staff/customers/{customer}/payments': {
    summary: 'Recent invoices, as Stripe has them now',
    answers: ok('A page of invoices, newest first.', paymentsView),
    problems: ['not-found', ...asking],
  },
  'PUT /staff/customers/{customer}/billing-info': {
    summary: 'Change whom invoices are made out to',
    answers: billing,
    problems: [...changing, 'refused-by-stripe', ...asking],
  },
  'POST /staff/customers/{customer}/tax-ids': {
    summary: 'Add a tax id',
    answers: billing,
    problems: [...changing, 'tax-id-form', 'refused-by-stripe', ...asking],
  },
  'DELETE /staff/customers/{customer}/tax-ids/{taxId}': {
    summary: 'Remove a tax id',
    answers: billing,
    problems: [...changing, 'refused-by-stripe', ...asking],
  },
  'POST /staff/customers/{customer}/members': {
    summary: 'Invite a member',
    answers: members,
    problems: [...changing, 'already-member', 'too-many-members', ...asking],
  },
  'PATCH /staff/customers/{customer}/members/{member}': {
    summary: "Change a member's name or role",
    answers: members,
    problems: [...changing, 'last-owner', ...asking],
  },
  'DELETE /staff/customers/{customer}/members/{member}': {
    summary: 'Remove a member',
    answers: members,
    problems: [...changing, 'last-owner', ...asking],
  },
  'DELETE /staff/customers/{customer}/members/{member}/suppression': {
    summary: 'Let mails go to a member again',
    detail: "SES's own suppression list is not touched: the runbook says how it is cleaned.",
    answers: ok('What was lifted.', unsuppressedMember),
    problems: [...changing, ...asking],
  },
} as const satisfies Readonly<Record<StaffRoute, RouteDescription>>;
