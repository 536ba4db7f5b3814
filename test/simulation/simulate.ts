import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type Stripe from 'stripe';
import { customerId, paymentMethodId } from '../../functions/domain/ids.ts';
import {
  type NoticeMessage,
  noticeMessageSchema,
  retryMessageSchema,
} from '../../functions/domain/messages.ts';
import { settingsSchema } from '../../functions/environment.ts';
import { recordMailEvent } from '../../functions/mail-events/record-mail-event.ts';
import { sendNotice } from '../../functions/notify/send-notice.ts';
import { runPass } from '../../functions/retry/run-pass.ts';
import { createRecords } from '../../functions/runtime/records.ts';
import { policyOf } from '../../functions/runtime/settings.ts';
import { assignSecondary } from '../../functions/runtime/staff-operations.ts';
import { receiveEvent } from '../../functions/stripe-webhook/receive-event.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { createMovableClock } from '../../local/clock.ts';
import { connectGateway, connectStripe } from '../../local/start/connect-stripe.ts';
import { demoConfiguration } from '../../local/start/demo-configuration.ts';
import type { CardOutcome } from '../../local/stripe/engine/published/declines.ts';
import { type LocalStripe, startLocalStripe } from '../../local/stripe/server.ts';
import { createMemoryMailer } from '../twins/memory-mailer.ts';
import { createMemoryQueues, type QueuedMessage } from '../twins/memory-queues.ts';
import { createMemoryTable } from '../twins/memory-table.ts';
import { recordTelemetry } from '../twins/recorded-telemetry.ts';
import { type Deaths, Died, dying } from './dying.ts';
import { createRandom, type Random } from './random.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** SQS delivers a dead function's message again after this long, in seconds. */
const redeliverySeconds = 720;

const settings = settingsSchema.parse(demoConfiguration);
const cards = [
  'pm_card_visa',
  'pm_card_mastercard',
  'pm_card_amex',
  'pm_card_discover',
  'pm_card_jcb',
];
const outcomes: readonly CardOutcome[] = [
  'succeeded',
  'generic_decline',
  'insufficient_funds',
  'lost_card',
  'processing_error',
  'do_not_honor',
];

/** What a judge may read when a seed has run: what really happened, and nothing of ours. */
export interface World {
  readonly stripe: LocalStripe;
  readonly items: readonly Record<string, unknown>[];
  readonly mails: readonly {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }[];
  readonly waiting: readonly QueuedMessage[];
  readonly customers: readonly { readonly primary: string; readonly secondary: string }[];
  readonly deaths: number;
  stop(): Promise<void>;
}

/**
 * One life of the rooms, in one process and driven by one seed: renewals fail, events come late,
 * twice and in any order, processes die at any call, Stripe loses answers. Then the faults stop,
 * a month passes, and what stands is handed to the judge.
 */
export async function simulate(seed: number): Promise<World> {
  const random = createRandom(seed);
  const clock = createMovableClock();
  const stripe = await startLocalStripe({ clock });
  stripe.control.deliveries.hold();
  const rooms = openRooms(stripe, clock, random);
  const customers = [];
  for (let made = 0; made < 3; made += 1) customers.push(await rooms.customer(made));
  for (let step = 0; step < 60; step += 1) await rooms.step(customers);
  rooms.deaths.probability = 0;
  stripe.control.faults.clear();
  for (let days = 0; days < 30; days += 1) await rooms.calmDay();
  return {
    stripe,
    customers,
    items: rooms.table.items(),
    mails: rooms.mailer.sent,
    waiting: rooms.queues.waiting(),
    deaths: rooms.deaths.count,
    async stop() {
      await stripe.stop();
      clock.stop();
    },
  };
}

interface SimulatedCustomer {
  readonly primary: string;
  readonly secondary: string;
  readonly subscription: string;
}

function openRooms(
  stripe: LocalStripe,
  clock: ReturnType<typeof createMovableClock>,
  random: Random,
) {
  const deaths: Deaths = { probability: 0.01, count: 0 };
  const table = createMemoryTable();
  const queues = createMemoryQueues(clock);
  const mailer = createMemoryMailer();
  const sdk = connectStripe(stripe.apiKey, stripe.url);
  const gateway = connectGateway(stripe.apiKey, stripe.url);
  const { log, metrics } = recordTelemetry();
  const base = { clock, log, metrics, remainingMs: () => 120_000 };
  const reached = { events: 0, mails: 0 };
  const unsettled: { message: NoticeMessage; id: string }[] = [];

  /** The ports of one process, which dies at most once. */
  const process = () => {
    const world = dying({ ...table, ...queuePorts(queues), ...gateway, ...mailer }, deaths, random);
    return {
      ...base,
      table: world,
      records: createRecords(world),
      queues: world,
      stripe: world,
      mailer: world,
    };
  };

  /** @returns false where the process died. */
  const survives = async (run: () => Promise<unknown>): Promise<boolean> => {
    try {
      await run();
      return true;
    } catch (error) {
      if (error instanceof Died) return false;
      throw error;
    }
  };

  const deliverEvents = async (again: boolean): Promise<void> => {
    const events = stripe.control.events();
    const fresh = events.slice(reached.events);
    reached.events = events.length;
    const extra = again && events.length > 0 ? [random.pick(events)] : [];
    for (const event of shuffled([...fresh, ...extra], random)) {
      // Stripe delivers again what was not answered.
      while (!(await survives(() => webhook(process(), event))));
    }
  };

  const work = async (): Promise<void> => {
    const retries = [...queues.receive('retry'), ...queues.receive('retryNow')];
    await Promise.all(
      retries.map(async ({ body }) => {
        const message = retryMessageSchema.parse(body);
        const alive = await survivesOrThrows(() =>
          runPass({ ...process(), policy: policyOf(settings), mode: 'own' }, message),
        );
        if (!alive) await queues.sendRetry(message, redeliverySeconds);
      }),
    );
    const notices = queues.receive('notice').map(({ body }, at) => {
      return { message: noticeMessageSchema.parse(body), id: `${clock.now()}-${at}` };
    });
    for (const { message, id } of [...unsettled.splice(0), ...notices]) {
      const send = () => sendNotice({ ...process(), settings }, message, id);
      const alive = await survivesOrThrows(send);
      await tellMails();
      // Delivered again, it is the same message still.
      if (!alive) unsettled.push({ message, id });
    }
  };
  /** A room that throws is one whose message comes again, like one that died. */
  const survivesOrThrows = (run: () => Promise<void>) => survives(() => run().catch(diedOrThrew));

  /** SES tells of each mail that it took. */
  const tellMails = async (): Promise<void> => {
    for (const mail of mailer.sent.slice(reached.mails)) {
      const tags = { notice: [mail.tags.notice ?? ''] };
      const detail = { eventType: 'Send', mail: { messageId: `ses-${reached.mails}`, tags } };
      await recordMailEvent({ ...base, records: createRecords(table) }, { detail });
      reached.mails += 1;
    }
  };

  return {
    deaths,
    table,
    queues,
    mailer,
    customer: (number: number) =>
      createCustomer(sdk, stripe, createRecords(table), gateway, number, random),
    async step(customers: readonly SimulatedCustomer[]) {
      await trouble(stripe, sdk, customers, random);
      await deliverEvents(random.chance(0.3));
      await work();
      clock.advance(random.pick([1000, minute, 15 * minute, 60 * minute, day]));
      await survivesOrThrows(() => sweep({ ...process(), passesPerSecond: 15 }));
      await work();
    },
    async calmDay() {
      await deliverEvents(false);
      for (const pause of [day - 40 * minute, 20 * minute, 2 * minute, 18 * minute]) {
        clock.advance(pause);
        await sweep({ ...process(), passesPerSecond: 15 });
        clock.advance(minute);
        await work();
        await work();
      }
    },
  };
}

const diedOrThrew = (error: unknown): never => {
  if (error instanceof Died) throw error;
  throw new Died(`The room threw: ${error instanceof Error ? error.message : String(error)}`);
};

/** The queues' sending half, so that a process cannot take messages by itself. */
const queuePorts = ({
  sendRetry,
  sendRetryNow,
  sendNotice: send,
}: ReturnType<typeof createMemoryQueues>) => ({
  sendRetry,
  sendRetryNow,
  sendNotice: send,
});

/** Something that happens outside: a renewal, another answer of a card, a lost answer. */
async function trouble(
  { control }: LocalStripe,
  sdk: Stripe,
  customers: readonly SimulatedCustomer[],
  random: Random,
): Promise<void> {
  const { subscription, primary, secondary } = random.pick(customers);
  const what = random.below(8);
  const { status } = await sdk.subscriptions.retrieve(subscription);
  if (what < 2 && (status === 'active' || status === 'past_due')) control.renewNow(subscription);
  if (what === 2) control.setCardOutcomes(primary, [random.pick(outcomes)]);
  if (what === 3)
    control.setCardOutcomes(secondary, [random.pick(outcomes), random.pick(outcomes)]);
  if (what === 4) {
    const kind = random.pick([
      'lost_answer',
      'cut_before',
      '500_before',
      '500_after',
      '429',
      'lock_timeout',
    ] as const);
    // Twice: the SDK repeats a request once whose connection was cut.
    const count = kind === 'lost_answer' || kind === 'cut_before' ? 2 : 1;
    control.faults.add({ method: 'POST', path: '/v1/invoices/*/pay', kind, count });
  }
  if (what === 5) {
    control.faults.clear();
    const open = await sdk.invoices.list({ status: 'open', limit: 1 });
    const [invoice] = open.data;
    if (invoice !== undefined) await sdk.invoices.pay(invoice.id, { paid_out_of_band: true });
  }
}

async function createCustomer(
  sdk: Stripe,
  { control }: LocalStripe,
  records: ReturnType<typeof createRecords>,
  gateway: ReturnType<typeof connectGateway>,
  number: number,
  random: Random,
): Promise<SimulatedCustomer> {
  const { id: customer } = await sdk.customers.create({ email: `owner-${number}@sim.example` });
  const [first, second] = shuffled(cards, random);
  const primary = await sdk.paymentMethods.attach(String(first), { customer });
  const secondary = await sdk.paymentMethods.attach(String(second), { customer });
  const price = await sdk.prices.create({
    product: (await sdk.products.create({ name: 'Alerts' })).id,
    currency: 'usd',
    unit_amount: 1000 + number,
    recurring: { interval: 'month' },
  });
  const subscription = await sdk.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    default_payment_method: primary.id,
  });
  control.setCardOutcomes(primary.id, ['generic_decline']);
  const consent = { source: 'staff', name: 'Simulation', evidence: 'a seed', at: 0 } as const;
  await assignSecondary(
    records,
    gateway,
    customerId(customer),
    paymentMethodId(secondary.id),
    consent,
  );
  return { primary: primary.id, secondary: secondary.id, subscription: subscription.id };
}

async function webhook(
  process: Pick<
    Parameters<typeof receiveEvent>[0],
    'records' | 'queues' | 'clock' | 'log' | 'metrics'
  >,
  event: object,
): Promise<void> {
  const handle = receiveEvent({
    ...process,
    signingSecrets: async () => ['whsec_sim'],
    isSigned: () => true,
    livemode: false,
  });
  const answer = await handle(requestOf(JSON.stringify(event)));
  if (answer.statusCode !== 200) throw new Error(`The webhook answered ${answer.statusCode}.`);
}

const requestOf = (body: string): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'POST /webhooks/stripe',
  rawPath: '/webhooks/stripe',
  rawQueryString: '',
  headers: { 'stripe-signature': 'checked elsewhere' },
  requestContext: {
    accountId: '',
    apiId: '',
    domainName: '',
    domainPrefix: '',
    http: {
      method: 'POST',
      path: '/webhooks/stripe',
      protocol: 'HTTP/1.1',
      sourceIp: '',
      userAgent: '',
    },
    requestId: '',
    routeKey: '',
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
  body,
  isBase64Encoded: false,
});

function shuffled<One>(from: readonly One[], random: Random): readonly One[] {
  const keyed = from.map((one) => ({ one, key: random.next() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
}
