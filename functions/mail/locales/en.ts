import type { SafeReason } from '../../domain/decline/decline.ts';
import type { Direction, LocaleFile, Spoken } from '../../text/speak.ts';

export const direction: Direction = 'ltr';

/** What happened to a method that was tried. */
const reason = {
  declined: 'The bank declined the payment.',
  insufficient_funds: 'There was not enough money available.',
  incorrect_details: 'Some of the card details are not right.',
  expired: 'The card has expired.',
  authentication: 'The bank wants you to confirm the payment yourself.',
  try_again: 'The bank’s systems could not process the payment.',
  not_supported: 'This card cannot be used for this kind of payment.',
  unusable: 'This payment method can no longer be used.',
} as const satisfies Record<SafeReason, string>;

/** What helps while the invoice is open; where it is paid takes any card and lets the bank ask. */
const payNow = {
  declined: 'You can ask your bank why, or pay now with another card.',
  insufficient_funds:
    'You can pay now with another card, or with {yours} once there is enough money.',
  incorrect_details: 'You can pay now by entering the card again, or with another card.',
  expired: 'You can pay now with your new card, or with another one.',
  authentication: 'You can pay now and confirm the payment.',
  try_again: 'This usually passes by itself. You can also pay now with another card.',
  not_supported: 'You can pay now with another card.',
  unusable: 'You can pay now with another card.',
} as const satisfies Record<SafeReason, string>;

/** What helps before the next renewal, once the backup has paid this one. */
const beforeRenewal = {
  declined:
    'Before your next renewal, please ask your bank about your primary payment method, or replace it on your billing page.',
  insufficient_funds:
    'Please make sure that enough money is available before your next renewal, or choose another primary payment method on your billing page.',
  incorrect_details:
    'Please enter your primary card again on your billing page before your next renewal.',
  expired: 'Please enter your new card on your billing page before your next renewal.',
  authentication:
    'At your next renewal, the bank may want the same. If you enter your primary card again on your billing page, you can confirm it in advance.',
  try_again:
    'This usually passes by itself. At your next renewal, we will charge your primary payment method first, as always.',
  not_supported:
    'Please choose another primary payment method on your billing page before your next renewal.',
  unusable:
    'Please choose another primary payment method on your billing page before your next renewal.',
} as const satisfies Record<SafeReason, string>;

/**
 * Every sentence of every mail. Names in braces are filled in; a place may be said differently by a
 * business, and every language has the same places.
 */
export const sentences = {
  layout: {
    greeting: 'Hello {name},',
    greetingOfNobody: 'Hello,',
    questions: 'Questions? Reply to this email or write to {address}.',
  },
  fact: {
    amount: 'Amount',
    amountDue: 'Amount due',
    amountPaid: 'Amount paid',
    paidWith: 'Paid with',
    invoice: 'Invoice',
    nextTry: 'Next try',
    lastTry: 'Last try',
    payBefore: 'Pay before',
    debitedFrom: 'Debited from',
    card: 'Card',
    expires: 'Good through',
    nextPayment: 'Next payment',
  },
  method: {
    endingIn: '{name} ending in {last4}',
    bankAccount: 'bank account',
    card: 'card',
    other: 'payment method',
    /** The customer's own, as the sentences below want it where they say {yours}. */
    yours: {
      card: 'your {method}',
      bankAccount: 'your {method}',
      wallet: 'your {method}',
      other: 'your {method}',
    },
  },
  action: {
    pay: 'Pay now',
    confirm: 'Confirm the payment',
    methods: 'Check your payment methods',
    open: 'Open your billing page',
    updateCard: 'Update the card',
    billingPage: 'This opens your billing page at {business}. You may have to sign in.',
    atStripe: 'Or pay at Stripe, our payment provider',
    invoiceAtStripe: 'See the invoice at Stripe, our payment provider',
  },
  reason,
  payNow,
  beforeRenewal,
  next: {
    again: 'If you do nothing, we will try again on {day}.',
    lastTime: 'If you do nothing, we will try one last time on {day}.',
    other: 'On {day}, we will try the payment methods that are on your billing page then.',
    never: 'We will not try again automatically: please pay the invoice yourself.',
    noChange: 'Before anything changes for you, we will write to you again.',
  },
  secondaryCharged: {
    subject: '{business} charged {amount} to your backup {charged}',
    preheader: 'The invoice is paid. There is nothing to pay now.',
    title: 'We charged your backup payment method',
    failed: 'We could not charge {yours}. {reason}',
    failedOfUnknown: 'We could not charge your primary payment method.',
    charged:
      'To keep your service running, we charged your backup {charged} instead, as you agreed. There is nothing more to pay.',
    attentionOfUnknown:
      'Please check your primary payment method on your billing page before your next renewal.',
  },
  paymentFailed: {
    subject: 'Your payment of {amount} to {business} failed',
    title: 'Your payment did not go through',
    subjectOfNoMethod: 'Your payment of {amount} to {business} is open',
    titleOfNoMethod: 'Your invoice is not paid',
    noMethod: 'There is no payment method on your billing page that we could charge for it.',
    noMethodRemedy:
      'Please pay now with a card of your choice: it stays on your billing page for the next payments.',
    one: 'We could not charge {yours}. {reason}',
    several: 'We could not charge your payment methods.',
    each: '{method}: {reason}',
    either: 'We could not charge {yours} either. {reason}',
  },
  authenticationNeeded: {
    subject: 'Please confirm your payment of {amount} to {business}',
    preheader: 'It takes a minute on your billing page.',
    title: 'Your bank wants you to confirm this payment',
    asked: 'We could not charge {yours}: the bank wants you to confirm the payment yourself.',
    howTo:
      'Please confirm the payment now on your billing page. It takes a minute, and then the invoice is paid.',
  },
  recovered: {
    subject: 'Your payment of {amount} to {business} went through',
    preheader: 'The invoice is paid. There is nothing more to do.',
    title: 'Your payment went through',
    paid: 'We charged {yours}, and this time it worked. The invoice is paid, thank you.',
    paidOfUnknown: 'The invoice is paid now, thank you.',
    nothingToDo: 'There is nothing more to do.',
  },
  debitStarted: {
    subject: '{business} is debiting {amount} from your bank account',
    preheader: 'The bank takes a few business days.',
    title: 'We are debiting your bank account',
    titleInstead: 'We are debiting your backup payment method',
    debited:
      'For the invoice below, we are debiting your {debited}. The bank takes a few business days.',
    debitedInstead:
      'To keep your service running, we are debiting your backup {debited} instead, as you agreed. The bank takes a few business days.',
    meanwhile:
      'Please make sure that there is enough money in the account. Until the bank has answered, we charge nothing else for this invoice. If it sends the debit back, we will write to you.',
  },
  debitReturned: {
    subject: 'Your bank returned our debit of {amount} for {business}',
    title: 'Your bank returned the debit',
    returned: 'We debited {yours}, and the bank sent the debit back. {reason}',
    help: 'You can pay now with another payment method.',
    helpOfDeclined:
      'You can ask your bank why it sent the debit back, or pay now with another payment method.',
  },
  lastTryAhead: {
    subject: 'We will try your payment of {amount} to {business} one last time',
    preheader: 'On {day}. After that, we will not try again automatically.',
    title: 'We will try one last time on {day}',
    plan: 'Your invoice is not paid yet. On {day}, we will try to charge your payment methods for the last time.',
    otherwise: {
      nothing: 'If that fails too, the invoice stays open until you pay it yourself.',
      accessEnds:
        'If that fails too and you do not pay, your access is suspended some days later. We will write to you first and name the day.',
      accessEndsAndCanceled:
        'If that fails too and you do not pay, your subscription is canceled and your access ends some days later. We will write to you first and name the day.',
      accessEndsAndPaused:
        'If that fails too and you do not pay, your subscription is paused and your access suspended some days later. We will write to you first and name the day.',
      canceled:
        'If that fails too and you do not pay, your subscription is canceled some days later. We will write to you first and name the day.',
      paused:
        'If that fails too and you do not pay, your subscription is paused some days later. We will write to you first and name the day.',
    },
    payNow: 'You can also pay now with a card of your choice. Then there is no need for that try.',
  },
  endAhead: {
    headline: {
      accessEnds: 'Your access to {business} will be suspended on {day}',
      canceled: 'Your subscription to {business} will be canceled on {day}',
      paused: 'Your subscription to {business} will be paused on {day}',
    },
    preheader: 'Unless your invoice of {amount} is paid before that day.',
    plan: 'Your invoice is not paid, and we will not try to charge it again automatically.',
    unless: {
      accessEnds: 'If it is not paid before {day}, your access is suspended on that day.',
      accessEndsAndCanceled:
        'If it is not paid before {day}, your subscription is canceled and your access ends on that day.',
      accessEndsAndPaused:
        'If it is not paid before {day}, your subscription is paused and your access is suspended on that day.',
      canceled: 'If it is not paid before {day}, your subscription is canceled on that day.',
      paused: 'If it is not paid before {day}, your subscription is paused on that day.',
    },
    goOn: 'If you pay before then, everything stays as it is.',
  },
  dunningEnded: {
    headline: {
      accessEnds: 'Your access to {business} is suspended',
      canceled: 'Your subscription to {business} was canceled',
      paused: 'Your subscription to {business} is paused',
    },
    preheader: 'Your invoice of {amount} was not paid in time.',
    taken: {
      accessEnds: 'Your invoice was not paid in time, so we have suspended your access.',
      accessEndsAndCanceled:
        'Your invoice was not paid in time, so we have canceled your subscription. Your access has ended with it.',
      accessEndsAndPaused:
        'Your invoice was not paid in time, so we have paused your subscription and suspended your access.',
      canceled: 'Your invoice was not paid in time, so we have canceled your subscription.',
      paused: 'Your invoice was not paid in time, so we have paused your subscription.',
    },
    back: {
      accessEnds: 'As soon as you pay, you have access again.',
      accessEndsAndCanceled:
        'The invoice is still open. Paying it does not bring the subscription back: if you want to return, reply to this email and we will help you.',
      accessEndsAndPaused:
        'As soon as you pay, your subscription goes on and you have access again.',
      canceled:
        'The invoice is still open. Paying it does not bring the subscription back: if you want to return, reply to this email and we will help you.',
      paused: 'As soon as you pay, your subscription goes on.',
    },
  },
  accessRestored: {
    subject: 'Your access to {business} is back',
    preheader: 'Your invoice of {amount} is paid.',
    title: 'Your access is back',
    thanks: 'Your invoice is paid, thank you. You have access again, as before.',
  },
  methodsChanged: {
    subject: 'Your payment methods at {business} were changed',
    subjectOf: {
      added: '{card} was added to your payment methods',
      changed: 'Your {card} was changed',
      removed: 'Your {card} was removed',
      made_primary: 'Your {card} is your primary payment method now',
      made_backup: 'Your {card} is your backup now',
      no_backup: 'Your {card} is no longer your backup',
    },
    preheader: 'If you expected this, there is nothing to do.',
    each: {
      added: '{card} was added to your payment methods.',
      changed: 'The details of your {card} were changed.',
      removed: 'Your {card} was removed. We will not charge it again.',
      made_primary: 'Your {card} is your primary payment method now: we charge it first.',
      made_backup:
        'Your {card} is your backup now: we charge it when a payment with your primary payment method fails.',
      no_backup:
        'Your {card} is no longer your backup, and you have no other one. You can choose one on your billing page.',
    },
  },
  consentGiven: {
    subject: 'Your {card} is your backup now',
    preheader: 'We charge it only when a payment with your primary payment method fails.',
    title: 'You have a backup payment method',
    agreed:
      'You agreed that {business} may charge your {card} when a payment with your primary payment method fails.',
    recorded:
      '{business} recorded that you agreed to this: we may charge your {card} when a payment with your primary payment method fails.',
    told: 'We will write to you each time that happens. You can withdraw your agreement at any time on your billing page.',
  },
  consentWithdrawn: {
    subject: 'Your {card} is no longer your backup',
    preheader: 'You have no backup payment method now.',
    title: 'Your backup is turned off',
    withdrawn:
      'Your agreement was withdrawn: we will no longer charge your {card} when a payment with your primary payment method fails. If that happens, we will write to you.',
    again: 'You can choose a backup again at any time on your billing page.',
  },
  membersChanged: {
    subject: {
      invited: '{who} was invited to your billing page at {business}',
      role_changed: '{who} has another role on your billing page at {business}',
      removed: '{who} was removed from your billing page at {business}',
    },
    preheader: 'If you expected this, there is nothing to do.',
    title: {
      invited: 'Somebody was invited to your billing page',
      role_changed: 'A role on your billing page was changed',
      removed: 'Somebody was removed from your billing page',
    },
    invited: {
      owner:
        '{who} was invited as an owner: they can change payment methods and people, and pay invoices.',
      viewer:
        '{who} was invited as a viewer: they see payment methods and invoices, and can change nothing.',
    },
    role_changed: {
      owner: '{who} is an owner now: they can change payment methods and people, and pay invoices.',
      viewer:
        '{who} is a viewer now: they see payment methods and invoices, and can change nothing.',
    },
    somebody: 'Somebody',
    removed: '{who} was removed and can no longer sign in to this billing page.',
  },
  invitation: {
    subject: 'You were invited to a billing page at {business}',
    preheader: 'Sign in with this email address. You need no password.',
    title: 'You were invited to a billing page',
    by: '{who} invited you to the billing page of their subscription at {business}.',
    byStaff: 'We invited you to the billing page of a subscription at {business}.',
    owner: 'As an owner you can change payment methods and people, and pay invoices.',
    viewer: 'As a viewer you see payment methods and invoices, and can change nothing.',
    howTo: 'Open the page and enter this email address. We then send you a link that signs you in.',
    notYou: 'If you do not know what this is about, do nothing.',
    button: 'Open the billing page',
    note: 'You need no password.',
  },
  extensionGranted: {
    subject: 'Your access to {business} is extended until {day}',
    preheader: 'You have more time to pay.',
    title: 'Your access is extended until {day}',
    granted:
      'You have access until {day}, even while an invoice is unpaid. Please pay before then what is open on your billing page.',
    after: 'If something is still unpaid after that day, your access may end.',
  },
  bankAccountVerification: {
    subject: '{business}: please confirm your {account}',
    preheader: 'A very small deposit shows us that the account is yours.',
    title: 'Please confirm your bank account',
    deposits:
      'To use your {account}, we have to know that it is yours. Stripe, our payment provider, sends one or two very small deposits to it, which should be there by {day}.',
    howTo:
      'Once they are on your statement, open the page below: it asks for the code beside the deposit, or for the amounts. Until then we cannot charge this account.',
    notYou: 'If nobody who may has added this account, reply to this email.',
    button: 'Confirm the bank account',
    note: 'This opens a page of Stripe, our payment provider.',
  },
  cardUpdated: {
    subject: 'Your bank has updated your {card}',
    preheader: 'It is good through {month}. There is nothing to do.',
    title: 'Your card was updated',
    updated:
      'Your bank has sent us the new details of your card. We now have your {card}, good through {month}.',
    nothingToDo: 'There is nothing to do: we charge it as before.',
  },
  change: {
    byMember: '{who} made this change on {day}.',
    byFormer: 'Somebody who is no longer on your billing page made this change on {day}.',
    byStaff:
      'Our staff made this change on {day}. If you did not ask for it, reply to this email and we will look into it.',
    byNobody:
      'This change came from Stripe, our payment provider, on {day}. If it surprises you, reply to this email.',
    notYou:
      'If it was not you or somebody you trust: open your billing page, choose “Sign out everywhere” at its foot, put things right, and reply to this email.',
  },
  cardExpiring: {
    subject: {
      ahead: 'Your {card} expires at the end of {month}',
      over: 'Your {card} has expired',
    },
    preheader: 'Your next payment to {business} is on {day}.',
    title: {
      primary: { ahead: 'Your card expires soon', over: 'Your card has expired' },
      secondary: { ahead: 'Your backup card expires soon', over: 'Your backup card has expired' },
    },
    what: {
      primary: {
        ahead: 'Your subscription is charged to your {card}. It expires at the end of {month}.',
        over: 'Your subscription is charged to your {card}. It expired at the end of {month}.',
      },
      secondary: {
        ahead:
          'Your backup, your {card}, expires at the end of {month}. We charge it only when a payment with your primary payment method fails.',
        over: 'Your backup, your {card}, expired at the end of {month}. We charge it only when a payment with your primary payment method fails.',
      },
    },
    why: {
      next: 'Please update it on your billing page or choose another card before {day}. Otherwise your payment on that day may fail.',
      later:
        'Your payment on {day} comes before that. Please update the card on your billing page or choose another one for the payments after it.',
      secondary:
        'Please update it on your billing page or choose another backup before your next payment on {day}. An expired card cannot step in.',
    },
    newDate:
      'If your new card has the same number, you only have to change the date. Some banks send us the new date: if your billing page shows it already, there is nothing to do.',
  },
  addressUnreachable: {
    subject: {
      bounce: 'Our emails to {address} do not arrive',
      complaint: 'We no longer write to {address}',
    },
    preheader: 'You get our emails as before.',
    happened: {
      bounce: 'An email that we sent to {address} came back: the address does not take it.',
      complaint: 'An email that we sent to {address} was reported as spam, perhaps by accident.',
    },
    stopped:
      'So we send nothing to that address any more: nothing about payments, and no links to sign in.',
    remedy:
      'If the address should get our emails, reply to this email and we will help you. Otherwise, you can invite another one on your billing page and remove this one.',
  },
  signIn: {
    subject: 'Sign in to your billing page at {business}',
    preheader: 'The link works once and expires after 10 minutes.',
    title: 'Your link to sign in',
    asked:
      'Somebody, probably you, asked to sign in to your billing page at {business}. There you see your payment methods and invoices.',
    link: 'The link below signs you in. It works once and expires after 10 minutes; you can ask for a new one on the page.',
    notYou: 'If it was not you, do nothing: nobody can sign in without this email.',
    button: 'Sign in',
    secret: 'Whoever has this link can sign in as you. Please do not pass this email on.',
  },
} as const;

/** What a locale's file has: a sentence for each place. */
export type Sentences = LocaleFile<typeof sentences>;

/** The sentences, ready to be said. */
export type Text = Spoken<typeof sentences>;
