import type { NoticeContent } from '../domain/messages.ts';
import type { MailReader, MailText } from '../mail/layout-mail.ts';
import { amountWords, capitalise, dayWords } from './format.ts';
import { invoiceButton } from './invoice-button.ts';
import { beforeRenewalOfUnknown, methodWords, reasonWords } from './words.ts';

type Charged = Extract<NoticeContent, { kind: 'secondary_charged' }>;
type Failed = Extract<NoticeContent, { kind: 'payment_failed' }>;
type Unconfirmed = Extract<NoticeContent, { kind: 'authentication_needed' }>;

export function secondaryCharged(notice: Charged, reader: MailReader): MailText {
  const amount = amountWords(notice.amount, reader);
  const charged = methodWords(notice.charged);
  const failed = notice.failed === null ? 'primary method' : methodWords(notice.failed);
  const reason = notice.failedReason === null ? null : reasonWords[notice.failedReason];
  return {
    subject: `We charged your backup ${charged}`,
    preheader: `${amount} to ${reader.settings.business.name} is paid. There is nothing to pay now.`,
    title: 'Your backup paid this invoice',
    paragraphs: [
      `We could not charge your ${failed}. ${reason?.what ?? ''}`.trim(),
      `To keep your service running, we charged your backup ${charged} instead, as you agreed. There is nothing more to pay.`,
      `Your ${failed} needs attention before your next renewal. ${reason?.beforeRenewal ?? beforeRenewalOfUnknown}`,
    ],
    facts: [
      ['Amount paid', amount],
      ['Paid with', charged],
      ['Invoice', notice.invoiceNumber],
    ],
    action: invoiceButton('See the invoice', notice.hostedInvoiceUrl),
  };
}

export function paymentFailed(notice: Failed, reader: MailReader): MailText {
  const { business } = reader.settings;
  const amount = amountWords(notice.amount, reader);
  return {
    subject: `Your payment of ${amount} to ${business.name} failed`,
    preheader: nextWords(notice, reader),
    title: 'Your payment did not go through',
    paragraphs: [...failureWords(notice), helpWords(notice), nextWords(notice, reader)],
    facts: [
      ['Amount due', amount],
      ['Invoice', notice.invoiceNumber],
    ],
    action: invoiceButton('Pay this invoice', notice.hostedInvoiceUrl),
  };
}

/** @param payPage Where the customer's own page lets their bank ask them. */
export function authenticationNeeded(
  notice: Unconfirmed,
  reader: MailReader,
  payPage: string,
): MailText {
  const { business } = reader.settings;
  const amount = amountWords(notice.amount, reader);
  const [asked] = notice.failed.filter(({ reason }) => reason === 'authentication');
  const others = notice.failed.filter((each) => each !== asked);
  const method = asked === undefined ? 'payment method' : methodWords(asked.card);
  return {
    subject: `Please confirm your payment of ${amount} to ${business.name}`,
    preheader: 'Your bank wants to hear from you before it lets the payment through.',
    title: 'Your bank wants you to confirm this payment',
    paragraphs: [
      `We could not charge your ${method}: the bank wants you to confirm the payment yourself.`,
      ...others.map((each) => `${capitalise(methodWords(each.card))}: ${whatOf(each)}`),
      'You can confirm it now on your billing page. It takes a minute, and the invoice is paid then.',
      nextWords(notice, reader),
    ],
    facts: [
      ['Amount due', amount],
      ['Invoice', notice.invoiceNumber],
    ],
    action: {
      label: 'Confirm the payment',
      url: payPage,
      note: `This opens your billing page at ${business.name}. You may have to sign in first.`,
      ...(notice.hostedInvoiceUrl === null
        ? {}
        : {
            otherwise: {
              label: 'Or pay on a page of Stripe, our payment provider',
              url: notice.hostedInvoiceUrl,
            },
          }),
    },
  };
}

/** What was tried, and why it did not work. */
function failureWords({ failed }: Failed): readonly string[] {
  const [first, ...others] = failed;
  if (first === undefined) return ['There is no payment method that we could charge.'];
  if (others.length === 0) {
    return [`We could not charge your ${methodWords(first.card)}. ${whatOf(first)}`];
  }
  return [
    'We could not charge your payment methods.',
    ...failed.map((each) => `${capitalise(methodWords(each.card))}: ${whatOf(each)}`),
  ];
}

const whatOf = ({ reason }: Failed['failed'][number]): string => reasonWords[reason].what;

/** What helps with the method that was tried first: whoever pays now chooses the method anew. */
function helpWords({ failed: [first], hostedInvoiceUrl }: Failed): string {
  if (hostedInvoiceUrl === null) return 'Please reply to this mail, and we will help you to pay.';
  return first === undefined ? 'You can pay now with any card.' : reasonWords[first.reason].payNow;
}

function nextWords(notice: Failed | Unconfirmed, reader: MailReader): string {
  const { nextTryAt, nextIsLast, hostedInvoiceUrl } = notice;
  if (nextTryAt !== null) {
    const again = nextIsLast === true ? 'once more, for the last time,' : 'again';
    return `We will try ${again} on ${dayWords(nextTryAt, reader)}. If you pay before then, we will not charge you again.`;
  }
  const ask = 'Please pay the invoice, so that your service can go on.';
  return `We will not try again by ourselves.${hostedInvoiceUrl === null ? '' : ` ${ask}`}`;
}
