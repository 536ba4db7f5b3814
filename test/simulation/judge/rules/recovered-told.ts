import { noticeOf, readMail } from '../following/notices.ts';
import type { Try } from '../following/tries.ts';
import type { Known, MakeRule } from '../rule.ts';

/** The notices by which a customer hears that an invoice is not paid yet. */
const ofUnpaid = ['payment_failed', 'authentication_needed', 'debit_started', 'debit_returned'];

/**
 * Who was told that an invoice is not paid yet is told once that it is, where a charge of ours paid
 * it with the primary; nobody else is. Access that comes back is told with the payment.
 */
export const recoveredTold: MakeRule = (known, verdict) => {
  const unpaidAt = new Map<string, number>();
  const told = new Map<string, Set<string>>();

  return {
    observe({ at, happening }) {
      if (happening.kind !== 'mail_sent') return;
      const { mail } = happening;
      const sk = noticeOf(mail)?.sk ?? '';
      const [, kind = ''] = sk.split('#');
      const invoice = known.ledger.invoiceOfNumber(readMail(mail).invoiceNumber ?? '')?.id;
      if (invoice === undefined) return;
      if (ofUnpaid.includes(kind) && !unpaidAt.has(invoice)) unpaidAt.set(invoice, at);
      if (kind !== 'recovered') return;
      verdict.weigh();
      told.set(invoice, (told.get(invoice) ?? new Set()).add(sk));
      const isPaid = known.ledger.tries.ofInvoice(invoice).some(hasPaid);
      if (!isPaid) verdict.breach(`${mail.id} says that ${invoice} was charged; nothing was.`);
    },
    conclude() {
      for (const { item, attempts } of known.cases.all()) {
        const { invoice, state } = item;
        const attempt = attempts.find(({ key }) => key === paidByUs(known, invoice)?.key);
        const heardAt = unpaidAt.get(invoice);
        if (state !== 'recovered' || attempt === undefined || heardAt === undefined) continue;
        if (attempt.isCustomers || attempt.role !== 'primary') continue;
        if (heardAt >= attempt.claim.basis) continue;
        verdict.weigh();
        const mails = told.get(invoice)?.size ?? 0;
        if (mails === 0 && !hasNotice(known, item)) {
          verdict.breach(`${invoice} was paid after a mail that it was not, and nobody was told.`);
        }
      }
    },
  };
};

const hasPaid = ({ status }: Try): boolean => status === 'succeeded';

const paidByUs = ({ ledger }: Known, invoice: string): Try | undefined =>
  ledger.tries.ofInvoice(invoice).find((each) => each.ours && hasPaid(each));

/** That access is back tells it too; and nothing goes to an address that takes none. */
const hasNotice = ({ items }: Known, { invoice }: { readonly invoice: string }): boolean =>
  [...items.all()].some(({ sk }) =>
    ['recovered', 'access_restored'].some((kind) => sk.startsWith(`NOTICE#${kind}#${invoice}-`)),
  );
