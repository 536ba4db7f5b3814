import {
  type Answers,
  body,
  broken,
  type PageState,
  pageState,
  press,
  problem,
  silence,
} from './page-state.ts';
import { session, twoCustomers, view } from './samples.ts';

const nobody: Answers = {
  'GET /portal/view': problem(401, 'not-signed-in'),
  'GET /portal/session': problem(401, 'not-signed-in'),
};

const asks = (name: string, more: Parameters<typeof pageState>[2]): PageState =>
  pageState('signing in', name, more);

const address = (text: string) => ({ does: 'fill', what: 'signIn.email', text }) as const;
const send = press('signIn.submit');
const mailed = 'ada.augusta.king-noel.countess.of.lovelace@analytical-engines.example';

/** Before anybody is in, and where the page cannot be shown. */
export const arrivalStates: readonly PageState[] = [
  asks('nobody is signed in', { answers: nobody, shows: 'signIn.hint' }),
  asks('a wrong address', {
    answers: nobody,
    steps: [address('ada'), send],
    shows: 'signIn.wrongEmail',
  }),
  asks('the mail is on its way', {
    answers: { ...nobody, 'POST /portal/login': body({}) },
    steps: [address(mailed), send],
    shows: 'signIn.sent',
  }),
  asks('asked too often', {
    answers: { ...nobody, 'POST /portal/login': problem(429, 'too-many-requests') },
    steps: [address('ada@customer.example'), send],
    shows: 'problem.too-many-requests',
  }),
  asks('the link is opened', {
    address: '/#/sign-in/token',
    answers: { 'POST /portal/session': silence },
    shows: 'signIn.opening',
  }),
  asks('the link was used before', {
    address: '/#/sign-in/token',
    answers: { ...nobody, 'POST /portal/session': problem(410, 'link-used-up') },
    shows: 'problem.link-used-up',
  }),
  asks('the session has ended', {
    answers: {
      'GET /portal/view': body(view()),
      'GET /portal/session': body(session()),
      'DELETE /portal/methods/pm_mastercard/consent': problem(401, 'not-signed-in'),
    },
    steps: [press('actions.withdraw', 'secondary'), press('dialog.save', 'dialog')],
    shows: 'signIn.ended',
  }),
  asks('signed out', {
    answers: { 'GET /portal/view': body(view()), 'DELETE /portal/session': body(null) },
    steps: [press('page.signOut')],
    shows: 'signIn.signedOut',
  }),
  asks('one of two customers is to be chosen', {
    answers: {
      'GET /portal/view': problem(409, 'no-customer-chosen'),
      'GET /portal/session': body(session({ customers: twoCustomers, customer: null, role: null })),
    },
    shows: 'choose.hint',
  }),
  pageState('waiting and trouble', 'loading', {
    answers: { 'GET /portal/view': silence, 'GET /portal/session': silence },
    shows: 'page.loading',
  }),
  pageState('waiting and trouble', 'failing', {
    answers: { 'GET /portal/view': broken, 'GET /portal/session': broken },
    shows: 'trouble.failing',
  }),
  pageState('waiting and trouble', 'our payment partner does not answer', {
    answers: {
      'GET /portal/view': problem(503, 'stripe-unavailable'),
      'GET /portal/session': body(session()),
    },
    shows: 'problem.stripe-unavailable',
  }),
  pageState('waiting and trouble', 'offline from the start', {
    answers: { 'GET /portal/view': [...problem(503, 'internal'), ...broken] },
    steps: [{ does: 'lose_connection' }, press('trouble.retry')],
    shows: 'trouble.offline',
  }),
  pageState('waiting and trouble', 'the connection is lost', {
    answers: { 'GET /portal/view': body(view()) },
    steps: [{ does: 'see', what: 'banner.settled' }, { does: 'lose_connection' }],
    shows: 'trouble.lostConnection',
  }),
];
