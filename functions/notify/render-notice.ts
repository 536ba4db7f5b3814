import type { NoticeContent } from '../domain/notice/notice-content.ts';
import { layoutMail, type MailText, type RenderedMail } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import type { Pages } from './actions.ts';
import { addressUnreachable } from './address-mails.ts';
import { debitReturned, debitStarted } from './debit-mails.ts';
import { accessRestored, dunningEnded, endAhead, lastTryAhead } from './end-mails.ts';
import { cardExpiring } from './expiry-mail.ts';
import type { People } from './find-people.ts';
import {
  bankAccountVerification,
  cardUpdated,
  consentGiven,
  consentWithdrawn,
  methodsChanged,
} from './method-mails.ts';
import {
  authenticationNeeded,
  paymentFailed,
  recovered,
  secondaryCharged,
} from './payment-mails.ts';
import { extensionGranted, invitation, membersChanged } from './people-mails.ts';

/** The mail of a notice, in HTML and in text. */
export function renderNotice(
  notice: NoticeContent,
  reader: MailReader,
  pages: Pages,
  people: People,
): RenderedMail {
  const text = writeNotice(notice, reader, pages, people);
  return layoutMail(text, reader);
}

/** What the mail of a notice says. */
export function writeNotice(
  notice: NoticeContent,
  reader: MailReader,
  pages: Pages,
  people: People,
): MailText {
  switch (notice.kind) {
    case 'secondary_charged':
      return secondaryCharged(notice, reader, pages);
    case 'recovered':
      return recovered(notice, reader, pages);
    case 'debit_started':
      return debitStarted(notice, reader, pages);
    case 'debit_returned':
      return debitReturned(notice, reader, pages);
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
    case 'methods_changed':
      return methodsChanged(notice, reader, pages, people);
    case 'consent_given':
      return consentGiven(notice, reader, pages, people);
    case 'consent_withdrawn':
      return consentWithdrawn(notice, reader, pages, people);
    case 'members_changed':
      return membersChanged(notice, reader, pages, people);
    case 'invitation':
      return invitation(notice, reader, pages, people);
    case 'extension_granted':
      return extensionGranted(notice, reader, pages);
    case 'bank_account_verification':
      return bankAccountVerification(notice, reader);
    case 'card_updated':
      return cardUpdated(notice, reader, pages);
    case 'card_expiring':
      return cardExpiring(notice, reader, pages);
    case 'address_unreachable':
      return addressUnreachable(notice, reader, pages, people);
  }
}
