import { createHash } from 'node:crypto';
import type { SentMail, StoredItem } from '../../evidence.ts';
import { noticeOf, noticeState } from '../following/notices.ts';
import type { Member } from '../following/people.ts';
import { countOf, fieldsOf, textOf } from '../read.ts';
import type { MakeRule } from '../rule.ts';

/** As docs/data-model.md names a recipient: 128 bits of the SHA-256 of the address. */
const hashOf = (email: string): string =>
  createHash('sha256').update(email).digest('hex').slice(0, 32);

/** What is known of one notice: one mail to one recipient about one fact. */
interface Notice {
  claims: number;
  /** When it was claimed last, epoch milliseconds. */
  since: number;
  readonly mails: SentMail[];
}

const settled: ReadonlySet<string> = new Set(['sent', 'dropped', 'undeliverable', 'bounced']);

/**
 * "One fact, one mail per recipient: claimed before sending, confirmed after." Each mail has a
 * claim of its own on record before it; a second one only where the sender of the one before
 * died or never saw the answer, and no claim is made once the notice is settled: by the
 * confirmation, or by SES's Send event. In the end each is: no claim is left without its end.
 */
export const mailOnce: MakeRule = ({ items, people }, verdict) => {
  const notices = new Map<string, Notice>();
  const noticeAt = (pk: string, sk: string): Notice => {
    const name = `${pk} ${sk}`;
    const found = notices.get(name) ?? { claims: 0, since: 0, mails: [] };
    notices.set(name, found);
    return found;
  };

  const takeItem = (before: StoredItem | null, after: StoredItem): void => {
    if (noticeState(after) !== 'sending') return;
    const notice = noticeAt(after.pk, after.sk);
    notice.claims += 1;
    notice.since = countOf(fieldsOf(after.status)?.since);
    verdict.weigh();
    const was = noticeState(before);
    if (was === null || !settled.has(was)) return;
    verdict.breach(`${after.pk} ${after.sk} was ${was} and is claimed again.`);
  };

  const takeMail = (mail: SentMail, unconfirmed: readonly string[]): void => {
    verdict.weigh();
    const name = noticeOf(mail);
    if (name === null) {
      verdict.breach(`The mail ${mail.id} (${mail.subject}) does not say which notice it is.`);
      return;
    }
    const notice = noticeAt(name.pk, name.sk);
    notice.mails.push(mail);
    const { mails, claims } = notice;
    if (mails.length > claims) {
      verdict.breach(`${name.pk} ${name.sk}: ${mails.length} mails under ${claims} claims.`);
    }
    const confirmed = mails.slice(0, -1).filter(({ id }) => !unconfirmed.includes(id));
    if (confirmed.length === 0) return;
    const ids = mails.map(({ id }) => id).join(', ');
    verdict.breach(
      `${name.pk} ${name.sk} was mailed as ${ids}; ${confirmed[0]?.id} was known sent.`,
    );
  };

  /** Who did not own the account all the time since, or is a member of nothing any more. */
  const hasLeft = ({ pk, sk }: StoredItem): boolean => {
    if (sk.startsWith('NOTICE#')) {
      const { since: claimedAt } = noticeAt(pk, sk);
      const all = people.membersSince(pk.slice('CUSTOMER#'.length), claimedAt);
      const isOwner = ({ role, email }: Member) =>
        role === 'owner' && sk.endsWith(`#${hashOf(email)}`);
      return all.some((members) => !members.some(isOwner));
    }
    const asked = people.request(pk.slice('SIGN_IN_MAIL#'.length))?.request;
    const email = textOf(fieldsOf(asked?.body)?.email);
    return email !== null && !people.isMember(email.toLowerCase());
  };

  return {
    observe({ happening, evidence }) {
      if (happening.kind === 'item_written') takeItem(happening.before, happening.after);
      if (happening.kind === 'mail_sent') takeMail(happening.mail, evidence.unconfirmedMails);
    },
    conclude() {
      for (const item of items.all()) {
        const state = noticeState(item);
        if (state === null || settled.has(state) || hasLeft(item)) continue;
        // Nothing was sent, and nobody waits for an old link: whoever wants one asks again.
        if (state === 'refused' && item.pk.startsWith('SIGN_IN_MAIL#')) continue;
        verdict.breach(
          `${item.pk} ${item.sk} is ${state} in the end: nobody knows what became of it.`,
        );
      }
    },
  };
};
