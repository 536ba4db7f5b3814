import { createHash } from 'node:crypto';
import type { SentMail, StoredItem, WaitingMessage } from '../../evidence.ts';
import { noticeOf, noticeState } from '../following/notices.ts';
import { fieldsOf, listOf, textOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';

/** As docs/data-model.md names an address: 128 bits of the SHA-256 of it in small letters. */
const hashOf = (email: string): string =>
  createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 32);

/** Since when nothing goes to an address, in the order of all happenings and by the clock. */
interface Standing {
  readonly at: number;
  readonly time: number;
  readonly fact: string;
}

/**
 * Nothing is sent to an address after it was given up, and nobody else is passed over. An address
 * is given up because SES told of a bounce for good or a complaint, and for no other reason;
 * whatever SES told so is on record in the end, and told to the other owners.
 */
export const suppressed: MakeRule = (known, verdict) => {
  const standing = new Map<string, Standing>();
  const claims = new Map<string, number>();
  /** Addresses of which SES told, and those that ever were given up. */
  const told = new Set<string>();
  const ever = new Set<string>();

  const takeSuppression = (at: number, time: number, { pk, version, liftedAt }: StoredItem) => {
    const person = pk.slice('SUPPRESSED#'.length);
    verdict.weigh();
    ever.add(person);
    if (!told.has(person)) verdict.breach(`${person} is given up, and SES told of nothing.`);
    if (liftedAt === null) standing.set(person, { at, time, fact: `${person}-${version}` });
    else standing.delete(person);
  };

  const takeNotice = (at: number, item: StoredItem): void => {
    const state = noticeState(item);
    if (state === 'sending') claims.set(`${item.pk} ${item.sk}`, at);
    if (state !== 'undeliverable' || !item.sk.startsWith('NOTICE#')) return;
    verdict.weigh();
    const person = item.sk.slice(item.sk.lastIndexOf('#') + 1);
    if (!ever.has(person)) verdict.breach(`${item.sk} is not sent, and its address is good.`);
  };

  const takeMail = (mail: SentMail): void => {
    const since = standing.get(hashOf(mail.to));
    const name = noticeOf(mail);
    if (since === undefined || name === null) return;
    verdict.weigh();
    // What was claimed before may be on its way.
    if ((claims.get(`${name.pk} ${name.sk}`) ?? since.at) < since.at) return;
    verdict.breach(`${mail.id} goes to an address that was given up before it was claimed.`);
  };

  return {
    observe({ at, happening, evidence }) {
      if (happening.kind === 'message_sent') {
        const person = whoIsGivenUp(happening.message);
        if (person !== null) told.add(person);
      }
      if (happening.kind === 'mail_sent') takeMail(happening.mail);
      if (happening.kind !== 'item_written') return;
      const { after } = happening;
      if (after.pk.startsWith('SUPPRESSED#')) takeSuppression(at, evidence.now, after);
      else takeNotice(at, after);
    },
    conclude({ mode }) {
      for (const person of told) {
        if (!ever.has(person)) verdict.breach(`SES told of ${person}, which was never given up.`);
      }
      // Who only observes mails nobody but a link to whoever asks for one.
      if (mode === 'observe') return;
      for (const [person, since] of standing) {
        for (const { pk, owner } of ownersBeside(known, person, since.time)) {
          // Who was given up as well may have been so when the other one was told of.
          if (ever.has(hashOf(owner))) continue;
          verdict.weigh();
          const sk = `NOTICE#address_unreachable#${since.fact}#${hashOf(owner)}`;
          if (known.items.get(pk, sk) !== undefined) continue;
          verdict.breach(`${pk}: nobody told the other owner that ${person} is given up.`);
        }
      }
    },
  };
};

/** Of whom SES tells that nothing more should go there. */
function whoIsGivenUp({ queue, body }: WaitingMessage): string | null {
  if (queue !== 'mailEvents') return null;
  const detail = fieldsOf(fieldsOf(JSON.parse(body))?.detail);
  const type = textOf(detail?.eventType);
  const isForGood = textOf(fieldsOf(detail?.bounce)?.bounceType) === 'Permanent';
  if (type !== 'Complaint' && !(type === 'Bounce' && isForGood)) return null;
  const [to] = listOf(fieldsOf(detail?.mail)?.destination);
  return hashOf(textOf(to) ?? '');
}

/** Who has been an owner beside this one ever since. */
function ownersBeside(known: Known, person: string, time: number) {
  return [...known.items.all()]
    .filter(({ sk }) => sk === 'V#CUSTOMER')
    .flatMap(({ pk }) => {
      const lists = known.people.membersSince(pk.slice('CUSTOMER#'.length), time);
      const always = (lists[0] ?? [])
        .map(({ email }) => email)
        .filter((email) =>
          lists.every((list) => list.some((each) => each.email === email && each.role === 'owner')),
        );
      if (!always.some((email) => hashOf(email) === person)) return [];
      return always.filter((email) => hashOf(email) !== person).map((owner) => ({ pk, owner }));
    });
}
