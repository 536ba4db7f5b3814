import * as z from 'zod/mini';
import { type Notice, type NoticeStatus, withStatus } from '../domain/notice.ts';
import { noticeTagName, parseNoticeTag } from '../domain/notice-tag.ts';
import type { Clock, Log, Metrics } from '../domain/ports.ts';
import type { Records } from '../runtime/records.ts';

export interface MailEventDependencies {
  readonly records: Pick<Records, 'notice' | 'saveNotice'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** SES's events as EventBridge delivers them (SES Developer Guide, "SES events schema reference"). */
const mailEventSchema = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      messageId: z.string(),
      tags: z.record(z.string(), z.array(z.string())),
    }),
  }),
});

/** How often a notice is read anew when another writer came first. */
const mostTries = 5;

/**
 * Takes into the record what SES says of a mail: that it was sent, which settles a sender that
 * died before it could confirm, or that it came back.
 * @throws where the body is no SES event, or the notice kept changing.
 */
export async function recordMailEvent(
  { records, clock, log, metrics }: MailEventDependencies,
  body: unknown,
): Promise<void> {
  const { eventType, mail } = mailEventSchema.parse(body).detail;
  const reference = parseNoticeTag(mail.tags[noticeTagName]?.[0] ?? '');
  if (reference === null) {
    log.info('Event of a mail that is no notice', { eventType, mail: mail.messageId });
    return;
  }
  for (let tries = 0; tries < mostTries; tries += 1) {
    const notice = await records.notice(reference.customer, reference.id);
    const status = notice === null ? null : statusAfter(notice, eventType, mail.messageId);
    if (notice === null || status === null) return;
    if (!(await records.saveNotice(withStatus(notice, { ...status, at: clock.now() })))) continue;
    if (status.state === 'bounced') metrics.count('MailBounced');
    log.info('Mail event recorded', { eventType, mail: mail.messageId, ...reference });
    return;
  }
  throw new Error(`The notice ${reference.id} changed ${mostTries} times while it was read.`);
}

type Settled = Extract<NoticeStatus, { state: 'sent' | 'bounced' }>;

/** `null` where the event says nothing new; events come late, twice and in any order. */
function statusAfter(
  { status }: Notice,
  eventType: string,
  messageId: string,
): Omit<Settled, 'at'> | null {
  if (eventType === 'Send' && (status.state === 'sending' || status.state === 'refused')) {
    return { state: 'sent', messageId };
  }
  if (eventType === 'Bounce' && status.state !== 'bounced') return { state: 'bounced', messageId };
  return null;
}
