import type { HistoryEntry } from '../../functions/domain/case/dunning-case.ts';
import {
  type CustomerId,
  customerId,
  type InvoiceId,
  invoiceId,
} from '../../functions/domain/ids.ts';
import { formatMoney } from '../../functions/domain/money.ts';
import type { ChargeFacts, InvoiceFacts } from '../../functions/domain/stripe/stripe-facts.ts';
import { connectGateway } from './connect-stripe.ts';
import type { DemoCustomer } from './demo-customer.ts';
import type { LocalStack } from './local-stack.ts';
import type { Operator } from './operator.ts';
import { Watch } from './watch.ts';

/** One line of the story, with the id of the record that it tells of. */
export interface Line {
  readonly what: string;
  readonly id: string;
  readonly text: string;
}

export interface JourneyParts {
  readonly stack: LocalStack;
  readonly operator: Operator;
  readonly demo: DemoCustomer;
  /** Makes Stripe renew the subscription. */
  readonly renew: () => Promise<string>;
  readonly tell: (line: Line) => void;
}

/**
 * One renewal from Stripe's first refusal to the mail in the inbox. Each line is told when the
 * record that it tells of is there, and read from that record.
 * @throws {StoryEnded} naming the line that did not come and the part that did not answer.
 */
export async function runJourney(parts: JourneyParts): Promise<void> {
  const { stack, operator, demo, tell } = parts;
  const watch = new Watch(stack);
  try {
    const customer = customerId(demo.customer);
    const gateway = connectGateway(stack.apiKey, stack.apiBase);
    const invoice = invoiceId(await parts.renew());
    const lines = { watch, tell, operator, customer, invoice };
    const renewed = await tellRenewal({ ...lines, facts: () => gateway.invoice(invoice) });
    await tellWebhook(lines);
    await tellAttempts(lines, renewed);
    await tellPaid({ ...lines, facts: () => gateway.invoice(invoice) });
    await tellMail(lines, stack, demo);
  } finally {
    watch.stop();
  }
}

interface Lines {
  readonly watch: Watch;
  readonly tell: (line: Line) => void;
  readonly operator: Operator;
  readonly customer: CustomerId;
  readonly invoice: InvoiceId;
}
type WithFacts = Lines & { readonly facts: () => Promise<InvoiceFacts | null> };

async function tellRenewal({ watch, tell, facts }: WithFacts): Promise<InvoiceFacts> {
  const renewed = await watch.until('Stripe renews and the bank declines', async () => {
    const now = await facts();
    return now?.charges.some((charge) => charge.status === 'failed') ? now : null;
  });
  const amount = formatMoney(renewed.amountDue, 'en-US');
  const id = renewed.subscription?.subscription ?? '';
  tell({ what: 'renewed', id: renewed.invoice, text: `${amount} for ${id}` });
  const [charge] = renewed.charges;
  if (charge !== undefined) {
    tell({ what: 'declined', id: charge.charge, text: `primary ${describeDecline(charge)}` });
  }
  return renewed;
}

async function tellWebhook(lines: Lines): Promise<void> {
  const { watch, tell, operator, customer, invoice } = lines;
  const recorded = await watch.log('the webhook arrives', 'Case', { invoice });
  const type = String(recorded.json.type);
  tell({ what: 'webhook', id: String(recorded.json.event), text: `${type}, signature verified` });
  const found = await watch.until('the case is recorded', () =>
    operator.records.case(customer, invoice),
  );
  tell({ what: 'case', id: invoice, text: `on record since ${isoSecond(found.createdAt)}` });
  const message = await watch.message('the retry queue delivers', invoice);
  tell({ what: 'message', id: message.messageId, text: `queue ${message.queue} delivered it` });
}

async function tellAttempts(lines: Lines, renewed: InvoiceFacts): Promise<void> {
  const { watch, tell, operator, customer, invoice } = lines;
  const history = await watch.until('the pass pays with the secondary', async () => {
    const entries = await operator.records.history(customer, invoice);
    return entries.some(isPaid) ? entries : null;
  });
  for (const { event } of history) {
    if (event.kind !== 'attempt') continue;
    const { method, role, outcome, trace } = event;
    // The rule that spoke last is the one that decided.
    const why = trace.at(-1)?.rule.replaceAll('_', ' ');
    const said =
      outcome.kind === 'declined' ? `declined (${outcome.codes.declineCode})` : outcome.kind;
    tell({ what: `attempt ${event.n}`, id: method, text: `${role} ${said}; rule: ${why}` });
  }
  if (history.filter(isPaid).length !== 1) watch.fail('one attempt pays', renewed.invoice);
}

const isPaid = ({ event }: HistoryEntry): boolean =>
  event.kind === 'attempt' && event.outcome.kind === 'succeeded';

async function tellPaid({ watch, tell, facts, invoice }: WithFacts): Promise<void> {
  const paid = await watch.until('the invoice is paid', async () => {
    const now = await facts();
    return now?.status === 'paid' ? now : null;
  });
  const succeeded = paid.charges.filter((charge) => charge.status === 'succeeded');
  const [charge] = succeeded;
  if (charge === undefined || succeeded.length !== 1) return watch.fail('one charge pays', invoice);
  const amount = formatMoney(charge.amount, 'en-US');
  tell({ what: 'paid', id: charge.charge, text: `${amount} with ${charge.method}` });
}

async function tellMail(
  { watch, tell, invoice }: Lines,
  stack: LocalStack,
  demo: DemoCustomer,
): Promise<void> {
  const sent = await watch.log('the mail goes out', 'Mail sent', { invoice });
  const mail = await watch.until('the mail is in the inbox', async () => {
    return stack.cloud.mails().find(({ id }) => id === sent.json.mail) ?? null;
  });
  if (!mail.to.includes(demo.email)) watch.fail('the mail is for the customer', mail.id);
  tell({ what: 'mail', id: mail.id, text: `"${mail.subject}"` });
}

function describeDecline({ codes }: ChargeFacts): string {
  const network = codes?.networkDeclineCode ?? null;
  return `declined: ${codes?.declineCode}${network === null ? '' : ` (network code ${network})`}`;
}

const isoSecond = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
