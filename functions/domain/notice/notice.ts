import type { CustomerId } from '../ids.ts';
import { type Instant, minuteMs } from '../time.ts';
import type { AddressFault } from './mail-address.ts';
import type { SuppressionCause } from './suppression.ts';

/** One mail to one recipient about one fact: claimed before it is sent, confirmed after. */
export interface Notice {
  readonly customer: CustomerId;
  /** Kind, fact and recipient (hashed), which together name the mail. */
  readonly id: string;
  readonly status: NoticeStatus;
  readonly version: number;
}

export type NoticeStatus =
  | { readonly state: 'sending'; readonly since: Instant; readonly message: string }
  /** SES said that it did not take the mail. */
  | { readonly state: 'refused'; readonly why: string }
  | { readonly state: 'sent'; readonly messageId: string; readonly at: Instant }
  /** The reason for the mail was gone when it was to be sent. */
  | { readonly state: 'dropped'; readonly why: string; readonly at: Instant }
  /** Never sent: to this address nothing is, or can be. */
  | {
      readonly state: 'undeliverable';
      readonly why: SuppressionCause | AddressFault;
      readonly at: Instant;
    }
  /** SES took the mail and then did not send it: it found a virus in it. */
  | { readonly state: 'rejected'; readonly messageId: string; readonly at: Instant }
  | { readonly state: 'bounced'; readonly messageId: string; readonly at: Instant };

/**
 * How long a claimed mail is left to its sender. After that the sender is dead (its function's
 * time-out is half a minute) and SES's own Send event has had time to arrive.
 */
export const sendingLeaseMs = 5 * minuteMs;

export type NoticeStep = 'claim' | 'reclaim' | 'leave' | 'done';

/**
 * What to do about a mail, given what stands about it. One that another message is sending is
 * done as far as this message goes: should that sender die, its own message comes again.
 * @param message Id of the message that asks; the same one when it is delivered again.
 */
export function decideNotice(
  notice: Pick<Notice, 'status'> | null,
  message: string,
  now: Instant,
): NoticeStep {
  if (notice === null) return 'claim';
  switch (notice.status.state) {
    case 'sent':
    case 'dropped':
    case 'undeliverable':
    case 'rejected':
    case 'bounced':
      return 'done';
    case 'refused':
      return 'reclaim';
    case 'sending':
      if (now - notice.status.since >= sendingLeaseMs) return 'reclaim';
      return notice.status.message === message ? 'leave' : 'done';
  }
}

/** The next version of the record of a mail with another status. */
export const withStatus = <Mailed extends Pick<Notice, 'status' | 'version'>>(
  notice: Mailed,
  status: NoticeStatus,
): Mailed => ({
  ...notice,
  status,
  version: notice.version + 1,
});
