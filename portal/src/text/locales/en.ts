import type { StripeElementLocale } from '@stripe/stripe-js';
import type { Direction, LocaleFile, Spoken } from '../../../../functions/text/speak.ts';
import type { ProblemName, SafeReason } from '../../api/api-types.ts';

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
      | 'tax-id-form'
      | 'card-number'
      | 'being-handed-back'
      | 'already-member'
      | 'last-owner'
      | 'too-many-members'
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
  'no-customer-chosen': 'You no longer have access to this account.',
  'not-found': 'This is no longer there. The page now shows how things stand.',
  'case-ended': 'There is nothing left to pay for this invoice.',
  'payment-under-way': 'A payment for this invoice is under way. Wait until it has ended.',
  'case-held':
    'Payments for this invoice are on hold at the moment. Ask us if you want to pay now.',
  'charging-stopped': 'Payments are switched off at the moment. Try again later.',
  'method-not-payable':
    'This payment method cannot be used as it is. Update it, or use another one.',
  'consent-missing': 'Tick the box to agree first.',
  'same-card':
    'This is the same card as your primary. If one is declined, so is the other: choose a different card.',
  'method-in-use':
    'A payment with this method is under way. You can remove it once that has ended.',
  'method-needed':
    'This payment method is needed for what is still to be paid. Add another one first.',
  'replacement-needed': 'Choose which payment method is to be the primary instead.',
  'setup-not-finished':
    'Your bank has not accepted this payment method yet. Enter it again, or use another one.',
  'changed-meanwhile':
    'Something was changed meanwhile, by somebody else or in another tab, so we did not save this. Please look at what the page shows now, and try again if you still want to.',
  'tax-id-form':
    'This does not look like a number of that kind. Correct it, or choose another kind.',
  'card-number':
    'This looks like a card number. Please enter cards only in the secure fields for payment methods.',
  'being-handed-back': 'This invoice is no longer collected here. Please contact us about it.',
  'already-member':
    'Somebody with this email address already has access. Change their name or role in the list instead.',
  'last-owner':
    'An account needs an owner, and this is the only one. Make somebody else an owner first.',
  'too-many-members': 'No more people can be added. Remove somebody first.',
  'link-used-up': 'This link no longer works. Each link works once, for 10 minutes.',
  'refused-by-stripe': 'This was not accepted. Check what you entered, or use another one.',
  'too-many-requests': 'That was too many tries. Wait a while, then try again.',
  'stripe-unavailable':
    'Our payment partner is not answering at the moment. Try again in a minute: you will not be charged twice.',
  'invalid-request': 'Something you entered is not right. Please check it.',
  'other-origin': 'This did not come through. Reload the page and try again.',
  other: 'That did not work. Try again in a minute.',
} as const satisfies Record<ToldProblem, string>;

const reason = {
  declined: 'the bank did not approve the payment',
  insufficient_funds: 'there was not enough money on the account',
  incorrect_details: 'the number, expiry date or security code did not match',
  expired: 'the bank says that it has expired',
  authentication: 'the bank asked you to confirm the payment',
  try_again: 'the bank could not be reached',
  not_supported: 'the card does not allow this kind of payment',
  unusable: 'it can no longer be used',
} as const satisfies Record<SafeReason, string>;

/** What the reader can do about each of them. */
const remedy = {
  declined: 'Ask your bank why, or use another payment method.',
  insufficient_funds:
    'Make sure that there is enough on the account, or use another payment method.',
  incorrect_details: 'Please enter it again.',
  expired: 'Your bank may have sent you a new card: change the expiry date, or enter the new card.',
  authentication:
    'Where an invoice is open, confirm it with “Pay now”. Your bank may ask again next time.',
  try_again: 'It may well work next time.',
  not_supported: 'Use another payment method.',
  unusable: 'Please enter it again, or use another payment method.',
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
    hint: 'Enter your email address. If we know it, we send you a link that signs you in.',
    email: 'Email address',
    submit: 'Email me a link',
    wrongEmail: 'Enter a complete email address, such as ada@example.com.',
    sent: 'If we know {email}, an email with a link is on its way. The link works once, for 10 minutes.',
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
    offlineHint: 'The page continues by itself once you are back online.',
    failing: 'The page could not be loaded',
    failingHint: 'We did not get an answer. Nothing was changed. Try again in a minute.',
    retry: 'Try again',
    lostConnection: 'You are offline. What you see may be out of date.',
    notRead: 'We did not get an answer. Try again in a minute.',
    noAnswer: 'We did not get an answer. Check whether the page shows your change, then try again.',
  },
  banner: {
    label: 'What is open',
    settled: 'Everything is paid. Nothing to do.',
    settledPrimaryFails:
      'Everything is paid. Update your primary payment method, so that the next payment works too.',
    settledNoPrimary:
      'Everything is paid. Add a primary payment method, so that the next payment works too.',
    settledPrimaryExpires:
      'Everything is paid. Your primary expires at the end of this month: update it, or change its expiry date if your bank has renewed the card.',
    settledSecondaryFails:
      'Everything is paid. Update your secondary payment method, so that it can step in when your primary is declined.',
    settledSecondaryNotAgreed:
      'Everything is paid. Your secondary steps in only once you agree: press “Agree”.',
    open: '{amount} for {invoice} is not paid yet: {next}',
    openUnknown: 'What is due for {invoice} is not paid yet: {next}',
    openMany: '{count} invoices are not paid yet. Each of them says below what happens next.',
    invoice: 'invoice {number}',
    anInvoice: 'your invoice',
    askedBack:
      'A payment of {amount} is being asked back through your bank. Contact us to settle it.',
    unpaidAfterEnd: '{amount} is not paid yet. Contact us to settle it.',
    suspended: 'Your access has ended. Paying what is open restores it.',
    suspendedOtherwise: 'Your access has ended. Contact us to have it back.',
    grace: 'Your access goes on until {date}. Paying what is open keeps it.',
    extension: 'You have been given time until {date}.',
  },
  next: {
    tryAt: 'we try again on {when}.',
    trying: 'we are trying to collect it right now.',
    underWay: 'a payment is under way and may still complete.',
    yourPayment: 'you have started to pay it here; until {when} nothing else is charged.',
    confirm: 'your bank wants you to confirm the payment. Press “Pay now”.',
    processing: 'a payment is on its way, and we look at it again on {when}.',
    held: 'nothing is charged until {when}.',
    nothing: 'we will not retry automatically. Pay now, or update your payment method.',
    end: 'we will not retry automatically. Unless it is paid by {when}, {what}.',
    accessEnds: 'your access ends',
    canceled: 'your subscription is canceled',
    paused: 'your subscription is paused',
    and: '{first} and {second}',
    nothingFollows: 'it stays open',
    endWithout: 'we will not retry automatically. Please pay it by {when}.',
  },
  cases: {
    title: 'Open invoices',
    heading: 'Open: {invoice}',
    payNow: 'Pay now',
    goOnPaying: 'Continue paying',
    seeInvoice: 'See the invoice',
    tried: 'What was tried',
    loading: 'Loading…',
    noEntries: 'There are no attempts for this invoice yet.',
    failed: 'This could not be loaded. Close it and open it again to retry.',
  },
  timeline: {
    paid: 'Paid with {method}.',
    youPaid: 'You paid with {method}.',
    refused: '{method} was declined: {why}.',
    onItsWay: 'A payment from {method} is on its way.',
    notMade: '{method} was not charged after all.',
    debitPaid: 'The payment from {method} has arrived.',
    debitRefused: 'The payment from {method} was returned: {why}.',
    started: 'You started a payment with {method}.',
    roundEnded: 'No other payment method could be charged. The next attempt is on {when}.',
    roundEndedLast: 'No other payment method could be charged. We will not retry automatically.',
    endAhead: 'Unless it is paid by {when}, {what}.',
    ended: 'It was not paid in time: {what}.',
    retry: 'Another attempt was requested.',
    hold: 'Payments of this invoice were paused.',
    release: 'Payments of this invoice were resumed.',
    handBack: 'This invoice is no longer collected here.',
    close: 'We stopped collecting this invoice.',
    closedPaid: 'The invoice is paid.',
    closedCanceled: 'The invoice was canceled.',
    closedNotCollected: 'There is nothing left to pay here.',
  },
  methods: {
    title: 'Payment methods',
    primary: 'Primary payment method',
    secondary: 'Secondary payment method',
    others: 'Other payment methods',
    primaryHint: 'Your default: charged first when a payment is due.',
    secondaryHint: 'Charged only when your primary is declined.',
    othersHint: 'Charged only when you choose them.',
    noPrimary:
      'You have no primary payment method yet. Add one, so that your payments can go through.',
    noSecondary:
      'You have no secondary payment method yet. Add one, and we use it if your primary is declined.',
    card: '{brand} ending in {last4}',
    bank: 'Bank account ending in {last4}',
    plainCard: 'Card',
    plainBank: 'Bank account',
    plainOther: 'Payment method',
    inWallet: 'in {wallet}',
    expires: 'Expires {month}',
    usable: 'Ready to use',
    expired: 'Expired {month}',
    refused: 'Declined on {when}: {why}.',
    refusedPlain: 'We do not charge it at the moment. Use another payment method, or contact us.',
    agreed: 'You agreed on {when} that it may be charged.',
    notAgreed: 'Not active yet: it is charged only once you agree.',
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
    close: 'Close',
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
    agreeFirst: 'Once you agree, the fields for your payment method appear here.',
    notConfirmed: 'It was not confirmed. Try again, or use another payment method.',
    makePrimaryTitle: 'Make {method} your primary',
    makePrimaryHint: 'It is charged first from now on.',
    keepOld: 'Keep {method} as my secondary. Otherwise it is no longer charged automatically.',
    makeSecondaryTitle: 'Make {method} your secondary',
    agreeTitle: 'Agree that {method} is charged',
    makeSecondaryHint: 'It is charged only when your primary is declined.',
    swapHint: '{method} becomes your primary.',
    replaces: '{method} is then no longer your secondary.',
    mayCharge: 'We may then charge what is open to {method} at once.',
    mayChargeAmount: 'We may then charge {amount} for {invoice} to {method} at once.',
    removeTitle: 'Remove {method}',
    removeHint: 'It will no longer be charged, and its details are removed here.',
    removeSecondaryHint: 'You will then have no secondary payment method.',
    replacement: 'Your new primary',
    withdrawTitle: 'Stop using {method} as secondary',
    withdrawHint:
      'It stays among your payment methods, but is no longer charged when your primary is declined.',
    expiryTitle: 'Change the expiry date of {method}',
    expiryHint:
      'For when your bank sent you the same card with a new date. If the number is new as well, enter the new card instead.',
    month: 'Month',
    year: 'Year',
    expiryPast: 'That date is in the past. Enter the one that is printed on the card.',
    payTitle: 'Pay {invoice}',
    payHint: '{amount} is charged at once.',
    payHintUnknown: 'What is open is charged at once.',
    payWith: 'Pay with',
    pay: 'Pay now',
    paying: 'Paying…',
    payAmount: 'Pay {amount}',
    payWithNew: 'Use a new card or account',
    saveAndPay: 'Save and pay',
  },
  status: {
    updated: 'Your payment method is updated.',
    added: 'Your payment method is added.',
    removed: 'The payment method was removed.',
    rolesChanged: 'Your change is saved.',
    expiryChanged: 'The new expiry date is saved.',
    withdrawn: 'You no longer have a secondary payment method.',
    paying: 'Paying the open invoice now…',
    payingMany: 'Paying the open invoices now…',
    paid: 'Paid: {invoice}.',
    settled: 'Nothing is left to pay for {invoice}.',
    refused: '{invoice} is not paid yet. {method} was declined: {why}. What comes next: {next}',
    stillOpen: '{invoice} is still open: {next}',
    processing:
      'The payment for {invoice} is on its way. Your bank may take a few days; there is nothing for you to do.',
    confirm: 'Your bank wants you to confirm the payment for {invoice}. Press “Pay now”.',
    slow: 'This is taking longer than usual. You can close the page: it goes on without you.',
    mayComplete:
      'A payment that was started at {when} may still go through. You will not be charged twice.',
  },
  help: {
    title: 'Help',
    contact: 'Questions? Write to {business}:',
    bank: 'Pay by bank account',
  },
  problem,
  reason,
  billing: {
    title: 'Billing information',
    hint: 'Your invoices are made out to this name and address.',
    name: 'Name or company',
    email: 'Email address for invoices',
    phone: 'Phone',
    address: 'Address',
    missing: 'Not given',
    edit: 'Edit',
    editTitle: 'Edit billing information',
    editHint: 'It appears on your next invoices. Those already issued stay as they are.',
    emailHint: 'Invoices and receipts are sent there. Who can sign in does not change.',
    line1: 'Street and number',
    line2: 'Floor, building or department',
    postalCode: 'Postal code',
    city: 'Town or city',
    state: 'State, province or county',
    country: 'Country',
    noCountry: 'None chosen',
    tooLong: 'Use at most {count} characters.',
    taxIds: 'VAT and tax IDs',
    noTaxIds: 'No tax ID yet. If you add one, it appears on your invoices.',
    vat: 'VAT ID',
    taxNumber: 'Tax number',
    otherKind: 'Tax ID',
    kindOf: '{country}: {kind}',
    addTaxId: 'Add a VAT or tax ID',
    addTaxIdHint: 'It appears on your next invoices.',
    kind: 'Country and kind',
    noKind: 'Choose…',
    kindMissing: 'Choose the country and the kind of the number.',
    value: 'Number',
    valueMissing: 'Enter the number.',
    example: 'For example {example}',
    removeTaxId: 'Remove {value}',
    removeTaxIdHint: 'It will no longer appear on your next invoices.',
    verified: 'Verified',
    pending: 'Being checked, which can take some minutes',
    unverified: 'Not confirmed: check that the number is right',
    unavailable: 'Not checked',
    saved: 'Your billing information is saved.',
    taxIdAdded: '{value} was added.',
    taxIdRemoved: '{value} was removed.',
  },
  people: {
    title: 'People with access',
    hint: 'They sign in with a link that is sent to their email address.',
    you: 'You',
    owner: 'Owner: sees everything and can change it',
    viewer: 'Viewer: sees everything and can change nothing',
    bounced:
      'Our emails to this address come back, so we send nothing there any more. Invite another address instead, or ask us for help.',
    complained:
      'An email to this address was reported as spam, so we send nothing there any more. Ask us if you want it to get our emails again.',
    unmailable: 'We cannot send emails to this address. Invite another address instead.',
    invite: 'Invite',
    change: 'Change',
    inviteTitle: 'Invite somebody',
    inviteHint:
      'Tell them that they can sign in at {address} with this email address: we do not email them an invitation.',
    name: 'Name (optional)',
    role: 'What they may do',
    changeTitle: 'Change {who}',
    removeTitle: 'Remove {who}',
    removeHint: 'From now on, {who} can no longer see or change anything here.',
    removeYourself:
      'You will no longer see or change anything here. Only an owner can invite you again.',
    demoteYourself:
      'You will no longer be able to change anything here. Only another owner can make you an owner again.',
    invited: '{who} can sign in at {address} now.',
    changed: '{who}: the changes are saved.',
    removed: '{who} no longer has access.',
  },
  invoices: {
    title: 'Invoices',
    hint: 'All your invoices so far, and whether they are paid.',
    show: 'Show invoices',
    more: 'Show more',
    loading: 'Loading the invoices…',
    none: 'There are no invoices yet.',
    view: 'View',
    viewOf: 'View {invoice}',
    pdf: 'PDF',
    pdfOf: 'PDF of {invoice}',
    paid: 'Paid',
    open: 'Not paid yet',
    partlyOpen: '{amount} not paid yet',
    draft: 'In preparation',
    void: 'Canceled: nothing to pay',
    uncollectible: 'Not paid, and no longer collected',
  },
  remedy,
  brandChanged: {
    primary:
      'Your bank changed this card from {before} to {now}, so we do not charge it. Enter it once more with “Update”.',
    secondary:
      'Your bank changed this card from {before} to {now}. We charge it only once you agree again: press “Agree”.',
    spare:
      'Your bank changed this card from {before} to {now}. It can be charged again once you make it your primary or secondary.',
  },
} as const;

/** What a locale's file has: a sentence for each place. */
export type Sentences = LocaleFile<typeof sentences>;

/** The sentences, ready to be said. */
export type Text = Spoken<typeof sentences>;
