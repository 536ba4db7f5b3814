import type { Evidence, SentMail, SimulatedCustomer, StoredItem } from '../../evidence.ts';
import { isOver } from '../following/case-item.ts';
import type { CaseFile, Pass } from '../following/cases.ts';
import { noticeOf, noticeState, readMail } from '../following/notices.ts';
import { attemptPaidByOthers } from '../following/taken-for.ts';
import type { Known, MakeRule } from '../rule.ts';
import { primariesBetween } from './fallback.ts';

/** The notices that were mailed about one invoice, by name: a second mail of one adds none. */
type Told = Map<string, Set<string>>;

const ofBackup = ['secondary_charged'];
/** What the bank asks the customer to confirm is told in words of its own. */
const ofFailure = ['payment_failed', 'authentication_needed', 'debit_returned'];

/**
 * Who was charged with the backup is told so, once, and only then: each owner gets one mail for
 * each invoice that the backup paid.
 */
export const backupTold: MakeRule = (known, verdict) => {
  const told: Told = new Map();
  return {
    observe({ happening }) {
      if (happening.kind === 'item_written') noteGivenUp(known, told, happening.after, ofBackup);
      if (happening.kind !== 'mail_sent') return;
      const invoice = noteTold(known, told, happening.mail, ofBackup);
      if (invoice === null) return;
      verdict.weigh();
      if (paidByBackup(known, invoice) !== 'no') return;
      verdict.breach(`${happening.mail.id} says that a backup paid ${invoice}; none did.`);
    },
    conclude(evidence) {
      for (const { item } of known.cases.all()) {
        const paid = paidByBackup(known, item.invoice);
        if (paid === 'no' || ownerOf(evidence, item.customer) === undefined) continue;
        verdict.weigh();
        const mails = told.get(item.invoice)?.size ?? 0;
        if (mails === 1 || (paid === 'perhaps' && mails === 0)) continue;
        verdict.breach(`The backup paid ${item.invoice}, and its owner was told ${mails} times.`);
      }
    },
  };
};

/**
 * One mail for each pass that ended without payment and that nobody asked for; none once the
 * case is known to be over at the last read before sending (the one after the claim).
 */
export const failureTold: MakeRule = (known, verdict) => {
  const told: Told = new Map();
  const claimedAt = new Map<string, number>();
  const dropped = new Map<string, number>();

  const takeNotice = (at: number, pk: string, sk: string, state: string | null): void => {
    if (state === 'sending') claimedAt.set(`${pk} ${sk}`, at);
    if (state !== 'dropped') return;
    const file = [...known.cases.all()].find(({ item }) => sk.includes(`${item.invoice}-`));
    // What a customer began in their page is no pass's.
    if (file === undefined || !sk.includes('-pass-')) return;
    verdict.weigh();
    dropped.set(file.item.invoice, (dropped.get(file.item.invoice) ?? 0) + 1);
    if (isOver(file.item)) return;
    verdict.breach(`${pk} ${sk} was dropped, though the case is ${file.item.state}.`);
  };
  const takeMail = (at: number, mail: SentMail): void => {
    if (noticeOf(mail)?.sk.includes('-pass-') !== true) return;
    const invoice = noteTold(known, told, mail, ofFailure);
    const file = known.cases.of(invoice ?? '');
    if (invoice === null || file === undefined) return;
    verdict.weigh();
    const name = noticeOf(mail);
    const read = claimedAt.get(`${name?.pk} ${name?.sk}`) ?? at;
    if (isOver(file.item) && (file.endedAt ?? at) < read) {
      verdict.breach(`${mail.id} says that ${invoice} failed; the case was ${file.item.state}.`);
    }
    const mails = told.get(invoice)?.size ?? 0;
    const ends = endsOf(known, file).length;
    if (mails > ends)
      verdict.breach(`${mails} mails say that ${invoice} failed, for ${ends} passes.`);
  };

  return {
    observe({ at, happening }) {
      if (happening.kind === 'mail_sent') takeMail(at, happening.mail);
      if (happening.kind !== 'item_written') return;
      const { after } = happening;
      noteGivenUp(known, told, after, ofFailure);
      if (ofFailure.some((kind) => after.sk.startsWith(`NOTICE#${kind}#`))) {
        takeNotice(at, after.pk, after.sk, noticeState(after));
      }
    },
    conclude(evidence) {
      for (const file of known.cases.all()) {
        const { invoice, customer } = file.item;
        const ends = endsOf(known, file);
        if (ends.length === 0 || ownerOf(evidence, customer) === undefined) continue;
        verdict.weigh();
        const due = ends.filter((pass) => isTold(known, file, pass)).length;
        const mails = told.get(invoice)?.size ?? 0;
        if (mails + (dropped.get(invoice) ?? 0) >= due) continue;
        verdict.breach(`${due} failed passes of ${invoice} were to be told; ${mails} mails went.`);
      }
    },
  };
};

/** Ended passes that nobody had asked for, or in which a bank debit came back after days. */
const endsOf = (known: Known, file: CaseFile): readonly Pass[] =>
  [...file.passes.values()].filter(
    (pass) => pass.endedAt !== null && (pass.cause !== 'wanted' || hasReturned(known, file, pass)),
  );

const hasReturned = ({ ledger }: Known, { item, attempts }: CaseFile, { number }: Pass): boolean =>
  ledger.tries
    .ofInvoice(item.invoice)
    .filter(({ isDebit, wasPending, status }) => isDebit && wasPending && status === 'failed')
    .some(({ key }) => attempts.some((each) => each.pass === number && each.key === key));

/** A planned pass that tried nothing is news only where it was the last one. */
function isTold({ ledger }: Known, { item, attempts }: CaseFile, pass: Pass): boolean {
  if (pass.cause === 'new' || pass.isLast) return true;
  const tries = ledger.tries.ofInvoice(item.invoice);
  const inPass = attempts.filter((attempt) => attempt.pass === pass.number);
  return inPass.some(({ key }) => tries.some((made) => made.key === key && made.refusal !== null));
}

/** Whom no mail reaches is told as far as that goes; another rule sees whether that is so. */
function noteGivenUp(
  { cases }: Known,
  told: Told,
  item: StoredItem,
  kinds: readonly string[],
): void {
  const isOfKind = kinds.some((kind) => item.sk.startsWith(`NOTICE#${kind}#`));
  if (!isOfKind || noticeState(item) !== 'undeliverable') return;
  const file = [...cases.all()].find((each) => item.sk.includes(`${each.item.invoice}-`));
  const invoice = file?.item.invoice;
  if (invoice === undefined) return;
  const names = told.get(invoice) ?? new Set<string>();
  told.set(invoice, names.add(item.sk.slice(0, item.sk.lastIndexOf('#'))));
}

/** Notes the notice that a mail is. @returns the invoice, where the mail is of this kind. */
function noteTold(
  { ledger }: Known,
  told: Told,
  mail: SentMail,
  kinds: readonly string[],
): string | null {
  const invoice = ledger.invoiceOfNumber(readMail(mail).invoiceNumber ?? '')?.id;
  const name = noticeOf(mail);
  const isOfKind = kinds.some((kind) => name?.sk.startsWith(`NOTICE#${kind}#`));
  if (!isOfKind || invoice === undefined) return null;
  const names = told.get(invoice) ?? new Set<string>();
  // Each owner gets a mail of their own about the same.
  const fact = name?.sk.slice(0, name.sk.lastIndexOf('#'));
  told.set(invoice, names.add(fact ?? mail.id));
  return invoice;
}

/**
 * `perhaps` where the method was both, because it became what Stripe charges while it was
 * claimed; and where somebody else paid with the very backup that we were about to charge.
 */
function paidByBackup(known: Known, invoice: string): 'yes' | 'no' | 'perhaps' {
  const { ledger, cases } = known;
  if (attemptPaidByOthers(known, invoice)?.role === 'secondary') return 'perhaps';
  const paid = ledger.tries
    .ofInvoice(invoice)
    .find(({ ours, status }) => ours && status === 'succeeded');
  const attempt = cases.attempt(paid?.key);
  if (paid === undefined || attempt === undefined) return 'no';
  if (!primariesBetween(known, attempt, attempt.sent).includes(paid.method)) return 'yes';
  return attempt.role === 'secondary' ? 'perhaps' : 'no';
}

const ownerOf = ({ customers }: Evidence, customer: string): SimulatedCustomer | undefined =>
  customers.find((each) => each.customer === customer && each.email !== '');
