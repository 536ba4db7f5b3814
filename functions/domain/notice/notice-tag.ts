import { type CustomerId, customerId } from '../ids.ts';

/** Which notice a mail is. */
export interface NoticeReference {
  readonly customer: CustomerId;
  readonly id: string;
}

/** The mail tag that brings SES's events back to the notice. */
export const noticeTagName = 'notice';

/**
 * The notice's name in the characters that SES allows in a tag's value: ASCII letters, digits,
 * `_` and `-`, at most 256 (SES API, MessageTag).
 */
export const noticeTag = ({ customer, id }: NoticeReference): string =>
  Buffer.from(`${customer}\n${id}`).toString('base64url');

/** What {@link noticeTag} wrote; `null` for anything else. */
export function parseNoticeTag(tag: string): NoticeReference | null {
  const [customer, id, ...rest] = Buffer.from(tag, 'base64url').toString('utf8').split('\n');
  if (!customer || !id || rest.length > 0) return null;
  return { customer: customerId(customer), id };
}
