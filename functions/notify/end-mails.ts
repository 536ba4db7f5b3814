import type { NoticeContent } from '../domain/messages.ts';
import type { MailReader, MailText } from '../mail/layout-mail.ts';
import { amountWords, dayWords } from './format.ts';
import { invoiceButton } from './invoice-button.ts';

type Of<Kind extends NoticeContent['kind']> = Extract<NoticeContent, { kind: Kind }>;
type Consequences = Pick<Of<'dunning_ended'>, 'access' | 'action'>;

export function lastTryAhead(notice: Of<'last_try_ahead'>, reader: MailReader): MailText {
  const { business } = reader.settings;
  const amount = amountWords(notice.amount, reader);
  const day = dayWords(notice.tryAt, reader);
  const follows = ahead(notice);
  return {
    subject: `We will try your payment of ${amount} to ${business.name} one last time`,
    preheader: `On ${day}. After that, we will not try again by ourselves.`,
    title: 'One more try, then no more',
    paragraphs: [
      `Your invoice is still not paid. On ${day} we will try to charge your payment methods for the last time.`,
      follows === null
        ? 'If that fails as well, the invoice stays unpaid until you pay it yourself.'
        : `If that fails as well and you do not pay, ${follows} some days later. We will write to you before.`,
      toBeSure(notice),
    ],
    facts: [
      ['Amount due', amount],
      ['Last try', day],
      ['Invoice', notice.invoiceNumber],
    ],
    action: invoiceButton('Pay this invoice', notice.hostedInvoiceUrl),
  };
}

export function endAhead(notice: Of<'end_ahead'>, reader: MailReader): MailText {
  const { business } = reader.settings;
  const day = dayWords(notice.endsAt, reader);
  const amount = amountWords(notice.amount, reader);
  return {
    subject: `${headlineAhead(notice, business.name)} on ${day}`,
    preheader: `Unless your invoice of ${amount} is paid before.`,
    title: `${headlineAhead(notice, business.name)} on ${day}`,
    paragraphs: [
      'Your invoice is not paid, and we will not try to charge it again by ourselves.',
      `Unless it is paid before, ${ahead(notice) ?? 'nothing more is tried'} on ${day}.`,
      payAndGoOn(notice),
    ],
    facts: [
      ['Amount due', amount],
      ['Pay before', day],
      ['Invoice', notice.invoiceNumber],
    ],
    action: invoiceButton('Pay this invoice', notice.hostedInvoiceUrl),
  };
}

export function dunningEnded(notice: Of<'dunning_ended'>, reader: MailReader): MailText {
  const { business } = reader.settings;
  const amount = amountWords(notice.amount, reader);
  return {
    subject: headlineOfEnd(notice, business.name),
    preheader: `Your invoice of ${amount} was not paid in time.`,
    title: headlineOfEnd(notice, business.name),
    paragraphs: [
      'Your invoice was not paid by the day that we had told you.',
      ...past(notice),
      returnWords(notice),
    ],
    facts: [
      ['Amount due', amount],
      ['Invoice', notice.invoiceNumber],
    ],
    action: invoiceButton('Pay this invoice', notice.hostedInvoiceUrl),
  };
}

export function accessRestored(notice: Of<'access_restored'>, reader: MailReader): MailText {
  const { business } = reader.settings;
  const amount = amountWords(notice.amount, reader);
  return {
    subject: `Your access to ${business.name} is back`,
    preheader: `Your invoice of ${amount} is paid.`,
    title: 'Your access is back',
    paragraphs: ['Your invoice is paid, thank you. You have access again, as before.'],
    facts: [
      ['Amount paid', amount],
      ['Invoice', notice.invoiceNumber],
    ],
    action: invoiceButton('See the invoice', notice.hostedInvoiceUrl),
  };
}

/** What follows, as the middle of a sentence; `null` where the customer notices nothing. */
function ahead({ access, action }: Consequences): string | null {
  const taken = [
    ...(access === 'suspend' ? ['your access ends'] : []),
    ...(action === 'cancel_subscription' ? ['your subscription is canceled'] : []),
    ...(action === 'pause_subscription' ? ['your subscription is paused'] : []),
  ];
  return taken.length === 0 ? null : taken.join(' and ');
}

const past = ({ access, action }: Consequences): readonly string[] => [
  ...(access === 'suspend' ? ['Your access is suspended from now on.'] : []),
  ...(action === 'cancel_subscription' ? ['Your subscription was canceled.'] : []),
  ...(action === 'pause_subscription' ? ['Your subscription is paused.'] : []),
];

function headlineAhead({ access, action }: Consequences, business: string): string {
  if (access === 'suspend') return `Your access to ${business} ends`;
  const verb = action === 'cancel_subscription' ? 'canceled' : 'paused';
  return `Your subscription to ${business} will be ${verb}`;
}

function headlineOfEnd({ access, action }: Consequences, business: string): string {
  if (access === 'suspend') return `Your access to ${business} is suspended`;
  return action === 'cancel_subscription'
    ? `Your subscription to ${business} was canceled`
    : `Your subscription to ${business} is paused`;
}

const toBeSure = ({ hostedInvoiceUrl }: Of<'last_try_ahead'>): string =>
  hostedInvoiceUrl === null
    ? 'If you would rather pay now, reply to this mail and we will help you.'
    : 'You can also pay now, with any card. Then we will not charge you again.';

const payAndGoOn = ({ hostedInvoiceUrl }: Of<'end_ahead'>): string =>
  hostedInvoiceUrl === null
    ? 'Please reply to this mail, and we will help you to pay.'
    : 'As soon as you pay, everything goes on as it is.';

/** What a payment still brings back. */
function returnWords({ access, action, hostedInvoiceUrl }: Of<'dunning_ended'>): string {
  if (action === 'cancel_subscription') {
    return 'If you want to come back, reply to this mail and we will help you.';
  }
  const how = hostedInvoiceUrl === null ? 'Reply to this mail to pay' : 'You can still pay';
  return access === 'suspend'
    ? `${how}: as soon as the invoice is paid, you have access again.`
    : `${how}: as soon as the invoice is paid, your subscription goes on.`;
}
