import type { SafeReason } from '../../domain/decline/decline.ts';
import type { Direction, LocaleFile, Spoken } from '../../text/speak.ts';

export const direction: Direction = 'ltr';

/** What happened to a method that was tried. */
const reason = {
  declined: 'The bank declined the payment.',
  insufficient_funds: 'There was not enough money available.',
  incorrect_details: 'Some of the card details are not right.',
  expired: 'The card has expired.',
  authentication: 'The bank wanted you to confirm the payment yourself.',
  try_again: 'The bank’s systems could not process the payment.',
  not_supported: 'This card cannot be used for this kind of payment.',
  unusable: 'This payment method can no longer be used.',
} as const satisfies Record<SafeReason, string>;

/** What helps while the invoice is open; where it is paid takes any card and lets the bank ask. */
const payNow = {
  declined: 'You can ask your bank why, or pay now with another card.',
  insufficient_funds:
    'You can pay now with another card, or with {yours} as soon as there is enough money.',
  incorrect_details: 'You can pay now by entering the card again, or with another card.',
  expired: 'You can pay now with your new card, or with another one.',
  authentication: 'You can pay now: the bank then asks you to confirm it.',
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
    'To avoid this next time, enter your primary card again on your billing page and confirm it there.',
  try_again:
    'Trouble at the bank usually passes by itself: there is nothing that you have to do. At your next renewal, we will charge your primary payment method first, as always.',
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
    lastTry: 'Next and last try',
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
    methods: 'Check payment methods',
    open: 'Open your billing page',
    updateCard: 'Update the card',
    billingPage: 'This opens your billing page at {business}. You may have to sign in.',
    atStripe: 'Or pay at Stripe, our payment provider',
    confirmAtStripe: 'Or confirm it at Stripe, our payment provider',
    invoiceAtStripe: 'See the invoice at Stripe, our payment provider',
  },
  reason,
  payNow,
  beforeRenewal,
  next: {
    again: 'If you do nothing, we will try again on {day}.',
    lastTime: 'If you do nothing, we will try one last time on {day}.',
    other:
      'Please add another card before {day}: on that day, we will try the payment methods that are on your billing page.',
    never: 'We will not try again automatically: please pay the invoice yourself.',
    noChange:
      'Nothing changes for now: we will write to you before your access or your subscription is affected.',
  },
  secondaryCharged: {
    subject: '{business} charged {amount} to your backup {charged}',
    preheader: 'The invoice is paid. There is nothing to pay now.',
    title: 'Your invoice is paid: we charged your backup',
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
    noMethod: 'There is no payment method on your billing page that we could charge.',
    noMethodRemedy:
      'Please pay the invoice now with a card of your choice. We keep the card on your billing page for your next payments.',
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
    again: 'If you do nothing, we will try again on {day}, but the bank may ask again.',
    lastTime: 'If you do nothing, we will try one last time on {day}, but the bank may ask again.',
    never: 'We will not try again automatically.',
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
    preheader: 'This takes a few business days. There is nothing to pay now.',
    title: 'We are debiting your bank account',
    titleInstead: 'We are debiting your backup payment method',
    debited:
      'For the invoice below, we are debiting your {debited}. This takes a few business days.',
    debitedInstead:
      'To keep your service running, we are debiting your backup {debited} instead, as you agreed. This takes a few business days.',
    meanwhile:
      'Please keep enough money in the account; there is nothing else to do. In the meantime, we charge nothing else for this invoice. Should the debit fail, we will write to you.',
  },
  debitReturned: {
    subject: 'Your bank returned our debit of {amount} for {business}',
    title: 'Your bank returned our debit: the invoice is not paid',
    returned: 'We tried to debit {yours}, and the bank did not let the debit through. {reason}',
    help: 'You can pay now with another payment method.',
    helpOfDeclined:
      'You can pay now with another payment method. Your bank can tell you why it returned the debit.',
  },
  lastTryAhead: {
    subject: 'We will try your payment of {amount} to {business} one last time',
    preheader: 'On {day}. After that, we will not try again automatically.',
    title: 'We will try your payment one last time on {day}',
    plan: 'Your invoice is not paid yet. On {day}, we will try to charge your payment methods for the last time.',
    otherwise: {
      nothing: 'If that fails too, the invoice stays open until you pay it yourself.',
      accessEnds:
        'If that fails too and you do not pay, your access is suspended some days later. We will tell you the exact day first.',
      accessEndsAndCanceled:
        'If that fails too and you do not pay, your subscription is canceled and your access ends some days later. We will tell you the exact day first.',
      accessEndsAndPaused:
        'If that fails too and you do not pay, your subscription is paused and your access suspended some days later. We will tell you the exact day first.',
      canceled:
        'If that fails too and you do not pay, your subscription is canceled some days later. We will tell you the exact day first.',
      paused:
        'If that fails too and you do not pay, your subscription is paused some days later. We will tell you the exact day first.',
    },
    payNow: 'You can also pay now with any card. Then we will not charge this invoice again.',
  },
  endAhead: {
    headline: {
      accessEnds: 'Pay before {day} to keep your access to {business}',
      canceled: 'Pay before {day} to keep your subscription to {business}',
      paused: 'Pay before {day}, or your subscription to {business} will be paused',
    },
    preheader: 'Your invoice of {amount} is not paid.',
    plan: 'Your invoice is not paid, and we will not charge you again automatically.',
    unless: {
      accessEnds:
        'If the invoice is not paid before {day}, we will suspend your access on that day.',
      accessEndsAndCanceled:
        'If the invoice is not paid before {day}, we will cancel your subscription on that day, and your access ends.',
      accessEndsAndPaused:
        'If the invoice is not paid before {day}, we will pause your subscription and suspend your access on that day.',
      canceled:
        'If the invoice is not paid before {day}, we will cancel your subscription on that day.',
      paused:
        'If the invoice is not paid before {day}, we will pause your subscription on that day.',
    },
    goOn: 'If you pay before then, everything goes on as before.',
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
        'The invoice is still due. Paying it does not restart the subscription: if you want to come back, reply to this email and we will help you.',
      accessEndsAndPaused:
        'As soon as you pay, your subscription resumes and you have access again.',
      canceled:
        'The invoice is still due. Paying it does not restart the subscription: if you want to come back, reply to this email and we will help you.',
      paused: 'As soon as you pay, your subscription resumes.',
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
      added: 'Your {card} was added to your payment methods',
      changed: 'Your {card} was changed',
      removed: 'Your {card} was removed',
      made_primary: 'Your {card} is your primary payment method now',
      made_backup: 'Your {card} is your backup now',
      no_backup: 'Your {card} is no longer your backup',
    },
    preheader: 'If you expected this, there is nothing to do.',
    each: {
      added: 'Your {card} was added to your payment methods.',
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
      'Our records show that you agreed: {business} may charge your {card} when a payment with your primary payment method fails.',
    told: 'We will write to you each time that happens. You can withdraw your agreement at any time on your billing page.',
  },
  consentWithdrawn: {
    subject: 'Your {card} is no longer your backup',
    preheader: 'You have no backup payment method now.',
    title: 'We will no longer charge your backup',
    withdrawn:
      'Your agreement was withdrawn: we will no longer charge your {card} when a payment with your primary payment method fails. We will write to you instead.',
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
      invited: '{who} was invited to your billing page',
      role_changed: '{who} has another role on your billing page',
      removed: '{who} was removed from your billing page',
    },
    invited: {
      owner:
        '{who} was invited as an owner: they can manage payment methods, pay invoices, and decide who has access.',
      viewer:
        '{who} was invited as a viewer: they see payment methods and invoices, and can change nothing.',
    },
    role_changed: {
      owner:
        '{who} is an owner now: they can manage payment methods, pay invoices, and decide who has access.',
      viewer:
        '{who} is a viewer now: they see payment methods and invoices, and can change nothing.',
    },
    somebody: 'Somebody',
    removed: '{who} was removed and can no longer sign in to this billing page.',
  },
  invitation: {
    subject: 'You were invited to a billing page at {business}',
    preheader: 'You need no password.',
    title: 'You were invited to a billing page',
    by: '{who} invited you to the billing page of their subscription at {business}.',
    byStaff: 'We invited you to the billing page of a subscription at {business}.',
    owner: 'As an owner you can manage payment methods, pay invoices, and decide who has access.',
    viewer: 'As a viewer you see payment methods and invoices, and can change nothing.',
    howTo: 'Open the page and enter {address}. We then send you a link that signs you in.',
    notYou: 'If you did not expect this, you can ignore this email.',
    button: 'Open the billing page',
    note: 'You need no password.',
  },
  extensionGranted: {
    subject: 'Your access to {business} is extended until {day}',
    preheader: 'You have more time to pay.',
    title: 'Your access is extended until {day}',
    granted:
      'You have access until {day}, even while an invoice is unpaid. Please use the time to pay what is open on your billing page.',
    after: 'If something is still open on that day, your access may end.',
  },
  bankAccountVerification: {
    subject: '{business}: please confirm your {account}',
    preheader: 'A very small deposit shows us that the account is yours.',
    title: 'A small deposit, then confirm your bank account',
    deposits:
      'To use your {account}, we have to know that it is yours. Stripe, our payment provider, sends one or two very small deposits to it, which should be there by {day}.',
    howTo:
      'Once they are on your statement, open the page below and enter the code beside the deposit, or the amounts, as it asks. We cannot charge this account before that.',
    notYou: 'If you do not know this account, do not confirm it, and reply to this email.',
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
      'This change came from Stripe, our payment provider, on {day}. If you did not expect it, reply to this email.',
    notYou:
      'Was it not you or somebody you trust? Reply to this email right away, and we will help you. At the bottom of your billing page, you can also choose “Sign out everywhere”.',
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
        ahead: 'Your {card}, which pays for your subscription, expires at the end of {month}.',
        over: 'Your {card}, which pays for your subscription, expired at the end of {month}.',
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
        'Your payment on {day} comes before that. For the payments after it, please update the card on your billing page or choose another one.',
      secondary:
        'Please update it on your billing page or choose another backup before your next payment on {day}. We cannot charge an expired card.',
    },
    newDate:
      'If your new card has the same number, you only have to change the date. Some banks send us the new date: if your billing page already shows it, you can ignore this email.',
  },
  addressUnreachable: {
    subject: {
      bounce: 'Our emails to {address} do not arrive',
      complaint: 'We no longer write to {address}',
    },
    preheader: 'You get our emails as before.',
    happened: {
      bounce: 'An email that we sent to {address} came back: the address does not accept it.',
      complaint: 'An email that we sent to {address} was reported as spam, perhaps by accident.',
    },
    stopped:
      'So we send nothing to that address any more: nothing about payments, and no links to sign in.',
    remedy:
      'If the address should get our emails, reply to this email and we will help you. Otherwise, you can invite the person again on your billing page, with another address, and remove this one.',
  },
  signIn: {
    subject: 'Sign in to your billing page at {business}',
    preheader: 'The link works once and expires after 10 minutes.',
    title: 'Your link to sign in',
    asked:
      'This is the link that you, or somebody who knows your address, asked for. It leads to your payment methods and invoices on the billing page at {business}.',
    link: 'It signs you in once and expires after 10 minutes. After that, you can ask for a new one on the same page.',
    notYou: 'If you did not ask for it, ignore this email: without it, nobody can sign in as you.',
    button: 'Sign in',
    secret: 'Please do not pass this email on: whoever has the link can sign in as you.',
  },
} as const;

/** What a locale's file has: a sentence for each place. */
export type Sentences = LocaleFile<typeof sentences>;

/** The sentences, ready to be said. */
export type Text = Spoken<typeof sentences>;
