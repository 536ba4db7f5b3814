import type { WrittenNotice } from '../domain/notice/notice-content.ts';
import { layoutMail, type MailText, type RenderedMail } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import type { Pages } from './actions.ts';
import { addressUnreachable } from './address-mails.ts';
import { accessRestored, dunningEnded, endAhead, lastTryAhead } from './end-mails.ts';
import { authenticationNeeded, paymentFailed, secondaryCharged } from './payment-mails.ts';

/** The mail of a notice, in HTML and in text. */
export function renderNotice(
  notice: WrittenNotice,
  reader: MailReader,
  pages: Pages,
): RenderedMail {
  return layoutMail(writeNotice(notice, reader, pages), reader);
}

/** What the mail of a notice says. */
export function writeNotice(notice: WrittenNotice, reader: MailReader, pages: Pages): MailText {
  switch (notice.kind) {
    case 'secondary_charged':
      return secondaryCharged(notice, reader, pages);
    case 'payment_failed':
      return paymentFailed(notice, reader, pages);
    case 'authentication_needed':
      return authenticationNeeded(notice, reader, pages);
    case 'last_try_ahead':
      return lastTryAhead(notice, reader, pages);
    case 'end_ahead':
      return endAhead(notice, reader, pages);
    case 'dunning_ended':
      return dunningEnded(notice, reader, pages);
    case 'access_restored':
      return accessRestored(notice, reader, pages);
    case 'address_unreachable':
      return addressUnreachable(notice, reader, pages);
  }
}
