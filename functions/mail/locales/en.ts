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
  authentication:
    'The bank may ask for this again. If you enter the card anew on your billing page, you can confirm it in advance.',
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
  },
  action: {
    pay: 'Pay now',
    confirm: 'Confirm the payment',
    methods: 'Check your payment methods',
    updateCard: 'Update the card',
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
    noMethodRemedy: 'Please add one on your billing page.',
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
  recovered: {
    subject: 'Your payment of {amount} to {business} went through',
    preheader: 'The invoice is paid. There is nothing more to do.',
    title: 'Your payment went through',
    paid: 'We charged your {charged}, and this time it worked. The invoice is paid, thank you.',
    paidOfUnknown: 'The invoice is paid now, thank you.',
    nothingToDo: 'There is nothing more to do.',
  },
  debitStarted: {
    subject: 'We are debiting {amount} from your bank account',
    preheader: 'For your invoice from {business}. The bank takes a few business days.',
    title: 'Your payment is on its way',
    debited:
      'For the invoice below, we are debiting your {debited}. The bank takes a few business days.',
    debitedInstead:
      'To keep your service running, we are debiting your backup {debited} instead, as you agreed. The bank takes a few business days.',
    meanwhile:
      'Please see that there is enough money on the account. Until the debit has settled, we charge nothing else for this invoice.',
    after: 'Should the bank send the debit back, we will write to you.',
  },
  debitReturned: {
    subject: 'Your bank returned our debit of {amount}',
    title: 'Your bank returned the debit',
    returned: 'We debited your {method}, and the bank sent the debit back. {reason}',
    help: 'You can pay now with another payment method. Your bank can tell you why it sent the debit back.',
  },
  lastTryAhead: {
    subject: 'We will try your payment of {amount} to {business} one last time',
    preheader: 'On {day}. After that, we will not try again by ourselves.',
    title: 'One last try',
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
    comeBack:
      'You can still pay the invoice. If you want to come back, reply to this email and we will help you.',
    accessReturns: 'You can still pay: as soon as the invoice is paid, you have access again.',
    goesOn: 'You can still pay: as soon as the invoice is paid, your subscription goes on.',
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
    title: 'Your payment methods were changed',
    each: {
      added: '{card} was added.',
      changed: 'The details of your {card} were changed.',
      removed: 'Your {card} was removed. It will not be charged any more.',
      made_primary: 'Your {card} is your primary payment method now: it is charged first.',
      made_backup:
        'Your {card} is your backup now: it is charged when your primary payment method fails.',
      no_backup: 'Your {card} is no longer your backup.',
    },
  },
  consentGiven: {
    subject: 'Your {card} is your backup now',
    preheader: 'It is only charged when your primary payment method fails.',
    title: 'You have a backup payment method',
    agreed:
      'You agreed that {business} may charge your {card} when your primary payment method fails.',
    recorded:
      '{business} recorded that you agreed to this: your {card} may be charged when your primary payment method fails.',
    told: 'Each time that happens, we write to you. You can withdraw this at any time on your billing page.',
  },
  consentWithdrawn: {
    subject: 'Your {card} is no longer your backup',
    preheader: 'It is not charged any more when your primary payment method fails.',
    title: 'Your backup is not charged any more',
    withdrawn:
      'You no longer agree that your {card} is charged when your primary payment method fails. So it is not.',
    again: 'You can choose a backup again at any time on your billing page.',
  },
  membersChanged: {
    subject: 'The people on your account at {business} were changed',
    preheader: 'If you expected this, there is nothing to do.',
    title: 'The people on your account were changed',
    invited: {
      owner: '{who} was invited as an owner: they can change payment methods and people.',
      viewer: '{who} was invited as a viewer: they see everything and can change nothing.',
    },
    role_changed: {
      owner: '{who} is an owner now: they can change payment methods and people.',
      viewer: '{who} is a viewer now: they see everything and can change nothing.',
    },
    somebody: 'Somebody',
    removed: '{who} was removed and cannot sign in to this account any more.',
  },
  invitation: {
    subject: 'You were invited to the billing page of {business}',
    preheader: 'Sign in with this email address. You need no password.',
    title: 'You were invited',
    by: '{who} invited you to the billing page at {business}.',
    byStaff: '{business} invited you to its billing page.',
    owner: 'As an owner you can change payment methods and people, and pay invoices.',
    viewer: 'As a viewer you see payment methods and invoices, and can change nothing.',
    howTo: 'Open the page and enter this email address. We then send you a link that signs you in.',
    notYou: 'If you do not know what this is about, do nothing.',
    button: 'Open the billing page',
    note: 'You need no password.',
  },
  extensionGranted: {
    subject: 'You have access to {business} until {day}',
    preheader: 'Please use the time to put your payment right.',
    title: 'You have access until {day}',
    granted:
      'We have given you access until {day}, whatever is unpaid. Please use the time to check your payment methods and to pay what is open.',
    after: 'Nothing is charged by this email.',
  },
  bankAccountVerification: {
    subject: 'Please confirm your {account}',
    preheader: 'A small deposit shows us that the account is yours.',
    title: 'Please confirm your bank account',
    deposits:
      'To use your {account}, we have to know that it is yours. Stripe, our payment provider, sends a small deposit to it, which should be there by {day}.',
    howTo:
      'Once you see it in your statement, open the page below and enter what it asks for: the code or the amounts.',
    button: 'Confirm the bank account',
    note: 'This opens a page of Stripe, our payment provider.',
  },
  cardUpdated: {
    subject: 'Your bank has updated your {card}',
    preheader: 'It is good until {month}. There is nothing to do.',
    title: 'Your card was updated',
    updated:
      'Your bank has sent us the new details of your card. It is now your {card}, good until the end of {month}.',
    nothingToDo: 'There is nothing to do: we charge it as before.',
  },
  change: {
    byMember: '{who} did this on {day}.',
    byFormer: 'Somebody who is no longer on your account did this on {day}.',
    byStaff: 'Our staff did this on {day}.',
    byNobody: 'Nobody did this on your billing page: it came from our payment provider on {day}.',
    notYou:
      'If it was not you or somebody you trust, check your billing page and reply to this email at once. There you can also sign out everywhere.',
  },
  cardExpiring: {
    subject: {
      ahead: 'Your {card} expires at the end of {month}',
      over: 'Your {card} has expired',
    },
    preheader: 'Your next payment to {business} is on {day}.',
    title: {
      primary: { ahead: 'Your card expires soon', over: 'Your card has expired' },
      secondary: { ahead: 'Your backup expires soon', over: 'Your backup has expired' },
    },
    what: {
      primary: {
        ahead: 'We charge your subscription to your {card}. It expires at the end of {month}.',
        over: 'We charge your subscription to your {card}. It expired at the end of {month}.',
      },
      secondary: {
        ahead:
          'Your {card} is your backup: we charge it only when your primary payment method is refused. It expires at the end of {month}.',
        over: 'Your {card} is your backup: we charge it only when your primary payment method is refused. It expired at the end of {month}.',
      },
    },
    why: {
      next: 'Please update it on your billing page or choose another card, so that your payment on {day} goes through.',
      later:
        'Your payment on {day} comes before that. Please update the card on your billing page or choose another one, so that the payments after it go through.',
      secondary:
        'An expired card cannot stand in for the primary. Please update it on your billing page or choose another backup before your next payment on {day}.',
    },
    newDate:
      'If the number on your new card is the same, only the date has to be changed. Some banks send us the new date by themselves; your billing page shows the one that we have.',
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
