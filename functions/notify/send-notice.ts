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
import { personTagName } from '../domain/notice/person-tag.ts';
import { type Recipient, recipientsOf } from '../domain/notice/recipients-of.ts';
import { giveUpThrottledMs, throttleDelaySeconds } from '../domain/notice/throttle.ts';
import type { MailAnswer } from '../domain/ports.ts';
import { destinationOf } from '../mail/destination-of.ts';
import { openReader } from '../mail/mail-reader.ts';
import { senderOf } from '../mail/sender-of.ts';
import { hashAddress, personOf } from '../runtime/hash.ts';
import { pagesAt } from './actions.ts';
import type { NotifyDependencies } from './dependencies.ts';
import { findPeople, type People } from './find-people.ts';
import { renderNotice } from './render-notice.ts';

/** What became of the mail to one recipient, as far as this message goes. */
type Outcome =
  | { readonly kind: 'settled' }
  /** Settled, and it never arrives: nothing is sent to that address. */
  | { readonly kind: 'undeliverable' }
  | { readonly kind: 'throttled'; readonly why: string }
  | { readonly kind: 'unsettled'; readonly why: string };

/**
 * Mails a notice to everybody whom it concerns, each at most once: claimed on record before it
 * is sent, confirmed after. Only a death between SES's acceptance and our confirmation can send
 * one again, and not even that once SES's Send event has told of it. What SES throttles waits in
 * the queue.
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
  const outcomes: Outcome[] = [];
  for (const recipient of recipients) {
    // What SES throttled goes on with the claims of the message that it was.
    const claimant = message.claimedBy ?? messageId;
    const telling = { message, messageId: claimant, customer, people, recipient };
    const outcome = await tell(dependencies, telling);
    outcomes.push(outcome);
    // The others wait with it: SES would throttle them as well.
    if (outcome.kind === 'throttled') break;
  }
  sayIfUnreachable(dependencies, message, outcomes);
  await comeAgain(dependencies, { claimedBy: messageId, ...message }, outcomes);
}

/** What nobody of a customer could be told is a matter for staff. */
function sayIfUnreachable(
  { log, metrics }: NotifyDependencies,
  { customer, notice: { kind } }: NoticeMessage,
  outcomes: readonly Outcome[],
): void {
  if (outcomes.some((outcome) => outcome.kind !== 'undeliverable')) return;
  metrics.count('CustomerUnreachable');
  log.error('Nobody was told: mails reach no owner of the customer', { customer, kind });
}

/**
 * Lets the message come again while any of its mails is not settled. Where SES's throttling is all
 * that keeps them, it does so as a fresh one and later: the queue's own redelivery would end after
 * minutes, and a day's quota is over for hours.
 */
async function comeAgain(
  { queues, clock, log }: NotifyDependencies,
  message: NoticeMessage,
  outcomes: readonly Outcome[],
): Promise<void> {
  const whys = (kind: 'throttled' | 'unsettled') =>
    outcomes.flatMap((outcome) => (outcome.kind === kind ? [outcome.why] : [])).join('; ');
  const unsettled = whys('unsettled');
  if (unsettled !== '') throw new Error(`Not every mail is settled: ${unsettled}`);
  const throttled = whys('throttled');
  if (throttled === '') return;
  const now = clock.now();
  const { throttledSince = now } = message;
  if (now - throttledSince >= giveUpThrottledMs) {
    throw new Error(`SES has throttled this mail for two days: ${throttled}`);
  }
  const delaySeconds = throttleDelaySeconds(throttledSince, now);
  await queues.sendNotice({ ...message, throttledSince }, delaySeconds);
  const { customer, notice } = message;
  log.warn('SES throttles: the mail waits', { customer, kind: notice.kind, delaySeconds });
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

const settled: Outcome = { kind: 'settled' };
const unsettled = (why: string): Outcome => ({ kind: 'unsettled', why });

async function tell(dependencies: NotifyDependencies, telling: Telling): Promise<Outcome> {
  const { records, clock } = dependencies;
  const { message, messageId, recipient } = telling;
  const { kind, fact } = message.notice;
  const id = `${kind}#${fact}#${hashAddress(recipient.email)}`;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const now = clock.now();
    const stored = await records.notice(message.customer, id);
    const step = decideNotice(stored, messageId, now);
    if (step === 'done') return settled;
    if (step === 'leave') {
      return unsettled('an earlier delivery of this message may still be sending');
    }
    const status: NoticeStatus = { state: 'sending', since: now, message: messageId };
    const claimed =
      stored === null
        ? { customer: message.customer, id, status, version: 1 }
        : withStatus(stored, status);
    const saved = stored === null ? records.addNotice(claimed) : records.saveNotice(claimed);
    if (await saved) return deliver(dependencies, telling, claimed);
  }
  return unsettled('other senders came first each time');
}

async function deliver(
  dependencies: NotifyDependencies,
  { message, customer, people, recipient }: Telling,
  claimed: Notice,
): Promise<Outcome> {
  const { records, mailer, settings, mailTexts, portalOrigin, clock } = dependencies;
  const { customer: id, invoice, notice } = message;
  const { locale, timeZone } = customer;
  if (notice.kind === 'address_unreachable' && people.concerned === null) {
    return drop(dependencies, message, claimed, 'who is named has left');
  }
  const account = await records.account(id);
  const gone = whyNoticeIsGone(message, account, clock.now());
  if (gone !== null) return drop(dependencies, message, claimed, gone);
  const destination = await destinationOf(records, recipient.email);
  if ('fault' in destination) return giveUp(dependencies, message, claimed, destination.fault);
  const answer = await mailer.send({
    ...senderOf(settings),
    to: destination.address,
    tags: { [noticeTagName]: noticeTag(claimed), [personTagName]: personOf(recipient.email) },
    ...renderNotice(
      notice,
      openReader({ name: recipient.name, locale, timeZone }, settings, mailTexts),
      pagesAt(portalOrigin, invoice),
      people,
    ),
  });
  return confirm(dependencies, message, claimed, answer);
}

async function drop(
  { records, clock, log }: NotifyDependencies,
  { customer, invoice, notice }: NoticeMessage,
  claimed: Notice,
  why: string,
): Promise<Outcome> {
  const status: NoticeStatus = { state: 'dropped', why, at: clock.now() };
  await records.saveNotice(withStatus(claimed, status));
  log.info('Mail dropped', { customer, invoice, kind: notice.kind, why });
  return settled;
}

async function giveUp(
  { records, clock, log, metrics }: NotifyDependencies,
  { customer, invoice, notice }: NoticeMessage,
  claimed: Notice,
  why: Extract<NoticeStatus, { state: 'undeliverable' }>['why'],
): Promise<Outcome> {
  const status: NoticeStatus = { state: 'undeliverable', why, at: clock.now() };
  await records.saveNotice(withStatus(claimed, status));
  metrics.count('MailUndeliverable');
  log.warn('Nothing is sent to this address', { customer, invoice, kind: notice.kind, why });
  return { kind: 'undeliverable' };
}

async function confirm(
  { records, clock, log, metrics }: NotifyDependencies,
  { customer, invoice, notice }: NoticeMessage,
  claimed: Notice,
  answer: MailAnswer,
): Promise<Outcome> {
  switch (answer.kind) {
    case 'accepted': {
      const { messageId } = answer;
      // A lost race is against SES's own Send event, which says the same.
      await records.saveNotice(withStatus(claimed, { state: 'sent', messageId, at: clock.now() }));
      metrics.count('MailSent');
      log.info('Mail sent', { customer, invoice, kind: notice.kind, mail: messageId });
      return settled;
    }
    case 'throttled':
      await records.saveNotice(withStatus(claimed, { state: 'refused', why: answer.why }));
      return { kind: 'throttled', why: answer.why };
    case 'refused':
      await records.saveNotice(withStatus(claimed, { state: 'refused', why: answer.why }));
      return unsettled(`SES refused the mail: ${answer.why}`);
    case 'unknown':
      return unsettled(`SES did not answer: ${answer.why}`);
  }
}
