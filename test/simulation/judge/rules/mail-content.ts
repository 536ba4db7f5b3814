import type { InvoiceRecord } from '../../../../local/stripe/engine/records.ts';
import type { SentMail } from '../../evidence.ts';
import { type MailLanguage, type MailWords, noticeOf, readMail } from '../following/notices.ts';
import { tokenIn } from '../following/people.ts';
import { amountsInWords } from '../published/amounts.ts';
import { limits } from '../published/limits.ts';
import type { Known, MakeRule } from '../rule.ts';
import { zonesOf } from './planned-time.ts';

/**
 * A mail goes to somebody who owned its customer's account lately, what is about the members to any
 * of them too, and a link to who asked for one; none to anybody else.
 */
export const recipient: MakeRule = ({ ledger, people }, verdict) => ({
  observe({ happening, evidence }) {
    if (happening.kind !== 'mail_sent') return;
    verdict.weigh();
    const { mail } = happening;
    if (tokenIn(mail.text) !== null) {
      const isWanted = people.wantLinks.has(mail.to.toLowerCase());
      if (!isWanted) verdict.breach(`The mail ${mail.id} has a link that nobody asked for.`);
      return;
    }
    const invoice = ledger.invoiceOfNumber(readMail(mail).invoiceNumber ?? '');
    const customer = invoice?.customer ?? customerOf(mail);
    if (customer === null) {
      verdict.breach(`The mail ${mail.id} (${mail.subject}) is about nobody.`);
      return;
    }
    if (isAboutMembers(mail)) {
      // Whoever is out is told so, even if the mail took long.
      const ever = people.membersSince(customer, 0).flat();
      if (ever.some(({ email }) => email === mail.to)) return;
      verdict.breach(`The mail ${mail.id} of ${customer} goes to no member of theirs.`);
      return;
    }
    const isOwner = people
      .membersSince(customer, evidence.now - limits.processMs)
      .some((members) => members.some((each) => each.role === 'owner' && each.email === mail.to));
    if (!isOwner) verdict.breach(`The mail ${mail.id} of ${customer} goes to no owner of theirs.`);
  },
});

/** The notices that are about no invoice. */
const ofAccount =
  /^NOTICE#(methods_changed|consent_given|consent_withdrawn|members_changed|invitation|extension_granted|bank_account_verification|card_updated|card_expiring|address_unreachable)#/;

/** Whose account a mail is about; `null` where it is about none. */
function customerOf(mail: SentMail): string | null {
  const { pk, sk } = noticeOf(mail) ?? { pk: '', sk: '' };
  return ofAccount.test(sk) ? pk.slice('CUSTOMER#'.length) : null;
}

const isAboutMembers = (mail: SentMail): boolean =>
  /^NOTICE#(members_changed|invitation)#/.test(noticeOf(mail)?.sk ?? '');

/** A mail names the right amount and cards of the invoice whose number it names. */
export const content: MakeRule = (known, verdict) => ({
  observe({ at, happening }) {
    if (happening.kind !== 'mail_sent') return;
    const { mail } = happening;
    const words = readMail(mail);
    const invoice = known.ledger.invoiceOfNumber(words.invoiceNumber ?? '');
    if (invoice === undefined) return;
    verdict.weigh();
    const wrong = whyWrong(known, invoice, words, mail, at);
    if (wrong !== null) verdict.breach(`The mail ${mail.id} about ${invoice.id} ${wrong}.`);
  },
});

function whyWrong(
  known: Known,
  invoice: InvoiceRecord,
  words: MailWords,
  { text, html }: SentMail,
  at: number,
): string | null {
  const { amount, invoiceNumber, language } = words;
  const locale = known.ledger.customer(invoice.customer)?.preferred_locales?.[0];
  if (language !== languageFor(locale)) return `is in ${language}, and its reader wants ${locale}`;
  const right = amountsInWords(invoice.amount_due, invoice.currency, locale);
  if (amount === null || !right.includes(amount)) {
    return `says ${amount} where it is ${right.join(' or ')}`;
  }
  if (!html.includes(amount) || !html.includes(invoiceNumber ?? '')) {
    return 'says another amount or invoice in its HTML than in its text';
  }
  const theirs = known.ledger.methods.lastDigitsOfCustomer(invoice.customer);
  const foreign = words.lastDigits.find((digits) => !theirs.has(digits));
  if (foreign !== undefined) return `names a method ending in ${foreign}, which is not theirs`;
  const wrongDay = whyWrongDay(known, invoice, words, at);
  if (wrongDay !== null) return wrongDay;
  return words.kind === 'backup_charged' ? whyWrongCards(known, invoice.id, words, text, at) : null;
}

/** The days of the next try and the end are the customer's, where they live or have lived. */
function whyWrongDay(
  known: Known,
  { id, customer }: InvoiceRecord,
  { nextTry, payBefore, language }: MailWords,
  at: number,
): string | null {
  const file = known.cases.of(id);
  if (file === undefined) return null;
  const locale = known.ledger.customer(customer)?.preferred_locales?.[0];
  const own = locale !== undefined && languageFor(locale) === language ? locale : 'en-US';
  const primaries = known.ledger.primaries.between(id, 0, at);
  const zones = zonesOf(known, customer, primaries, 0, at);
  const daysOf = (times: ReadonlySet<number>, dateStyle: 'long' | 'full') =>
    zones.flatMap((timeZone) => {
      const format = new Intl.DateTimeFormat(own, { dateStyle, timeZone });
      return [...times].map((time) => format.format(time));
    });
  const tries = daysOf(file.plannedTries, 'long');
  if (nextTry !== null && !tries.includes(nextTry)) {
    return `says ${nextTry} where it is ${tries.join(' or ')}`;
  }
  const ends = daysOf(file.plannedEnds, 'full');
  return payBefore === null || ends.includes(payBefore)
    ? null
    : `is to be paid before ${payBefore}, where the end is ${ends.join(' or ')}`;
}

/** The mails know two languages, and the simulated business speaks English. */
const languageFor = (locale: string | undefined): MailLanguage =>
  locale !== undefined && /^de\b/i.test(locale) ? 'de' : 'en';

/** The one that paid, and the primary that could not. */
function whyWrongCards(
  { ledger, cases }: Known,
  invoice: string,
  { paidWith, namesUnknownPrimary }: MailWords,
  text: string,
  at: number,
): string | null {
  const paid = ledger.tries
    .ofInvoice(invoice)
    .find(({ status, ours }) => ours && status !== 'failed');
  if (paid === undefined) return null;
  const isNamed = [...ledger.methods.lastDigits(paid.method), paid.lastDigits].some(
    (digits) => digits !== null && paidWith?.includes(digits),
  );
  if (!isNamed) return `says it was paid with ${paidWith}; ${paid.charge} was with ${paid.method}`;
  const since = cases.attempt(paid.key)?.claim.basis ?? paid.madeAt;
  const primaries = ledger.primaries.between(invoice, since, at);
  const isPrimaryNamed = primaries.some((primary) =>
    primary === null
      ? namesUnknownPrimary
      : [...ledger.methods.lastDigits(primary)].some((digits) => text.includes(digits)),
  );
  return isPrimaryNamed ? null : `does not name the primary (${primaries.join(', ')})`;
}
