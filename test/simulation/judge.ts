import type { World } from './simulate.ts';

/**
 * What must always hold, read from Stripe's ledger, the mailbox and the table; nothing of
 * `functions/` is asked. @returns one sentence for each breach.
 */
export function judge(world: World): readonly string[] {
  const { tables } = world.stripe.control.state();
  const breaches = tables.invoices.flatMap(({ id }) => judgeInvoice(world, id));
  for (const item of casesOf(world)) {
    const ended = ['recovered', 'exhausted', 'closed'].includes(String(item.state));
    if (!ended && item.dueAt === undefined) breaches.push(`${item.invoice} has no due time.`);
    if (item.openAttempt !== null) breaches.push(`${item.invoice} has an attempt left open.`);
    if (Array.isArray(item.owed) && item.owed.length > 0) breaches.push(`${item.invoice} owes.`);
  }
  for (const { queue, body } of world.waiting) {
    breaches.push(`A message is left in ${queue}: ${JSON.stringify(body)}`);
  }
  return breaches;
}

function judgeInvoice(world: World, invoice: string): readonly string[] {
  const breaches: string[] = [];
  const charges = chargesOf(world, invoice);
  const succeeded = charges.filter(({ status }) => status === 'succeeded');
  if (succeeded.length > 1) breaches.push(`${invoice} was charged ${succeeded.length} times.`);

  const keys = executedKeys(world, invoice);
  const attempts = attemptsOf(world, invoice);
  const tried = attempts.filter(({ kind }) => kind !== 'not_executed' && kind !== 'skipped');
  if (keys.length !== tried.length) {
    breaches.push(`${invoice} has ${keys.length} charges of ours and ${tried.length} attempts.`);
  }
  breaches.push(...judgeSecondary(world, invoice));

  const recovered = tried.some(({ kind, role }) => kind === 'succeeded' && role === 'secondary');
  const told = world.mails.filter(
    ({ subject, text }) => subject.includes('backup') && text.includes(numberOf(world, invoice)),
  );
  if (told.length !== (recovered ? 1 : 0)) {
    breaches.push(
      `${invoice}: ${told.length} mails about the backup, recovered by it: ${recovered}.`,
    );
  }
  return breaches;
}

/** The secondary is charged only after the primary was refused for this invoice. */
function judgeSecondary({ stripe, customers }: World, invoice: string): readonly string[] {
  const charges = chargesOf({ stripe }, invoice);
  return charges.flatMap((charge, at) => {
    const customer = customers.find(({ secondary }) => secondary === charge.payment_method);
    if (customer === undefined) return [];
    const refused = charges
      .slice(0, at)
      .some((other) => other.payment_method === customer.primary && other.status === 'failed');
    return refused ? [] : [`${invoice}: the secondary was charged before the primary was refused.`];
  });
}

function chargesOf({ stripe }: Pick<World, 'stripe'>, invoice: string) {
  const { invoice_payments } = stripe.control.state().tables;
  const intents = invoice_payments
    .filter((payment) => payment.invoice === invoice)
    .map(({ payment }) => String(payment.payment_intent));
  return stripe.control
    .charges()
    .filter(({ payment_intent }) => intents.includes(String(payment_intent)));
}

/** Idempotency keys under which Stripe really charged for the invoice, accepted or refused. */
function executedKeys({ stripe }: World, invoice: string): readonly string[] {
  const own = stripe.control
    .requests()
    .filter(({ path, replayOf }) => path === `/v1/invoices/${invoice}/pay` && replayOf === null)
    .filter(({ params }) => Object.hasOwn(params, 'payment_method'));
  const effective = own.filter(({ fault, status }) =>
    fault === null
      ? status === 200 || status === 402
      : fault === 'lost_answer' || fault === '500_after',
  );
  return [...new Set(effective.map(({ idempotencyKey }) => String(idempotencyKey)))];
}

function attemptsOf(world: World, invoice: string): readonly { kind: string; role: string }[] {
  return world.items
    .filter(({ sk, invoice: of }) => String(sk).startsWith('LOG#') && of === invoice)
    .flatMap(({ event }) =>
      isAttempt(event) ? [{ kind: event.outcome.kind, role: event.role }] : [],
    );
}

interface AttemptLike {
  readonly kind: 'attempt';
  readonly role: string;
  readonly outcome: { readonly kind: string };
}

const isAttempt = (event: unknown): event is AttemptLike =>
  typeof event === 'object' && event !== null && 'kind' in event && event.kind === 'attempt';

const casesOf = ({ items }: World) => items.filter(({ sk }) => String(sk).startsWith('V#CASE#'));

const numberOf = ({ stripe }: World, invoice: string): string =>
  stripe.control.state().tables.invoices.find(({ id }) => id === invoice)?.number ?? 'no number';
