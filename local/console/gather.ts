import type { LocalCloud } from '../cloud/local-cloud.ts';
import type { LocalStack } from '../start/local-stack.ts';
import type { StripeState } from '../stripe/engine/state.ts';
import { sayWhatIsDue } from '../stripe/page/say-what-is-due.ts';
import type { LocalStripe } from '../stripe/server.ts';
import type { Frame } from './page/frame.ts';
import type { OtherInvoice } from './page/invoices.ts';
import type { Recorder } from './record.ts';
import { buildTimeline, type Timeline } from './timeline/build-timeline.ts';
import { sayMoney, viewCases } from './view/customers-view.ts';
import { type Due, viewDue } from './view/due-view.ts';
import { customerIn, itemsOf, type KnownItem, readItems } from './view/items.ts';
import { namesOf } from './view/names.ts';
import { type QueueView, viewQueues } from './view/queues-view.ts';

/** What the console looks at: the running stack, and the records of what it did. */
export interface Watched {
  readonly stack: Pick<LocalStack, 'clock' | 'cloud' | 'stripe' | 'idle'>;
  readonly recorder: Recorder;
}

export async function gatherQueues(cloud: LocalCloud): Promise<readonly QueueView[]> {
  const queues = await Promise.all(
    cloud.queues().map(async ({ logicalId, name, deadLetterQueue }) => ({
      logicalId,
      name,
      ...(deadLetterQueue !== undefined && { deadLetterQueue }),
      contents: await cloud.messages(name),
    })),
  );
  return viewQueues(queues, cloud.eventSources());
}

export const gatherItems = async (cloud: LocalCloud): Promise<readonly KnownItem[]> =>
  readItems(await cloud.items());

/** What happens next by itself, the earliest first. */
export async function gatherDue({ stack }: Watched): Promise<readonly Due[]> {
  const { cloud, stripe } = stack;
  const queues = await gatherQueues(cloud);
  return viewDue({ rules: cloud.rules(), queues, stripe: stripe && stripeDue(stripe) });
}

function stripeDue({ control }: LocalStripe): { at: number; what: string } | undefined {
  const at = control.nextDue();
  if (at === undefined) return undefined;
  const what = sayWhatIsDue(control.state(), control.deliveries.list(), at);
  return { at, what: `at Stripe, ${what}` };
}

/** When the next case is due by its own time; `undefined` where none is in the future. */
export function nextCaseTime(items: readonly KnownItem[], now: number): number | undefined {
  const times = viewCases(items).flatMap(({ dueAt }) =>
    dueAt === undefined || dueAt <= now ? [] : [dueAt],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

export async function gatherFrame(
  watched: Watched,
  page: Pick<Frame, 'path' | 'news' | 'refreshSeconds'>,
): Promise<Frame> {
  const { clock, cloud, stripe } = watched.stack;
  const now = clock.now();
  return {
    ...page,
    now,
    due: await gatherDue(watched),
    nextCaseAt: nextCaseTime(await gatherItems(cloud), now),
    inboxUrl: cloud.inboxUrl,
    stripeUrl: stripe?.url,
  };
}

export async function gatherTimeline(
  { stack, recorder }: Watched,
  invoice: string,
): Promise<Timeline | undefined> {
  const { cloud, stripe } = stack;
  const hidden = (await gatherQueues(cloud)).flatMap(({ messages }) => messages);
  return buildTimeline({
    invoice,
    happenings: recorder.happenings(),
    items: await gatherItems(cloud),
    mails: cloud.mails(),
    names: namesOf(cloud),
    hiddenUntil: new Map(
      hidden.flatMap(({ id, state, visibleAt }) =>
        state === 'delayed' && visibleAt !== undefined ? [[id, visibleAt] as const] : [],
      ),
    ),
    stripe: stripe && {
      requests: stripe.control.requests(),
      relatedIds: idsOfInvoice(stripe.control.state(), invoice),
    },
  });
}

/** The PaymentIntents of an invoice and their charges. */
function idsOfInvoice({ tables }: StripeState, invoice: string): readonly string[] {
  const intents = tables.invoice_payments
    .filter((payment) => payment.invoice === invoice)
    .map(({ payment }) => payment.payment_intent);
  const charges = tables.charges.filter(({ payment_intent }) =>
    intents.some((intent) => intent === payment_intent),
  );
  return [...intents, ...charges.map(({ id }) => id)];
}

/** Invoices of the local Stripe without a case, newest first. */
export function otherInvoices(
  stripe: LocalStripe | undefined,
  items: readonly KnownItem[],
): readonly OtherInvoice[] {
  const invoices = stripe?.control.state().tables.invoices ?? [];
  const known = new Set<string>(itemsOf(items, 'case').map(({ record }) => record.invoice));
  const customers = new Set(items.map(({ item }) => customerIn(item)));
  return invoices
    .filter(({ id }) => !known.has(id))
    .map(({ id, total, currency, customer, status, created }) => ({
      id,
      amount: sayMoney({ amount: total, currency }),
      customer,
      isCustomerKnown: customers.has(customer),
      status,
      createdAt: created * 1000,
    }))
    .toReversed();
}
