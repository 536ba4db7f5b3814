import type { Evidence, SentMail, WaitingMessage } from '../../evidence.ts';
import { type CaseItem, isClosedByEnd, isOver } from '../following/case-item.ts';
import type { CaseFile } from '../following/cases.ts';
import { noticeOf, noticeState, readMail } from '../following/notices.ts';
import { listIn } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';

/** Mails about one invoice, by kind of notice. */
type Told = Map<string, SentMail[]>;

const dayMs = 86_400_000;

/**
 * The end of dunning is mailed before it comes, told when it has come, and, where access was
 * suspended, taken back by mail when it is paid; and nothing of that is told that is not so.
 */
export const endTold: MakeRule = (known, verdict) => {
  const told: Told = new Map();
  /** Cases that were announced when there was time for a mail, by when the end came. */
  const early = new Set<string>();
  const mailsOf = (file: CaseFile, kind: string) => told.get(`${kind} ${file.item.invoice}`) ?? [];

  const takeMail = (mail: SentMail): void => {
    const [, named = '', fact = ''] = noticeOf(mail)?.sk.split('#') ?? [];
    // The last failure tells of the end as well.
    const isAhead = named === 'payment_failed' && readMail(mail).payBefore !== null;
    const kind = isAhead ? 'end_ahead' : named;
    if (!kinds.has(kind)) return;
    const file = [...known.cases.all()].find(({ item }) => fact.startsWith(`${item.invoice}-`));
    if (file === undefined) {
      verdict.breach(`${mail.id} (${kind}) is about no case: ${fact}.`);
      return;
    }
    verdict.weigh();
    listIn(told, `${kind} ${file.item.invoice}`).push(mail);
    const why = whyUntrue(kind, file);
    if (why !== null) verdict.breach(`${mail.id} (${kind}) about ${file.item.invoice}: ${why}.`);
  };

  return {
    observe({ happening, evidence }) {
      if (happening.kind === 'mail_sent') takeMail(happening.mail);
      const file = known.cases.written;
      if (file === null || !isToldOf(file)) return;
      const { item, before } = file;
      if (before?.end == null && item.end !== null && item.end.at > evidence.now + dayMs / 2) {
        early.add(item.invoice);
      }
      if (before?.end == null || before.end.doneAt !== null || item.end?.doneAt == null) return;
      if (!early.has(item.invoice) || !hasOwner(evidence, item.customer)) return;
      verdict.weigh();
      if (mailsOf(file, 'end_ahead').length > 0) return;
      if (isOnItsWay(known, evidence, 'end_ahead', item.invoice)) return;
      if (isFailureOnItsWay(known, evidence, item.invoice)) return;
      verdict.breach(`Dunning of ${item.invoice} ended, and its customer was not told before.`);
    },
    conclude(evidence) {
      for (const file of known.cases.all()) {
        const { item } = file;
        if (item.end?.doneAt == null || !isToldOf(file)) continue;
        if (!hasOwner(evidence, item.customer)) continue;
        verdict.weigh();
        const isTold =
          mailsOf(file, 'dunning_ended').length > 0 ||
          isOver(item) ||
          isOnItsWay(known, evidence, 'dunning_ended', item.invoice);
        if (!isTold) verdict.breach(`Dunning of ${item.invoice} ended, and nobody was told.`);
        const isPaid = known.ledger.invoice(item.invoice)?.status === 'paid';
        const isRestored = isPaid && hadEnded(item) && item.end.access === 'suspend';
        if (!isRestored || isOnItsWay(known, evidence, 'access_restored', item.invoice)) continue;
        if (mailsOf(file, 'access_restored').length > 0) continue;
        verdict.breach(`${item.invoice} was paid after all, and nobody was told of the access.`);
      }
    },
  };
};

/** Whether its end still stood when it was paid: what others closed before had been given up. */
const hadEnded = (item: CaseItem): boolean =>
  item.state === 'recovered' || item.reason === 'paid_elsewhere' || isClosedByEnd(item);

/** What only the business's books tell of is nothing to write to a customer about. */
const isToldOf = ({ item: { end } }: CaseFile): boolean =>
  end !== null &&
  (end.access === 'suspend' || ['cancel_subscription', 'pause_subscription'].includes(end.action));

const kinds: ReadonlySet<string> = new Set(['end_ahead', 'dunning_ended', 'access_restored']);

function whyUntrue(kind: string, { item }: CaseFile): string | null {
  if (item.end === null) return 'no end was announced';
  if (kind === 'end_ahead') return null;
  if (item.end.doneAt === null) return 'the end has not come';
  if (kind !== 'access_restored') return null;
  return isOver(item) && item.end.access === 'suspend' ? null : 'nothing was restored';
}

/** Its record or its message is there, and SES did not take it so far or never will. */
function isOnItsWay(
  { items }: Known,
  { messages }: Evidence,
  kind: string,
  invoice: string,
): boolean {
  const isAbout = ({ body }: WaitingMessage): boolean =>
    body.includes(`"${kind}"`) && body.includes(`${invoice}-`);
  if (messages.some(isAbout)) return true;
  return [...items.all()].some(({ sk, ...rest }) => {
    const isNotice = sk.startsWith(`NOTICE#${kind}#${invoice}-`);
    return isNotice && noticeState({ sk, ...rest }) !== null;
  });
}

/** The same of the failure that tells of the end; of one that was mailed, its mail tells. */
function isFailureOnItsWay({ items }: Known, { messages }: Evidence, invoice: string): boolean {
  const words = ['"payment_failed"', '"endsAt"', `${invoice}-`];
  if (messages.some(({ body }) => words.every((word) => body.includes(word)))) return true;
  return [...items.all()].some((item) => {
    const state = noticeState(item);
    const isFailure = item.sk.startsWith(`NOTICE#payment_failed#${invoice}-`);
    return isFailure && state !== null && state !== 'sent';
  });
}

const hasOwner = ({ customers }: Evidence, customer: string): boolean =>
  customers.some((each) => each.customer === customer && each.email !== '');
