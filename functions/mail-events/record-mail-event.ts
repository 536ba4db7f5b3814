import * as z from 'zod/mini';
import { type Notice, type NoticeStatus, withStatus } from '../domain/notice/notice.ts';
import { noticeTagName, parseNoticeTag } from '../domain/notice/notice-tag.ts';
import type { Clock, Log, Metrics } from '../domain/ports.ts';
import { parseSignInMailTag, signInMailTagName } from '../domain/sign-in/sign-in-mail.ts';
import type { Records } from '../runtime/records.ts';

export interface MailEventDependencies {
  readonly records: Pick<Records, 'notice' | 'saveNotice' | 'signInMail' | 'saveSignInMail'>;
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
 * @throws where the body is no SES event, or the mail's record kept changing.
 */
export async function recordMailEvent(
  { records, clock, log, metrics }: MailEventDependencies,
  body: unknown,
): Promise<void> {
  const { eventType, mail } = mailEventSchema.parse(body).detail;
  const told = toldOf(records, (name) => mail.tags[name]?.[0] ?? '');
  if (told === null) {
    log.info('Event of a mail that is none of ours', { eventType, mail: mail.messageId });
    return;
  }
  for (let tries = 0; tries < mostTries; tries += 1) {
    const record = await told.read();
    const status = record === null ? null : statusAfter(record, eventType, mail.messageId);
    if (record === null || status === null) return;
    if (!(await record.save({ ...status, at: clock.now() }))) continue;
    if (status.state === 'bounced') metrics.count('MailBounced');
    log.info('Mail event recorded', { eventType, mail: mail.messageId, ...told.ids });
    return;
  }
  throw new Error(`The record of a mail changed ${mostTries} times while it was read.`);
}

/** The record of a mail, of whichever kind. */
interface MailRecord {
  readonly status: NoticeStatus;
  save(status: NoticeStatus): Promise<boolean>;
}

interface Told {
  readonly ids: Readonly<Record<string, string>>;
  read(): Promise<MailRecord | null>;
}

/** Whose record a mail's tags name. */
function toldOf(
  records: MailEventDependencies['records'],
  tag: (name: string) => string,
): Told | null {
  const notice = parseNoticeTag(tag(noticeTagName));
  if (notice !== null) {
    const read = () => records.notice(notice.customer, notice.id);
    return { ids: { ...notice }, read: async () => recordOf(await read(), records.saveNotice) };
  }
  const signInMail = parseSignInMailTag(tag(signInMailTagName));
  if (signInMail === null) return null;
  return {
    ids: { request: signInMail },
    read: async () => recordOf(await records.signInMail(signInMail), records.saveSignInMail),
  };
}

const recordOf = <Mailed extends Pick<Notice, 'status' | 'version'>>(
  mailed: Mailed | null,
  save: (mailed: Mailed) => Promise<boolean>,
): MailRecord | null =>
  mailed === null
    ? null
    : { status: mailed.status, save: (status) => save(withStatus(mailed, status)) };

type Settled = Extract<NoticeStatus, { state: 'sent' | 'bounced' }>;

/** `null` where the event says nothing new; events come late, twice and in any order. */
function statusAfter(
  { status }: MailRecord,
  eventType: string,
  messageId: string,
): Omit<Settled, 'at'> | null {
  if (eventType === 'Send' && (status.state === 'sending' || status.state === 'refused')) {
    return { state: 'sent', messageId };
  }
  if (eventType === 'Bounce' && status.state !== 'bounced') return { state: 'bounced', messageId };
  return null;
}
