import type { StripeElementLocale } from '@stripe/stripe-js';
import type { ProblemName, SafeReason } from '../../api/api-types.ts';
import type { Direction, LocaleFile, Spoken } from '../speak.ts';

/** The problems that the page has own words for; any other is told by `problem.other`. */
export type ToldProblem =
  | Extract<
      ProblemName,
      | 'not-signed-in'
      | 'not-allowed'
      | 'no-customer-chosen'
      | 'not-found'
      | 'case-ended'
      | 'payment-under-way'
      | 'case-held'
      | 'charging-stopped'
      | 'method-not-payable'
      | 'consent-missing'
      | 'same-card'
      | 'method-in-use'
      | 'method-needed'
      | 'replacement-needed'
      | 'setup-not-finished'
      | 'changed-meanwhile'
      | 'being-handed-back'
      | 'link-used-up'
      | 'refused-by-stripe'
      | 'too-many-requests'
      | 'stripe-unavailable'
      | 'invalid-request'
      | 'other-origin'
    >
  | 'other';

const problem = {
  'not-signed-in': 'Your session has ended. Sign in again.',
  'not-allowed': 'Only an owner may do this. Ask an owner of this account.',
  'no-customer-chosen': 'You have no access to this account any more.',
  'not-found': 'It is not there any more. The page now shows how things stand.',
  'case-ended': 'There is nothing left to pay for this invoice.',
  'payment-under-way': 'A payment for this invoice is under way. Wait until it has ended.',
  'case-held':
    'Payments for this invoice are on hold at the moment. Ask us if you want to pay now.',
  'charging-stopped': 'Payments are switched off at the moment. Try again later.',
  'method-not-payable':
    'This payment method cannot be used as it is. Update it, or use another one.',
  'consent-missing': 'Tick the box to agree first.',
  'same-card':
    'This is the same card as your primary. Where one is refused, the other is too: choose another card.',
  'method-in-use': 'A payment with it is under way. Remove it once that has ended.',
  'method-needed': 'It is needed for what is still to be paid. Add another payment method first.',
  'replacement-needed': 'Choose which payment method is to be the primary instead.',
  'setup-not-finished': 'Your bank has not accepted it yet. Enter it again, or use another one.',
  'changed-meanwhile':
    'Something was changed meanwhile, by somebody else or in another tab. The page now shows how things stand: repeat what you still want.',
  'being-handed-back': 'This invoice is not collected here any more. Contact us about it.',
  'link-used-up': 'This link does not work any more. A link works once, for 10 minutes.',
  'refused-by-stripe': 'This was not accepted. Check what you entered, or use another one.',
  'too-many-requests': 'That was tried too often. Wait a while, then try again.',
  'stripe-unavailable':
    'Our payment partner does not answer at the moment. Try again in a minute: nothing is done twice.',
  'invalid-request': 'Something in it does not fit. Check what you entered.',
  'other-origin': 'The browser was not let in. Reload the page and try again.',
  other: 'That did not work. Try again in a minute.',
} as const satisfies Record<ToldProblem, string>;

const reason = {
  declined: 'the bank declined it',
  insufficient_funds: 'there was not enough money on the account',
  incorrect_details: 'number, expiry date or security code did not fit',
  expired: 'the card has expired',
  authentication: 'the bank wants you to confirm the payment',
  try_again: 'the bank could not be reached',
  not_supported: 'the card does not allow this kind of payment',
  unusable: 'it can no longer be used',
} as const satisfies Record<SafeReason, string>;

export const direction: Direction = 'ltr';

/** What Stripe calls the language. */
export const stripeLocale: StripeElementLocale = 'en';

/**
 * Every sentence of the page in English; a locale is one file of this shape. What stands in braces
 * is filled in.
 */
export const sentences = {
  page: {
    title: 'Payment methods',
    loading: 'Loading your payment methods…',
    account: 'Your session',
    signOut: 'Sign out',
    signOutEverywhere: 'Sign out everywhere',
    signedInAs: 'Signed in as {email}',
    switchCustomer: 'Switch account',
    back: 'Back to {business}',
    viewer: 'You can see everything here. Only an owner can make changes.',
  },
  signIn: {
    title: 'Sign in',
    hint: 'Enter your mail address. If we know it, we send you a link that signs you in.',
    email: 'Mail address',
    submit: 'Email me a link',
    wrongEmail: 'Enter a whole mail address, such as ada@example.com.',
    sent: 'If we know {email}, a mail with a link is on its way. The link works once, for 10 minutes.',
    opening: 'Signing you in…',
    ended: 'Your session has ended. Sign in again to go on.',
    signedOut: 'You are signed out.',
  },
  choose: {
    title: 'Choose an account',
    hint: 'You manage more than one. Which one do you want to see?',
    owner: 'Owner',
    viewer: 'Viewer',
  },
  trouble: {
    offline: 'You are offline',
    offlineHint: 'The page goes on by itself when the connection is back.',
    failing: 'The page could not be loaded',
    failingHint: 'We did not get an answer. Nothing was changed. Try again in a minute.',
    retry: 'Try again',
    lostConnection: 'You are offline. What you see may be out of date.',
    noAnswer: 'We did not get an answer. Look whether the page shows your change, then try again.',
  },
  banner: {
    label: 'What is open',
    settled: 'Everything is paid. Nothing to do.',
    open: '{amount} for {invoice} is not paid yet: {next}',
    openUnknown: 'A payment for {invoice} failed: {next}',
    openMany: '{count} invoices are not paid yet. Each of them says below what happens next.',
    invoice: 'invoice {number}',
    anInvoice: 'your invoice',
    askedBack:
      'A payment of {amount} is being asked back through your bank. Contact us to settle it.',
    unpaidAfterEnd: '{amount} is not paid yet. Contact us to settle it.',
    suspended: 'Your access has ended. Paying what is open restores it.',
    grace: 'Your access goes on until {date}. Paying what is open keeps it.',
    extension: 'You have been given time until {date}.',
  },
  next: {
    tryAt: 'we try again on {when}.',
    trying: 'we are trying to collect it right now.',
    underWay: 'a payment is under way and may still complete.',
    yourPayment: 'you have begun to pay it here; until {when} nothing else is charged.',
    confirm: 'your bank wants you to confirm the payment. Press “Pay now”.',
    processing: 'a payment is on its way, and we look at it again on {when}.',
    held: 'nothing is charged until {when}.',
    nothing: 'we do not try again by ourselves. Pay now, or update your payment method.',
    end: 'we do not try again. Unless it is paid by {when}, {what}.',
    accessEnds: 'your access ends',
    canceled: 'your subscription is canceled',
    paused: 'your subscription is paused',
    and: '{first} and {second}',
    nothingFollows: 'it stays open',
  },
  cases: {
    title: 'Open invoices',
    heading: 'Open: {invoice}',
    payNow: 'Pay now',
    seeInvoice: 'See the invoice',
    tried: 'What was tried',
    loading: 'Loading…',
    noEntries: 'Nothing was tried yet.',
    failed: 'This could not be loaded.',
  },
  timeline: {
    paid: '{method} was charged: paid.',
    youPaid: 'You paid with {method}.',
    refused: '{method} was refused: {why}.',
    onItsWay: 'A payment from {method} is on its way.',
    notMade: '{method} was not charged after all.',
    debitPaid: 'The payment from {method} has arrived.',
    debitRefused: 'The payment from {method} came back: {why}.',
    started: 'You began to pay with {method}.',
    roundEnded: 'No method was left to try. The next try is on {when}.',
    roundEndedLast: 'No method was left to try. We do not try again by ourselves.',
    endAhead: 'Announced: unless it is paid by {when}, {what}.',
    ended: 'As announced: {what}.',
    retry: 'We were asked to try again.',
    hold: 'Charges were put on hold.',
    release: 'Charges go on.',
    handBack: 'This invoice is not collected here any more.',
    close: 'We closed this.',
    closedPaid: 'It is paid.',
    closedCanceled: 'The invoice was canceled.',
    closedNotCollected: 'Nothing is to be paid here any more.',
  },
  methods: {
    title: 'Payment methods',
    primary: 'Primary payment method',
    secondary: 'Secondary payment method',
    others: 'Other payment methods',
    primaryHint: 'Charged first, whenever a payment is due.',
    secondaryHint: 'Charged only when your primary is refused.',
    othersHint: 'Not charged by themselves.',
    noPrimary: 'You have no primary payment method. Without one nothing can be paid.',
    noSecondary: 'You have no secondary payment method. Add one, and a refused card stops nothing.',
    card: '{brand} ending in {last4}',
    bank: 'Bank account ending in {last4}',
    plainCard: 'Card',
    plainBank: 'Bank account',
    plainOther: 'Payment method',
    inWallet: 'in {wallet}',
    expires: 'Expires {month}',
    usable: 'Ready to use',
    expired: 'Expired {month}',
    refused: 'Refused on {when}: {why}.',
    refusedPlain: 'It cannot be charged at the moment. Update it, or contact us.',
    agreed: 'You agreed on {when} that it may be charged.',
    notAgreed: 'It is not charged: nobody agreed to that yet.',
  },
  actions: {
    update: 'Update',
    add: 'Add',
    makePrimary: 'Make primary',
    makeSecondary: 'Make secondary',
    remove: 'Remove',
    changeExpiry: 'Change expiry',
    withdraw: 'Stop using as secondary',
    agree: 'Agree',
  },
  dialog: {
    cancel: 'Cancel',
    save: 'Save',
    saving: 'Saving…',
    updatePrimary: 'Update your primary payment method',
    updateSecondary: 'Update your secondary payment method',
    addPrimary: 'Add a primary payment method',
    addSecondary: 'Add a secondary payment method',
    addSpare: 'Add a payment method',
    loadingFields: 'Loading the secure fields…',
    fieldsFailed:
      'The secure fields could not be loaded. Check your connection and whether something blocks js.stripe.com, then try again.',
    willTry: 'When you save, we charge it at once with {amount} for {invoice}.',
    willTryUnknown: 'When you save, we charge it at once with what is open for {invoice}.',
    willTryNothing: 'Nothing is charged when you save.',
    consentTitle: 'Your agreement',
    agreeFirst: 'Tick the box first. The fields for your card appear then.',
    notConfirmed: 'It was not confirmed. Try again, or use another payment method.',
    makePrimaryTitle: 'Make {method} your primary',
    makePrimaryHint: 'It is charged first from now on.',
    keepOld: 'Keep {method} as my secondary. If this box is empty, it is not charged any more.',
    makeSecondaryTitle: 'Make {method} your secondary',
    makeSecondaryHint: 'It is charged only when your primary is refused.',
    swapHint: '{method} becomes your primary.',
    replaces: '{method} is not your secondary any more.',
    mayCharge: 'If an invoice is open, it may be tried with it at once.',
    removeTitle: 'Remove {method}',
    removeHint: 'It is not charged any more, and its data are removed here.',
    removeSecondaryHint: 'You have no secondary payment method then.',
    replacement: 'Your primary from then on',
    withdrawTitle: 'Stop using {method} as secondary',
    withdrawHint:
      'It stays among your payment methods, and is not charged any more when your primary is refused.',
    expiryTitle: 'Change the expiry date of {method}',
    expiryHint:
      'If your bank sent you the same card with a new date. With another number use “Update”.',
    month: 'Month',
    year: 'Year',
    expiryPast: 'This date is over. Enter the one that is printed on the card.',
    payTitle: 'Pay {invoice}',
    payHint: '{amount} is charged at once.',
    payHintUnknown: 'What is open is charged at once.',
    payWith: 'Pay with',
    pay: 'Pay now',
    paying: 'Paying…',
  },
  status: {
    updated: 'Updated.',
    added: 'Added.',
    removed: 'Removed.',
    rolesChanged: 'Changed.',
    expiryChanged: 'The new expiry date is saved.',
    withdrawn: 'It is not your secondary any more.',
    paying: 'Paying the open invoice now…',
    payingMany: 'Paying the open invoices now…',
    paid: 'Paid: {invoice}.',
    settled: 'Nothing is left to pay for {invoice}.',
    refused: '{invoice} is not paid: {method} was refused, {why}. What comes next: {next}',
    stillOpen: '{invoice} is still open: {next}',
    processing:
      'The payment for {invoice} is on its way. Your bank may take days; you need not do anything.',
    confirm: 'Your bank wants you to confirm the payment for {invoice}. Press “Pay now”.',
    slow: 'This takes longer than usual. You may close the page: it goes on without you.',
    mayComplete: 'A payment that was started at {when} may still complete.',
  },
  help: {
    title: 'Help',
    contact: 'Questions? Write to {business}:',
    bank: 'Pay by bank account',
  },
  problem,
  reason,
} as const;

/** What a locale's file has: a sentence for each place. */
export type Sentences = LocaleFile<typeof sentences>;

/** The sentences, ready to be said. */
export type Text = Spoken<typeof sentences>;
