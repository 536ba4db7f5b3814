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
  try_again: "The bank's systems could not process the payment.",
  not_supported: 'This card cannot be used for this kind of payment.',
  unusable: 'This payment method cannot be used any more.',
} as const satisfies Record<SafeReason, string>;

/** What helps while the invoice is open; where it is paid takes any card and lets the bank ask. */
const payNow = {
  declined: 'You can ask your bank why, or pay with another card.',
  insufficient_funds:
    'You can pay with another card now, or with this one once there is enough money.',
  incorrect_details: 'You can pay now by entering the card again, or with another card.',
  expired: 'You can pay now with your new card, or with another one.',
  authentication: 'You can confirm it when you pay now.',
  try_again: 'This usually passes by itself. You can also pay now with another card.',
  not_supported: 'You can pay now with another card.',
  unusable: 'You can pay now with another card.',
} as const satisfies Record<SafeReason, string>;

/** What helps before the next renewal, once the backup has paid this one. */
const beforeRenewal = {
  declined: 'Your bank can tell you why it declined. You can also replace the card.',
  insufficient_funds: 'Please see that enough money is available by then.',
  incorrect_details: 'Please enter the card again on your billing page.',
  expired: 'Please enter your new card on your billing page.',
  authentication: 'The bank may ask for this again.',
  try_again: 'This usually passes by itself.',
  not_supported: 'Please replace it on your billing page.',
  unusable: 'Please replace it on your billing page.',
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
    amountDue: 'Amount due',
    amountPaid: 'Amount paid',
    paidWith: 'Paid with',
    invoice: 'Invoice',
    lastTry: 'Last try',
    payBefore: 'Pay before',
  },
  method: {
    endingIn: '{name} ending in {last4}',
    bankAccount: 'bank account',
    card: 'card',
    other: 'payment method',
  },
  action: {
    pay: 'Pay now',
    confirm: 'Confirm the payment',
    methods: 'Check your payment methods',
    billingPage: 'This opens your billing page at {business}. You may have to sign in first.',
    atStripe: 'Or pay on a page of Stripe, our payment provider',
    invoiceAtStripe: 'See the invoice on a page of Stripe, our payment provider',
  },
  reason,
  payNow,
  beforeRenewal,
  next: {
    again: 'We will try again on {day}. If you pay before then, we will not charge you again.',
    lastTime:
      'We will try once more, for the last time, on {day}. If you pay before then, we will not charge you again.',
    never:
      'We will not try again by ourselves. Please pay the invoice, so that your service can go on.',
  },
  secondaryCharged: {
    subject: 'We charged your backup {charged}',
    preheader: '{amount} to {business} is paid. There is nothing to pay now.',
    title: 'Your backup paid this invoice',
    failed: 'We could not charge your {failed}. {reason}',
    failedOfUnknown: 'We could not charge your primary payment method.',
    charged:
      'To keep your service running, we charged your backup {charged} instead, as you agreed. There is nothing more to pay.',
    attention: 'Your {failed} needs attention before your next renewal. {remedy}',
    attentionOfUnknown:
      'Your primary payment method needs attention before your next renewal. You can replace it on your billing page.',
  },
  paymentFailed: {
    subject: 'Your payment of {amount} to {business} failed',
    title: 'Your payment did not go through',
    noMethod: 'There is no payment method that we could charge.',
    noMethodRemedy: 'You can add one on your billing page and pay with it now.',
    one: 'We could not charge your {method}. {reason}',
    several: 'We could not charge your payment methods.',
    each: '{method}: {reason}',
  },
  authenticationNeeded: {
    subject: 'Please confirm your payment of {amount} to {business}',
    preheader: 'Your bank wants to hear from you before it lets the payment through.',
    title: 'Your bank wants you to confirm this payment',
    asked: 'We could not charge your {method}: the bank wants you to confirm the payment yourself.',
    howTo:
      'You can confirm it now on your billing page. It takes a minute, and the invoice is paid then.',
  },
  lastTryAhead: {
    subject: 'We will try your payment of {amount} to {business} one last time',
    preheader: 'On {day}. After that, we will not try again by ourselves.',
    title: 'One more try, then no more',
    plan: 'Your invoice is still not paid. On {day} we will try to charge your payment methods for the last time.',
    otherwise: {
      nothing: 'If that fails as well, the invoice stays unpaid until you pay it yourself.',
      accessEnds:
        'If that fails as well and you do not pay, your access ends some days later. We will write to you before.',
      accessEndsAndCanceled:
        'If that fails as well and you do not pay, your access ends and your subscription is canceled some days later. We will write to you before.',
      accessEndsAndPaused:
        'If that fails as well and you do not pay, your access ends and your subscription is paused some days later. We will write to you before.',
      canceled:
        'If that fails as well and you do not pay, your subscription is canceled some days later. We will write to you before.',
      paused:
        'If that fails as well and you do not pay, your subscription is paused some days later. We will write to you before.',
    },
    payNow: 'You can also pay now, with any card. Then we will not charge you again.',
  },
  endAhead: {
    headline: {
      accessEnds: 'Your access to {business} ends on {day}',
      canceled: 'Your subscription to {business} will be canceled on {day}',
      paused: 'Your subscription to {business} will be paused on {day}',
    },
    preheader: 'Unless your invoice of {amount} is paid before.',
    plan: 'Your invoice is not paid, and we will not try to charge it again by ourselves.',
    unless: {
      accessEnds: 'Unless it is paid before, your access ends on {day}.',
      accessEndsAndCanceled:
        'Unless it is paid before, your access ends and your subscription is canceled on {day}.',
      accessEndsAndPaused:
        'Unless it is paid before, your access ends and your subscription is paused on {day}.',
      canceled: 'Unless it is paid before, your subscription is canceled on {day}.',
      paused: 'Unless it is paid before, your subscription is paused on {day}.',
    },
    goOn: 'As soon as you pay, everything goes on as it is.',
  },
  dunningEnded: {
    headline: {
      accessEnds: 'Your access to {business} is suspended',
      canceled: 'Your subscription to {business} was canceled',
      paused: 'Your subscription to {business} is paused',
    },
    preheader: 'Your invoice of {amount} was not paid in time.',
    late: 'Your invoice was not paid by the day that we had told you.',
    accessEnds: 'Your access is suspended from now on.',
    canceled: 'Your subscription was canceled.',
    paused: 'Your subscription is paused.',
    comeBack: 'If you want to come back, reply to this email and we will help you.',
    accessReturns: 'You can still pay: as soon as the invoice is paid, you have access again.',
    goesOn: 'You can still pay: as soon as the invoice is paid, your subscription goes on.',
  },
  accessRestored: {
    subject: 'Your access to {business} is back',
    preheader: 'Your invoice of {amount} is paid.',
    title: 'Your access is back',
    thanks: 'Your invoice is paid, thank you. You have access again, as before.',
  },
  addressUnreachable: {
    subject: 'Our emails to {address} do not arrive',
    preheader: 'Please see that somebody reads what we write about your subscription.',
    title: 'We cannot reach one of you',
    bounced: 'An email that we sent to {address} came back: the address does not take it.',
    complained: 'An email that we sent to {address} was reported as spam.',
    stopped:
      'So we send nothing to that address any more: nothing about payments, and no links to sign in.',
    remedy:
      'You get our emails as before. On your billing page you can invite another address and remove this one. If the address is right, reply to this email and we will help you.',
    button: 'Open your billing page',
  },
  signIn: {
    subject: 'Sign in to your billing page at {business}',
    preheader: 'The link works once, for 10 minutes.',
    title: 'Sign in',
    asked:
      'Somebody, probably you, asked to sign in to your billing page at {business}. There you see your payment methods and invoices.',
    link: 'The link below signs you in. It works once, for 10 minutes. After that, ask for a new one on the page.',
    notYou: 'If it was not you, do nothing: nobody can sign in without this email.',
    button: 'Sign in',
    secret: 'Whoever has this link can sign in as you. Please do not pass this email on.',
  },
} as const;

/** What a locale's file has: a sentence for each place. */
export type Sentences = LocaleFile<typeof sentences>;

/** The sentences, ready to be said. */
export type Text = Spoken<typeof sentences>;
