import type { NoticeStatus } from '../notice/notice.ts';
import { dayMs, type Instant } from '../time.ts';

/** One mail with a link to sign in, claimed before it is sent and confirmed after. */
export interface SignInMail {
  /** Id of the request that asked for it. */
  readonly id: string;
  readonly claimedAt: Instant;
  readonly status: NoticeStatus;
  readonly version: number;
}

/** SQS keeps a message for 14 days at most; its dead-letter queue may keep it as long again. */
const forgetMs = 30 * dayMs;

export const signInMailExpiresAt = ({ claimedAt }: SignInMail): Instant => claimedAt + forgetMs;

/** The mail tag that brings SES's events back to the record of the mail. */
export const signInMailTagName = 'sign-in-mail';

/** The id in the characters that SES allows in a tag's value. */
export const signInMailTag = ({ id }: SignInMail): string => Buffer.from(id).toString('base64url');

/** The id that {@link signInMailTag} wrote; `null` where there is none. */
export const parseSignInMailTag = (tag: string): string | null =>
  Buffer.from(tag, 'base64url').toString('utf8') || null;
