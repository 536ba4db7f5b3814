import type { StoredItem } from '../../evidence.ts';
import type { Attempt } from '../following/cases.ts';
import { chargesTakenFor } from '../following/taken-for.ts';
import type { Try } from '../following/tries.ts';
import { countOf, type Fields, fieldsOf, listIn, textOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';

/** What a history entry says of an attempt. */
interface Told {
  readonly invoice: string;
  readonly n: number;
  readonly outcome: Fields;
}

/**
 * The history holds one entry for each attempt that was on record, with the outcome that
 * Stripe's ledger shows, and so counts tries as well as successes.
 */
export const history: MakeRule = (known, verdict) => {
  const told = new Map<string, Told[]>();
  const sequences = new Map<string, number>();
  const answers = new Map<string, number[]>();
  const nameOf = (invoice: string, n: number): string => `${invoice} attempt ${n}`;

  const take = (item: StoredItem): void => {
    const invoice = item.sk.split('#')[1] ?? '';
    sequences.set(invoice, (sequences.get(invoice) ?? 0) + 1);
    const event = fieldsOf(item.event);
    if (textOf(event?.kind) === 'debit_ended')
      takeDebit(invoice, countOf(event?.n), event?.outcome);
    if (textOf(event?.kind) !== 'attempt') return;
    verdict.weigh();
    const entry: Told = {
      invoice,
      n: countOf(event?.n),
      outcome: fieldsOf(event?.outcome) ?? {},
    };
    const entries = listIn(told, nameOf(invoice, entry.n));
    entries.push(entry);
    const attempt = known.cases.of(invoice)?.attempts.find(({ n }) => n === entry.n);
    const why =
      attempt === undefined
        ? 'never stood on record'
        : entries.length > 1
          ? `is told ${entries.length} times`
          : whyUntrue(known, attempt, entry, answers.get(attempt.key) ?? []);
    if (why !== null) verdict.breach(`History: ${nameOf(invoice, entry.n)} ${why}.`);
  };

  /** What became of a bank debit, days after its attempt was told as `processing`. */
  const takeDebit = (invoice: string, n: number, outcome: unknown): void => {
    verdict.weigh();
    const attempt = known.cases.of(invoice)?.attempts.find((each) => each.n === n);
    const tries = known.ledger.tries.ofInvoice(invoice);
    const own = tries.filter(({ key }) => key === attempt?.key);
    const others = attempt === undefined ? [] : chargesTakenFor(known, attempt);
    const kind = textOf(fieldsOf(outcome)?.kind);
    const right = [...own, ...others]
      .filter(({ wasPending }) => wasPending)
      .map(({ status }) => (status === 'failed' ? 'declined' : status));
    if (right.some((each) => each === kind)) return;
    verdict.breach(`History: the debit of ${nameOf(invoice, n)} is told as ${kind}, not ${right}.`);
  };

  return {
    observe({ happening }) {
      if (happening.kind === 'item_written' && happening.after.sk.startsWith('LOG#')) {
        if (happening.before === null) take(happening.after);
      }
      if (happening.kind !== 'stripe_call' || happening.call.by !== 'backstop') return;
      const { idempotencyKey, status } = happening.call;
      if (idempotencyKey !== undefined) listIn(answers, idempotencyKey).push(status);
    },
    conclude() {
      for (const { item, attempts } of known.cases.all()) {
        for (const { n, key, endedAt } of attempts) {
          verdict.weigh();
          const entries = told.get(nameOf(item.invoice, n)) ?? [];
          if (entries.length === 1 || endedAt === null) continue;
          verdict.breach(`History: ${key} was on record and is told ${entries.length} times.`);
        }
        const lines = sequences.get(item.invoice) ?? 0;
        if (lines === item.historyCount) continue;
        verdict.breach(`History: ${item.invoice} counts ${item.historyCount} lines, has ${lines}.`);
      }
    },
  };
};

function whyUntrue(
  known: Known,
  attempt: Attempt,
  { outcome }: Told,
  answers: readonly number[],
): string | null {
  const { key, invoice } = attempt;
  const kind = textOf(outcome.kind) ?? 'nothing';
  const charge = known.ledger.tries.ofInvoice(invoice).find((each) => each.key === key);
  const others = chargesTakenFor(known, attempt);
  const right = [charge, ...others].flatMap((each) => kindsOf(each, answers));
  if (!right.includes(kind)) {
    const shown = charge === undefined ? 'no charge' : `${charge.charge} ${charge.status}`;
    return `(${key}) is told as ${kind}; Stripe shows ${shown}`;
  }
  const codes = fieldsOf(outcome.codes);
  const isKnown = codes !== null && charge !== undefined && others.length === 0;
  return isKnown ? whyOtherCodes(charge, codes) : null;
}

/** What may be told of an attempt with this charge, or with none. */
function kindsOf(charge: Try | undefined, answers: readonly number[]): readonly string[] {
  if (charge === undefined) {
    const kinds = ['not_executed', 'skipped'];
    if (answers.includes(402)) kinds.push('requires_action');
    return answers.some((status) => status === 400 || status === 404)
      ? [...kinds, 'method_unusable']
      : kinds;
  }
  if (charge.status === 'pending') return ['processing'];
  const early = charge.wasPending ? ['processing'] : [];
  if (charge.status === 'succeeded') return [...early, 'succeeded'];
  const asksCustomer = charge.refusal?.code?.includes('authentication') ?? false;
  return [...early, asksCustomer ? 'requires_action' : 'declined'];
}

function whyOtherCodes({ charge, refusal }: Try, codes: Fields): string | null {
  if (refusal === null) return null;
  const names = ['code', 'adviceCode', 'networkAdviceCode', 'networkDeclineCode'] as const;
  const wrong = names.find((name) => textOf(codes[name]) !== refusal[name]);
  if (wrong === undefined) return null;
  return `has the ${wrong} ${codes[wrong]}; ${charge} has ${refusal[wrong]}`;
}
