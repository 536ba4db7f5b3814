import { noticeTagName, parseNoticeTag } from '../../../functions/domain/notice/notice-tag.ts';
import type { LocalMail } from '../../cloud/records.ts';
import { readNoticeId } from './explain.ts';

/** A mail with the notice that it carries. */
export interface MailView {
  readonly mail: LocalMail;
  /** `undefined` for a mail that is none of our notices. */
  readonly notice:
    | {
        readonly id: string;
        readonly kind: string;
        readonly customer: string;
        readonly invoice: string | undefined;
      }
    | undefined;
}

/** The mails, newest first. */
export const viewMails = (mails: readonly LocalMail[]): readonly MailView[] =>
  mails.map(viewMail).sort((a, b) => b.mail.at - a.mail.at);

export function viewMail(mail: LocalMail): MailView {
  const tag = mail.tags[noticeTagName];
  const reference = tag === undefined ? null : parseNoticeTag(tag);
  if (reference === null) return { mail, notice: undefined };
  const { id, customer } = reference;
  return { mail, notice: { id, customer, ...readNoticeId(id) } };
}
