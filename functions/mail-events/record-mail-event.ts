import { type Notice, type NoticeStatus, withStatus } from '../domain/notice/notice.ts';
import { noticeTagName, parseNoticeTag } from '../domain/notice/notice-tag.ts';
import { parsePersonTag, personTagName } from '../domain/notice/person-tag.ts';
import { parseSignInMailTag, signInMailTagName } from '../domain/sign-in/sign-in-mail.ts';
import type { MailEventDependencies } from './dependencies.ts';
import { type MailEvent, mailEventSchema, whySuppressed } from './mail-event.ts';
import { suppressAddress } from './suppress-address.ts';

/** How often a notice is read anew when another writer came first. */
const mostTries = 5;

/**
 * Takes into the record what SES says of a mail: that it was sent, which settles a sender that
 * died before it could confirm, or that it came back; and sends nothing more to an address that
 * takes none, or whose owner complained.
 * @throws where the body is no SES event, or a record kept changing.
 */
export async function recordMailEvent(
  dependencies: MailEventDependencies,
  body: unknown,
): Promise<void> {
  const event = mailEventSchema.parse(body).detail;
  const { eventType, mail } = event;
  const tag = (name: string) => mail.tags[name]?.[0] ?? '';
  const told = toldOf(dependencies.records, tag);
  if (told === null) {
    dependencies.log.info('Event of a mail that is none of ours', {
      eventType,
      mail: mail.messageId,
    });
    return;
  }
  await recordStatus(dependencies, told, event);
  // The tag, and not the address in the event: behind a forwarding that is another one.
  const person = parsePersonTag(tag(personTagName));
  const why = whySuppressed(event);
  if (person === null || why === null) return;
  await suppressAddress(dependencies, { person, why, mailedAt: mail.timestamp });
}

async function recordStatus(
  { clock, log, metrics }: MailEventDependencies,
  told: Told,
  { eventType, mail }: MailEvent,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const record = await told.read();
    const status = record === null ? null : statusAfter(record, eventType, mail.messageId);
    if (record === null || status === null) return;
    if (!(await record.save({ ...status, at: clock.now() }))) continue;
    if (status.state === 'bounced') metrics.count('MailBounced');
    if (status.state === 'rejected') metrics.count('MailRejected');
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

type Settled = Extract<NoticeStatus, { state: 'sent' | 'rejected' | 'bounced' }>;

/** `null` where the event says nothing new; events come late, twice and in any order. */
function statusAfter(
  { status: { state } }: MailRecord,
  eventType: string,
  messageId: string,
): Omit<Settled, 'at'> | null {
  switch (eventType) {
    case 'Send':
      return state === 'sending' || state === 'refused' ? { state: 'sent', messageId } : null;
    case 'Bounce':
      return state === 'bounced' ? null : { state: 'bounced', messageId };
    // "Amazon SES accepted the email, but determined that it contained a virus and didn't attempt
    // to deliver it" (SES Developer Guide): the same mail again would be rejected again.
    case 'Reject':
      return state === 'rejected' ? null : { state: 'rejected', messageId };
    default:
      return null;
  }
}
