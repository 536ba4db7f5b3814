import * as z from 'zod/mini';
import type { CustomerRoute } from '../../functions/access.ts';
import { answer, text } from './answer-schema.ts';
import { billingView, customerView, membersView, pageView } from './answers/customer.ts';
import { caseView, paymentStart, paymentsView } from './answers/payments.ts';
import { accepted, sessionView } from './answers/session.ts';
import { setupView } from './answers/setup.ts';
import { asking, changing, type RouteDescription } from './description.ts';

const ok = (description: string, schema: z.ZodMiniType) => ({ 200: { description, schema } });
const view = ok('The whole view as it is then.', customerView);
const members = ok('The members as they are then.', membersView);
const billing = ok('The billing info as it is then.', billingView);

const looking = answer<{ readonly invoice: string }>()(
  'Looking',
  z.strictObject({ invoice: text }),
);

/** The routes of the customer's page. */
export const customerRouteDescriptions = {
  'POST /portal/login': {
    summary: 'Ask for a link to sign in by mail',
    detail:
      'Answers the same for every address, known or not. The link works once, for 10 minutes.',
    answers: {
      202: { description: 'Somebody known by this address gets a mail.', schema: accepted },
    },
    problems: [],
  },
  'POST /portal/session': {
    summary: 'Sign in with the token of a link',
    detail:
      'Sets the cookie `__Host-backstop`. A session ends after 30 minutes without use, and after 12 hours.',
    answers: { 201: { description: 'Somebody is signed in.', schema: sessionView } },
    problems: ['link-used-up'],
  },
  'GET /portal/session': {
    summary: 'Who is signed in, and for whom they may act',
    answers: ok('The session.', sessionView),
    problems: [],
  },
  'PUT /portal/session/customer': {
    summary: 'Choose the customer to act for',
    answers: ok('The session.', sessionView),
    problems: ['not-found', 'too-many-requests'],
  },
  'DELETE /portal/session': {
    summary: 'Sign out',
    answers: { 204: { description: 'The session has ended.' } },
    problems: [],
  },
  'POST /portal/session/sign-out-everywhere': {
    summary: 'End every session of this person',
    answers: { 204: { description: 'All sessions have ended.' } },
    problems: [],
  },
  'GET /portal/view': {
    summary: 'All that the page shows but earlier payments, and who is signed in',
    answers: ok('The view, with the session.', pageView),
    problems: ['not-found', ...asking],
  },
  'POST /portal/setup-intents': {
    summary: 'Begin to add a payment method',
    detail:
      "Answers what the page needs for Stripe's fields, and which invoices will be tried with the method. The same request again answers the same SetupIntent while that is open.",
    answers: ok('A SetupIntent at Stripe.', setupView),
    problems: [
      'not-found',
      'consent-missing',
      'changed-meanwhile',
      'too-many-requests',
      'refused-by-stripe',
      ...asking,
    ],
  },
  'POST /portal/setup-intents/{setupIntent}/confirm': {
    summary: 'Take over the method that was added at Stripe',
    detail: 'The SetupIntent is read from Stripe, whatever the page believes.',
    answers: view,
    problems: [
      ...changing,
      'setup-not-finished',
      'same-card',
      'consent-missing',
      'too-many-requests',
      ...asking,
    ],
  },
  'PUT /portal/roles': {
    summary: 'Set the primary and the backup',
    detail:
      'All in one: set either, swap them, or give the backup up with `"secondary": null`. Open invoices are tried again where that may help.',
    answers: view,
    problems: [...changing, 'same-card', 'consent-missing', 'replacement-needed', ...asking],
  },
  'PATCH /portal/methods/{method}': {
    summary: 'Change the expiry date or the billing address of a card',
    answers: view,
    problems: [...changing, 'refused-by-stripe', ...asking],
  },
  'DELETE /portal/methods/{method}': {
    summary: 'Remove a payment method',
    detail: '`primary` names the method that takes the place of a primary that is removed.',
    answers: view,
    problems: [...changing, 'method-in-use', 'method-needed', 'replacement-needed', ...asking],
  },
  'DELETE /portal/methods/{method}/consent': {
    summary: 'Withdraw the consent to a backup',
    answers: view,
    problems: [...changing, ...asking],
  },
  'GET /portal/payments': {
    summary: 'Recent invoices, as Stripe has them now',
    answers: ok('A page of invoices, newest first.', paymentsView),
    problems: ['not-found', 'too-many-requests', ...asking],
  },
  'GET /portal/cases/{invoice}': {
    summary: 'What happened with a failed invoice',
    answers: ok('The case with its timeline, in words that are safe to show.', caseView),
    problems: ['not-found'],
  },
  'POST /portal/cases/{invoice}/payments': {
    summary: 'Pay an open invoice in the page',
    detail:
      'Nothing else is charged for the invoice until `holdsUntil`. The page confirms the payment with Stripe under the client secret. The same request again answers the same secret.',
    answers: ok('A payment that the page may confirm.', paymentStart),
    problems: [
      'not-found',
      'case-ended',
      'payment-under-way',
      'case-held',
      'charging-stopped',
      'method-not-payable',
      'changed-meanwhile',
      'being-handed-back',
      'too-many-requests',
      ...asking,
    ],
  },
  'POST /portal/cases/{invoice}/look': {
    summary: 'Look at Stripe now: the page has finished a payment',
    answers: { 202: { description: 'It is looked at in a moment.', schema: looking } },
    problems: ['not-found', 'too-many-requests', ...asking],
  },
  'PUT /portal/billing-info': {
    summary: 'Change whom invoices are made out to',
    detail: 'The mail address is where invoices go; it makes nobody a member.',
    answers: billing,
    problems: [...changing, 'refused-by-stripe', ...asking],
  },
  'POST /portal/tax-ids': {
    summary: 'Add a tax id',
    answers: billing,
    problems: [...changing, 'tax-id-form', 'refused-by-stripe', ...asking],
  },
  'DELETE /portal/tax-ids/{taxId}': {
    summary: 'Remove a tax id',
    answers: billing,
    problems: [...changing, 'refused-by-stripe', ...asking],
  },
  'POST /portal/members': {
    summary: 'Invite a member',
    answers: members,
    problems: [...changing, 'already-member', 'too-many-members', ...asking],
  },
  'PATCH /portal/members/{member}': {
    summary: "Change a member's name or role",
    answers: members,
    problems: [...changing, 'last-owner', ...asking],
  },
  'DELETE /portal/members/{member}': {
    summary: 'Remove a member',
    answers: members,
    problems: [...changing, 'last-owner', ...asking],
  },
} as const satisfies Readonly<Record<CustomerRoute, RouteDescription>>;
