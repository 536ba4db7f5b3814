import { findCustomers, type Membership } from '../account/find-customers.ts';
import type { SignInMessage } from '../domain/messages.ts';
import { decideNotice, type NoticeStatus, withStatus } from '../domain/notice/notice.ts';
import { personTagName } from '../domain/notice/person-tag.ts';
import { throttleDelaySeconds } from '../domain/notice/throttle.ts';
import type { MailAnswer } from '../domain/ports.ts';
import type { RateLimit } from '../domain/sign-in/rate.ts';
import { createLink, linkUrl } from '../domain/sign-in/sign-in-link.ts';
import {
  type SignInMail,
  signInMailTag,
  signInMailTagName,
} from '../domain/sign-in/sign-in-mail.ts';
import { sourceNetwork } from '../domain/sign-in/source-network.ts';
import { hourMs, minuteMs } from '../domain/time.ts';
import { destinationOf } from '../mail/destination-of.ts';
import { openReader } from '../mail/mail-reader.ts';
import { senderOf } from '../mail/sender-of.ts';
import { hashSecret, personOf } from '../runtime/hash.ts';
import { takeFromRate } from '../runtime/take-from-rate.ts';
import type { SignInDependencies } from './dependencies.ts';
import { renderSignIn } from './render-sign-in.ts';

/** So many mails an hour to one address, whoever asks for them. */
const perAddress: RateLimit = { times: 5, withinMs: hourMs };
/** So many requests an hour from one network address, for whomever. */
const perSource: RateLimit = { times: 20, withinMs: hourMs };
/** Nobody waits longer for the mail that lets them in: whoever still wants one asks again. */
const wantedForMs = 10 * minuteMs;

/**
 * Mails a link to sign in to whoever asked for one, if they are a member of any customer and
 * nobody asks too often. Each request is at most one mail: claimed on record before it is sent,
 * confirmed after, as with notices. What SES throttles waits in the queue for a while.
 * @param messageId The queue's id of the message, the same whenever it is delivered again.
 * @throws where the mail is not settled yet; the message is then delivered again.
 */
export async function sendLink(
  dependencies: SignInDependencies,
  message: SignInMessage,
  messageId: string,
): Promise<void> {
  const { records, clock } = dependencies;
  const now = clock.now();
  const stored = await records.signInMail(message.request);
  const step = decideNotice(stored, messageId, now);
  if (step === 'done') return;
  if (step === 'leave')
    throw new Error('An earlier delivery of this message may still be sending.');
  if (stored === null && (await isTooOften(dependencies, message))) return;
  const to = await addressee(dependencies, message);
  if (to === null) return dropClaimed(dependencies, stored);
  const status: NoticeStatus = { state: 'sending', since: now, message: messageId };
  const claimed: SignInMail =
    stored === null
      ? { id: message.request, claimedAt: now, status, version: 1 }
      : withStatus(stored, status);
  if (!(await records.saveSignInMail(claimed))) throw new Error('Another sender came first.');
  await deliver(dependencies, { message, to, claimed });
}

async function isTooOften(
  dependencies: SignInDependencies,
  { request, source, email }: SignInMessage,
): Promise<boolean> {
  // A delivery that comes again was counted when it came first, whatever became of that one.
  const bySource = { what: 'sign_in_source', whom: sourceNetwork(source), key: request };
  const byAddress = { what: 'sign_in_address', whom: email, key: request };
  const isRefused =
    (await takeFromRate(dependencies, bySource, perSource)) !== null ||
    (await takeFromRate(dependencies, byAddress, perAddress)) !== null;
  if (isRefused) dependencies.log.warn('No link: somebody asks too often', { request });
  return isRefused;
}

/** As whom they are mailed: at the address on record, whatever letters were typed. */
async function addressee(
  { records, log }: SignInDependencies,
  { request, email }: SignInMessage,
): Promise<Membership | null> {
  const [membership] = await findCustomers(records, personOf(email));
  if (membership === undefined) log.info('No link: nobody is known by this address', { request });
  return membership ?? null;
}

/** Whoever asked has left since the mail was claimed: the claim gets its end. */
async function dropClaimed(
  { records, clock }: SignInDependencies,
  claimed: SignInMail | null,
): Promise<void> {
  if (claimed === null) return;
  const why = 'who asked is a member of no customer any more';
  await records.saveSignInMail(withStatus(claimed, { state: 'dropped', why, at: clock.now() }));
}

interface Delivery {
  readonly message: SignInMessage;
  readonly to: Membership;
  readonly claimed: SignInMail;
}

async function deliver(dependencies: SignInDependencies, delivery: Delivery): Promise<void> {
  const { records, mailer, settings, mailTexts, portalOrigin, randomToken } = dependencies;
  const { claimed, to } = delivery;
  const { member } = to;
  const { locale, timeZone } = to.customer;
  const destination = await destinationOf(records, member.email);
  if ('fault' in destination) return giveUp(dependencies, claimed, destination.fault);
  const token = randomToken();
  const link = { id: hashSecret(token), person: personOf(member.email) };
  // Before the mail: a link that somebody holds is one that we know.
  await records.addLink(
    createLink({ ...link, customer: null, returnUrl: null }, dependencies.clock.now()),
  );
  const answer = await mailer.send({
    ...senderOf(settings),
    to: destination.address,
    tags: { [signInMailTagName]: signInMailTag(claimed), [personTagName]: link.person },
    ...renderSignIn(
      linkUrl(portalOrigin, token),
      openReader({ name: member.name, locale, timeZone }, settings, mailTexts),
    ),
  });
  await confirm(dependencies, delivery, answer);
}

async function giveUp(
  { records, clock, log, metrics }: SignInDependencies,
  claimed: SignInMail,
  why: Extract<NoticeStatus, { state: 'undeliverable' }>['why'],
): Promise<void> {
  const undeliverable: NoticeStatus = { state: 'undeliverable', why, at: clock.now() };
  await records.saveSignInMail(withStatus(claimed, undeliverable));
  metrics.count('MailUndeliverable');
  log.warn('No link: nothing is sent to this address', { request: claimed.id, why });
}

/** The message comes again as a fresh one and later, for as long as somebody may wait for it. */
async function wait(
  { records, queues, clock, log, metrics }: SignInDependencies,
  { message, claimed }: Delivery,
  why: string,
): Promise<void> {
  const now = clock.now();
  const request = claimed.id;
  const delaySeconds = throttleDelaySeconds(claimed.claimedAt, now);
  if (now + delaySeconds * 1000 - claimed.claimedAt >= wantedForMs) {
    await records.saveSignInMail(withStatus(claimed, { state: 'dropped', why, at: now }));
    metrics.count('MailUndeliverable');
    log.error('No link: SES throttled it for too long', { request, why });
    return;
  }
  await records.saveSignInMail(withStatus(claimed, { state: 'refused', why }));
  await queues.sendSignIn(message, delaySeconds);
  log.warn('SES throttles: the link waits', { request, delaySeconds });
}

async function confirm(
  dependencies: SignInDependencies,
  delivery: Delivery,
  answer: MailAnswer,
): Promise<void> {
  const { records, clock, log, metrics } = dependencies;
  const { claimed } = delivery;
  switch (answer.kind) {
    case 'accepted': {
      const { messageId } = answer;
      const sent: NoticeStatus = { state: 'sent', messageId, at: clock.now() };
      // A lost race is against SES's own Send event, which says the same.
      await records.saveSignInMail(withStatus(claimed, sent));
      metrics.count('MailSent');
      log.info('Link mailed', { request: claimed.id, mail: messageId });
      return;
    }
    case 'throttled':
      return wait(dependencies, delivery, answer.why);
    case 'refused':
      await records.saveSignInMail(withStatus(claimed, { state: 'refused', why: answer.why }));
      throw new Error(`SES refused the mail: ${answer.why}`);
    case 'unknown':
      throw new Error(`SES did not answer: ${answer.why}`);
  }
}
