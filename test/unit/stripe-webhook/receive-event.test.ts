import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { isSignedByStripe } from '../../../functions/adapters/stripe-webhook-signature.ts';
import { handledEventTypes } from '../../../functions/domain/stripe/stripe-events.ts';
import { minuteMs, secondMs } from '../../../functions/domain/time.ts';
import { createRecords } from '../../../functions/runtime/records.ts';
import {
  receiveEvent,
  type WebhookDependencies,
} from '../../../functions/stripe-webhook/receive-event.ts';
import { customerOf, dunningCaseOf, noon, theCustomer, theInvoice } from '../../twins/examples.ts';
import { createMemoryQueues } from '../../twins/memory-queues.ts';
import { createMemoryTable } from '../../twins/memory-table.ts';
import { recordTelemetry } from '../../twins/recorded-telemetry.ts';
import { createTestClock } from '../../twins/test-clock.ts';
import { stripeEvent, webhookRequest } from '../../twins/webhook-request.ts';

const stripe = new Stripe('sk_test_of_the_test');
const secret = 'whsec_current';

interface Delivery {
  readonly secret?: string;
  readonly signedAt?: number;
  readonly base64?: boolean;
  readonly signature?: string | undefined;
}

/** A request as Stripe sends it and API Gateway hands it over. */
function delivery(body: string, options: Delivery = {}) {
  const signature = stripe.webhooks.generateTestHeaderString({
    payload: body,
    secret: options.secret ?? secret,
    timestamp: Math.floor((options.signedAt ?? noon) / secondMs),
  });
  const given = 'signature' in options ? options.signature : signature;
  return webhookRequest(options.base64 ? Buffer.from(body).toString('base64') : body, {
    isBase64Encoded: options.base64 ?? false,
    headers: given === undefined ? {} : { 'stripe-signature': given },
  });
}

function createWorld(more: Partial<WebhookDependencies> = {}) {
  const clock = createTestClock(noon);
  const table = createMemoryTable();
  const queues = createMemoryQueues(clock);
  let reads = 0;
  const counting = {
    ...table,
    get: (...key: Parameters<typeof table.get>) => {
      reads += 1;
      return table.get(...key);
    },
  };
  const records = createRecords(counting);
  const telemetry = recordTelemetry();
  const receive = receiveEvent({
    records,
    queues,
    signingSecrets: async () => ['whsec_old', secret],
    isSigned: isSignedByStripe,
    livemode: false,
    clock,
    log: telemetry.log,
    metrics: telemetry.metrics,
    ...more,
  });
  return {
    records,
    telemetry,
    receive,
    reads: () => reads,
    deliver: (body: unknown, options: Delivery = {}) =>
      receive(delivery(typeof body === 'string' ? body : JSON.stringify(body), options)),
    /** What the delivery left behind: items and messages. */
    traces: () => [...table.items(), ...queues.waiting()],
    messages: () => queues.waiting().map(({ queue, body }) => [queue, body]),
  };
}

const failedEvent = stripeEvent('invoice.payment_failed');
const passMessage = { v: 1, type: 'pass', customer: theCustomer, invoice: theInvoice };

describe('a failed renewal', () => {
  test.each([false, true])('is recorded as a due case and queued (base64: %s)', async (base64) => {
    const world = createWorld();

    const answer = await world.deliver(failedEvent, { base64 });

    expect(answer).toMatchObject({ statusCode: 200 });
    expect(await world.records.case(theCustomer, theInvoice)).toMatchObject({
      progress: { state: 'due', dueAt: noon },
      amountDue: null,
    });
    expect(world.messages()).toEqual([['retry', passMessage]]);
  });

  test('with letters beyond ASCII is verified by its bytes, however it came', async () => {
    const event = stripeEvent('invoice.payment_failed', { note: 'Zoë ✓ 日本' });
    for (const base64 of [false, true]) {
      expect(await createWorld().deliver(event, { base64 })).toMatchObject({ statusCode: 200 });
    }
  });

  test('whose customer is expanded names the same case', async () => {
    const world = createWorld();
    const object = {
      ...failedEvent.data.object,
      customer: { id: theCustomer, object: 'customer' },
    };
    await world.deliver({ ...failedEvent, data: { object } });
    expect(world.messages()).toEqual([['retry', passMessage]]);
  });

  test('that is delivered twice changes the case no further', async () => {
    const world = createWorld();
    await world.deliver(failedEvent);
    const first = await world.records.case(theCustomer, theInvoice);

    expect(await world.deliver(failedEvent)).toMatchObject({ statusCode: 200 });

    expect(await world.records.case(theCustomer, theInvoice)).toEqual(first);
  });
});

describe('an invoice that may be settled', () => {
  test.each(['invoice.paid', 'invoice.voided', 'invoice.marked_uncollectible'])(
    '%s: its case is looked at',
    async (type) => {
      const world = createWorld();
      await world.records.addCase(dunningCaseOf());
      await world.deliver(stripeEvent(type));
      expect(world.messages()).toEqual([['retry', { ...passMessage, type: 'settle' }]]);
    },
  );

  test('of a healthy renewal has no case and leaves nothing behind', async () => {
    const world = createWorld();
    expect(await world.deliver(stripeEvent('invoice.paid'))).toMatchObject({ statusCode: 200 });
    expect(world.traces()).toEqual([]);
  });

  test('that was paid twice is an alarm', async () => {
    const world = createWorld();
    await world.deliver(stripeEvent('invoice.overpaid'));
    expect(world.telemetry.counted('InvoiceOverpaid')).toBe(1);
  });

  test('no handled type is forgotten by the webhook', async () => {
    for (const type of handledEventTypes) {
      const world = createWorld();
      await world.records.addCase(dunningCaseOf());
      await world.records.addCustomer(customerOf());
      const before = world.reads();
      await world.deliver(stripeEvent(type, { data: anything(type) }));
      expect(world.messages(), type).toHaveLength(1);
      // One look at the table at most: Stripe waits for the answer.
      expect(world.reads() - before, type).toBeLessThanOrEqual(1);
    }
  });
});

/** An object that every type could be about. */
const anything = (type: string) => ({
  object: {
    id: type.startsWith('invoice.') ? theInvoice : theCustomer,
    customer: theCustomer,
    charge: 'ch_1',
    payment_method: 'pm_1',
  },
  previous_attributes: { customer: theCustomer, metadata: {} },
});

describe('a change at Stripe', () => {
  const charge = { id: 'ch_1', customer: theCustomer };
  const events = [
    ['charge.failed', charge, { v: 1, type: 'charge', charge: 'ch_1', about: 'failed' }],
    [
      'customer.subscription.deleted',
      { id: 'sub_1', customer: theCustomer },
      { v: 1, type: 'customer', customer: theCustomer },
    ],
  ] as const;

  test.each(events)('%s of a customer of ours is queued', async (type, object, message) => {
    const world = createWorld();
    await world.records.addCustomer(customerOf());
    await world.deliver(stripeEvent(type, { data: { object } }));
    expect(world.messages()).toEqual([['retry', message]]);
  });

  test.each(events)('%s of somebody else leaves nothing behind', async (type, object) => {
    const world = createWorld();
    await world.deliver(stripeEvent(type, { data: { object } }));
    expect(world.traces()).toEqual([]);
    expect(world.telemetry.counted('EventIgnored')).toBe(1);
  });

  test.each([
    ['charge.dispute.created', 'dispute'],
    ['charge.dispute.closed', 'dispute'],
    ['radar.early_fraud_warning.created', 'warning'],
  ])('%s names only a charge, which is looked at', async (type, about) => {
    const world = createWorld();
    await world.deliver(stripeEvent(type, { data: { object: { id: 'dp_1', charge: 'ch_1' } } }));
    expect(world.messages()).toEqual([['retry', { v: 1, type: 'charge', charge: 'ch_1', about }]]);
  });
});

describe('an event that is not for us is taken, counted, and leaves nothing behind', () => {
  test.each([
    ['of an unknown type', stripeEvent('customer.created')],
    ['of a type that every object has', stripeEvent('constructor')],
    ['of the other world', stripeEvent('invoice.payment_failed', { livemode: true })],
    ['of another account', stripeEvent('invoice.payment_failed', { account: 'acct_1' })],
    [
      'without a customer',
      stripeEvent('invoice.payment_failed', { data: { object: { id: 'in_1', customer: null } } }),
    ],
  ])('%s', async (_, event) => {
    const world = createWorld();
    expect(await world.deliver(event)).toMatchObject({ statusCode: 200 });
    expect(world.telemetry.counted('EventIgnored')).toBe(1);
    expect(world.traces()).toEqual([]);
  });
});

describe('what Stripe did not sign is refused and leaves nothing behind', () => {
  const body = JSON.stringify(failedEvent);
  test.each<[string, Delivery]>([
    ['another secret', { secret: 'whsec_of_somebody_else' }],
    ['no header', { signature: undefined }],
    ['an empty header', { signature: '' }],
    ['a header of nonsense', { signature: 't=now,v1=zzz' }],
    ['five minutes and a second ago', { signedAt: noon - 5 * minuteMs - secondMs }],
  ])('%s', async (_, options) => {
    const world = createWorld();
    const answer = await world.deliver(body, options);
    expect(answer).toMatchObject({
      statusCode: 400,
      headers: { 'content-type': 'application/problem+json' },
    });
    expect(JSON.parse(Object(answer).body)).toMatchObject({
      type: 'urn:backstop:problem:invalid-signature',
      status: 400,
    });
    expect(world.telemetry.counted('DeliveryRefused')).toBe(1);
    expect(world.traces()).toEqual([]);
  });

  test('a body that was changed on the way', async () => {
    const world = createWorld();
    const request = delivery(body);
    const changed = { ...request, body: body.replace(theInvoice, 'in_2') };
    expect(await world.receive(changed)).toMatchObject({ statusCode: 400 });
    expect(world.traces()).toEqual([]);
  });

  test('but five minutes are tolerated, and each of the secrets is good', async () => {
    const signedAt = noon - 5 * minuteMs;
    expect(await createWorld().deliver(body, { signedAt })).toMatchObject({ statusCode: 200 });
    expect(await createWorld().deliver(body, { secret: 'whsec_old' })).toMatchObject({
      statusCode: 200,
    });
  });
});

describe('a body that is no event', () => {
  test.each(['', 'no JSON', '[]', 'null', '{"id":"evt_1"}', '{"object":"v2.core.event"}'])(
    'is refused although it is signed: %s',
    async (body) => {
      const world = createWorld();
      expect(await world.deliver(body)).toMatchObject({ statusCode: 400 });
      expect(world.traces()).toEqual([]);
    },
  );

  test('is refused over 256 KB, by its bytes, before anything else is done with it', async () => {
    const signingSecrets = async () => Promise.reject(new Error('not asked for'));
    const world = createWorld({ signingSecrets });
    for (const base64 of [false, true]) {
      const body = JSON.stringify({ ...failedEvent, note: 'é'.repeat(128 * 1024) });
      const answer = await world.deliver(body, { base64 });
      expect(answer).toMatchObject({ statusCode: 413 });
    }
    expect(world.traces()).toEqual([]);
  });

  test('is taken at 256 KB exactly', async () => {
    const shell = JSON.stringify({ ...failedEvent, note: '' }).length;
    const note = 'x'.repeat(256 * 1024 - shell);
    expect(await createWorld().deliver({ ...failedEvent, note })).toMatchObject({
      statusCode: 200,
    });
    const more = createWorld();
    expect(await more.deliver({ ...failedEvent, note: `${note}x` })).toMatchObject({
      statusCode: 413,
    });
  });
});

describe('what fails makes Stripe deliver again', () => {
  const broken = () => Promise.reject(new Error('not today'));

  test('the table: nothing is queued for a case that is not on record', async () => {
    const world = createWorld({ records: { addCase: broken, case: broken, customer: broken } });
    await expect(world.deliver(failedEvent)).rejects.toThrow('not today');
    await expect(world.deliver(stripeEvent('invoice.paid'))).rejects.toThrow('not today');
    expect(world.traces()).toEqual([]);
  });

  test('the queue: the second delivery queues what the first could not', async () => {
    const world = createWorld();
    const half = receiveEvent({
      records: world.records,
      queues: { sendRetry: broken },
      signingSecrets: async () => [secret],
      isSigned: isSignedByStripe,
      livemode: false,
      clock: createTestClock(noon),
      log: world.telemetry.log,
      metrics: world.telemetry.metrics,
    });
    await expect(half(delivery(JSON.stringify(failedEvent)))).rejects.toThrow('not today');
    expect(world.messages()).toEqual([]);

    await world.deliver(failedEvent);
    expect(world.messages()).toEqual([['retry', passMessage]]);
  });

  test('the secret', async () => {
    const world = createWorld({ signingSecrets: broken });
    await expect(world.deliver(failedEvent)).rejects.toThrow('not today');
    expect(world.traces()).toEqual([]);
  });
});
