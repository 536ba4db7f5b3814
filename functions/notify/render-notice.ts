import type { NoticeContent } from '../domain/messages.ts';
import {
  layoutMail,
  type MailReader,
  type MailText,
  type RenderedMail,
} from '../mail/layout-mail.ts';
import { accessRestored, dunningEnded, endAhead, lastTryAhead } from './end-mails.ts';
import { authenticationNeeded, paymentFailed, secondaryCharged } from './payment-mails.ts';

/**
 * The mail of a notice, in HTML and in text.
 * @param payPage Where the customer can pay the invoice in their own page.
 */
export function renderNotice(
  notice: NoticeContent,
  reader: MailReader,
  payPage: string,
): RenderedMail {
  const text = textOf(notice, reader, payPage);
  return { subject: text.subject, ...layoutMail(text, reader) };
}

function textOf(notice: NoticeContent, reader: MailReader, payPage: string): MailText {
  switch (notice.kind) {
    case 'secondary_charged':
      return secondaryCharged(notice, reader);
    case 'payment_failed':
      return paymentFailed(notice, reader);
    case 'authentication_needed':
      return authenticationNeeded(notice, reader, payPage);
    case 'last_try_ahead':
      return lastTryAhead(notice, reader);
    case 'end_ahead':
      return endAhead(notice, reader);
    case 'dunning_ended':
      return dunningEnded(notice, reader);
    case 'access_restored':
      return accessRestored(notice, reader);
  }
}
