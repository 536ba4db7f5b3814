import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, invoiceId } from '../../functions/domain/ids.ts';
import type {
  NoticeMessage,
  RetryMessage,
  SignInMessage,
} from '../../functions/domain/messages.ts';
import type { Queues } from '../../functions/domain/ports.ts';
import { createMovableClock, type MovableClock } from '../../local/clock.ts';
import { createMemoryQueues, type QueueName } from '../twins/memory-queues.ts';
import { openStores, type Stores } from './stores.ts';

interface World {
  readonly queues: Queues;
  readonly clock: MovableClock;
  /** Bodies that can be received now, each once. */
  receive(queue: QueueName): Promise<readonly unknown[]>;
}

let stores: Stores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.stop());

const message: RetryMessage = {
  v: 1,
  type: 'pass',
  customer: customerId('cus_1'),
  invoice: invoiceId('in_1'),
};
const notice: NoticeMessage = {
  v: 1,
  customer: customerId('cus_1'),
  invoice: invoiceId('in_1'),
  notice: {
    kind: 'payment_failed',
    fact: 'in_1-pass-1',
    invoiceNumber: null,
    hostedInvoiceUrl: 'https://invoice.stripe.com/i/漢字',
    amount: { amount: 4900, currency: 'usd' },
    failed: [],
    nextTryAt: 1_790_000_000_000,
  },
};

const asked: SignInMessage = {
  v: 1,
  request: 'request-1',
  email: 'ada@example.com',
  source: '192.0.2.1',
};

function inMemory(): World {
  const clock = createMovableClock();
  const queues = createMemoryQueues(clock);
  return { queues, clock, receive: async (queue) => queues.receive(queue).map(({ body }) => body) };
}

describe.each([
  { name: 'the queues in memory', open: inMemory },
  { name: 'the queues on SQS', open: (): World => stores },
])('$name', ({ open }) => {
  let world: World;
  beforeAll(() => {
    world = open();
  });

  it('deliver a message as it was sent, to its own queue only', async () => {
    await world.queues.sendRetry(message);
    await world.queues.sendNotice(notice);
    await world.queues.sendRetryNow({ ...message, type: 'settle' });
    await world.queues.sendSignIn(asked);
    expect(await world.receive('signIn')).toEqual([asked]);
    expect(await world.receive('retry')).toEqual([message]);
    expect(await world.receive('notice')).toEqual([notice]);
    expect(await world.receive('retryNow')).toEqual([{ ...message, type: 'settle' }]);
  });

  it('deliver a message once to those that receive and take it', async () => {
    await world.queues.sendRetry(message);
    expect(await world.receive('retry')).toHaveLength(1);
    expect(await world.receive('retry')).toEqual([]);
  });

  it('keep a delayed message back until its time', async () => {
    await world.queues.sendRetry(message, 90);
    expect(await world.receive('retry')).toEqual([]);
    world.clock.advance(80_000);
    expect(await world.receive('retry')).toEqual([]);
    world.clock.advance(11_000);
    expect(await world.receive('retry')).toEqual([message]);
  });
});
