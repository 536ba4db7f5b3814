import type { Customer } from '../domain/customer/customer.ts';
import type { NoticeMessage } from '../domain/messages.ts';
import {
  decideNotice,
  type Notice,
  type NoticeStatus,
  withStatus,
} from '../domain/notice/notice.ts';
import { whyNoticeIsGone } from '../domain/notice/notice-gone.ts';
import { noticeTag, noticeTagName } from '../domain/notice/notice-tag.ts';
import { type Recipient, recipientsOf } from '../domain/notice/recipients-of.ts';
import type { MailAnswer } from '../domain/ports.ts';
import { openReader } from '../mail/mail-reader.ts';
import { senderOf } from '../mail/sender-of.ts';
import { hashAddress } from '../runtime/hash.ts';
import { pagesAt } from './actions.ts';
import type { NotifyDependencies } from './dependencies.ts';
import { findPeople, type People } from './find-people.ts';
import { renderNotice } from './render-notice.ts';

/**
 * Mails a notice to everybody whom it concerns, each at most once: claimed on record before it
 * is sent, confirmed after. Only a death between SES's acceptance and our confirmation can send
 * one again, and not even that once SES's Send event has told of it.
 * @param messageId The queue's id of the message, the same whenever it is delivered again.
 * @throws where a mail is not settled yet; the message is then delivered again.
 */
export async function sendNotice(
  dependencies: NotifyDependencies,
  message: NoticeMessage,
  messageId: string,
): Promise<void> {
  const { records, settings, log } = dependencies;
  const ids = { customer: message.customer, kind: message.notice.kind };
  if (settings.mode === 'observe') {
    log.info('Nobody is told: mode observe mails nobody', ids);
    return;
  }
  const customer = await records.customer(message.customer);
  const people = customer === null ? nobody : await findPeople(records, customer, message.notice);
  const recipients =
    customer === null ? [] : recipientsOf(message.notice, customer, people.concerned);
  if (customer === null || recipients.length === 0) {
    log.warn('Nobody to tell: nobody whom it concerns is a member', ids);
    return;
  }
  const unsettled: string[] = [];
  for (const recipient of recipients) {
    const why = await tell(dependencies, { message, messageId, customer, people, recipient });
    if (why !== null) unsettled.push(why);
  }
  if (unsettled.length > 0) throw new Error(`Not every mail is settled: ${unsettled.join('; ')}`);
}

const nobody: People = { maker: null, concerned: null };

interface Telling {
  readonly message: NoticeMessage;
  readonly messageId: string;
  readonly customer: Customer;
  readonly people: People;
  readonly recipient: Recipient;
}

/** How often a notice is read anew when another sender came first. */
const mostTries = 3;

/** `null` once the mail needs nothing more from this message, otherwise why it does. */
async function tell(dependencies: NotifyDependencies, telling: Telling): Promise<string | null> {
  const { records, clock } = dependencies;
  const { message, messageId, recipient } = telling;
  const { kind, fact } = message.notice;
  const id = `${kind}#${fact}#${hashAddress(recipient.email)}`;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const now = clock.now();
    const stored = await records.notice(message.customer, id);
    const step = decideNotice(stored, messageId, now);
    if (step === 'done') return null;
    if (step === 'leave') return 'an earlier delivery of this message may still be sending';
    const status: NoticeStatus = { state: 'sending', since: now, message: messageId };
    const claimed =
      stored === null
        ? { customer: message.customer, id, status, version: 1 }
        : withStatus(stored, status);
    const saved = stored === null ? records.addNotice(claimed) : records.saveNotice(claimed);
    if (await saved) return deliver(dependencies, telling, claimed);
  }
  return 'other senders came first each time';
}

async function deliver(
  dependencies: NotifyDependencies,
  { message, customer, people, recipient }: Telling,
  claimed: Notice,
): Promise<string | null> {
  const { records, mailer, settings, mailTexts, portalOrigin, clock, log } = dependencies;
  const { customer: id, invoice, notice } = message;
  const account = await records.account(id);
  const gone = whyNoticeIsGone(message, account, clock.now());
  if (gone !== null) {
    const status: NoticeStatus = { state: 'dropped', why: gone, at: clock.now() };
    await records.saveNotice(withStatus(claimed, status));
    log.info('Mail dropped', { customer: id, invoice, kind: notice.kind, why: gone });
    return null;
  }
  const answer = await mailer.send({
    ...senderOf(settings),
    to: recipient.email,
    tags: { [noticeTagName]: noticeTag(claimed) },
    ...renderNotice(
      notice,
      openReader({ name: recipient.name, locale: customer.locale }, settings, mailTexts),
      pagesAt(portalOrigin, invoice),
      people,
    ),
  });
  return confirm(dependencies, message, claimed, answer);
}

async function confirm(
  { records, clock, log, metrics }: NotifyDependencies,
  { customer, invoice, notice }: NoticeMessage,
  claimed: Notice,
  answer: MailAnswer,
): Promise<string | null> {
  switch (answer.kind) {
    case 'accepted': {
      const { messageId } = answer;
      // A lost race is against SES's own Send event, which says the same.
      await records.saveNotice(withStatus(claimed, { state: 'sent', messageId, at: clock.now() }));
      metrics.count('MailSent');
      log.info('Mail sent', { customer, invoice, kind: notice.kind, mail: messageId });
      return null;
    }
    case 'refused':
      await records.saveNotice(withStatus(claimed, { state: 'refused', why: answer.why }));
      return `SES refused the mail: ${answer.why}`;
    case 'unknown':
      return `SES did not answer: ${answer.why}`;
  }
}
