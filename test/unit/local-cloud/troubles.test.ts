import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { LocalCloud } from '../../../local/cloud/local-cloud.ts';
import { createRequestLog } from '../../../local/cloud/request-log.ts';
import { createTroubleMaker, noTroubles, type Troubles } from '../../../local/cloud/troubles.ts';
import { run, runOn, shareFixture, startFixture } from './fixtures/start-fixture.ts';
import type { FixtureTemplate } from './fixtures/template.ts';

const count = (id: string) => ({ do: 'count', id });
const fail = { do: 'throw', message: 'not now' };

/** The messages in the order in which the worker got them, by their bodies. */
function deliveries(cloud: LocalCloud): string[][] {
  const batches: string[][] = [];
  onTestFinished(
    cloud.on('log', ({ json }) => {
      if (typeof json !== 'object' || json === null || !('batch' in json)) return;
      // The worker wrote this line itself: the bodies of its records.
      batches.push(json.batch as string[]);
    }),
  );
  return batches;
}

describe('the dice', () => {
  const drawn = (seed: string, share: number) => {
    const maker = createTroubleMaker();
    maker.set({ seed, throttledTableRequests: share, throttledMails: share });
    const table = Array.from({ length: 1000 }, () => maker.throttlesTable());
    return { table, mails: Array.from({ length: 1000 }, () => maker.throttlesMail()) };
  };

  it('fall the same for the same seed, and otherwise for another', () => {
    expect(drawn('one', 20)).toEqual(drawn('one', 20));
    expect(drawn('one', 20)).not.toEqual(drawn('two', 20));
  });

  it('fall as often as asked for, and never for 0 or else than always for 100', () => {
    const hits = drawn('one', 20).table.filter(Boolean).length;
    expect(hits).toBeGreaterThan(150);
    expect(hits).toBeLessThan(250);
    expect(drawn('one', 0).table).not.toContain(true);
    expect(drawn('one', 100).mails).not.toContain(false);
  });

  it('keep what is not named, and refuse a share that is none', () => {
    const maker = createTroubleMaker();
    expect(maker.troubles()).toEqual(noTroubles);
    maker.set({ throttledMails: 10 });
    expect(maker.set({ coldStarts: true })).toEqual({
      ...noTroubles,
      throttledMails: 10,
      coldStarts: true,
    });
    expect(() => maker.set({ duplicatedMessages: 101 })).toThrow(RangeError);
    expect(() => maker.set({ duplicatedMessages: Number.NaN })).toThrow('from 0 to 100');
    expect(maker.troubles().duplicatedMessages).toBe(0);
  });
});

describe('a running cloud', () => {
  const fixture = shareFixture({
    change({ Resources }: FixtureTemplate) {
      // One message at a time, so that each delivery is an invocation of its own.
      Resources.WorkSource.Properties.BatchSize = 1;
      Object.assign(Resources, { Cold: Resources.Script });
    },
  });
  afterEach(() => fixture().cloud.setTroubles(noTroubles));

  it('throttles the table as DynamoDB does, for functions and not for the operator', async () => {
    const { cloud } = fixture();
    await cloud.setTroubles({ throttledTableRequests: 100 });
    expect(cloud.troubles()).toMatchObject({ throttledTableRequests: 100, throttledMails: 0 });
    await expect(run(cloud, count('throttled'))).rejects.toThrow(
      /^ThrottlingException: Throughput exceeds the current capacity of your table or index\./,
    );
    expect(cloud.outgoingRequests().at(-1)).toMatchObject({
      service: 'dynamodb',
      outcome: { kind: 'answered', status: 400, error: 'ThrottlingException' },
    });
    expect((await cloud.items('Table')).map(({ id }) => id)).not.toContain('throttled');
    await cloud.setTroubles({ throttledTableRequests: 0 });
    expect(await run(cloud, count('throttled'))).toBeDefined();
  });

  it('throttles mails as SES does', async () => {
    const { cloud } = fixture();
    const mail = {
      do: 'mail',
      Source: 'billing@shop.example',
      Destination: { ToAddresses: ['a@customer.example'] },
      Message: { Subject: { Data: 'S' }, Body: { Text: { Data: 'T' } } },
    };
    await cloud.setTroubles({ throttledMails: 100 });
    await expect(run(cloud, mail)).rejects.toThrow('Throttling: Maximum sending rate exceeded.');
    expect(cloud.mails()).toEqual([]);
    await cloud.setTroubles({ throttledMails: 0 });
    await run(cloud, mail);
    expect(cloud.mails()).toHaveLength(1);
  });

  it('starts a new environment for each invocation, if that is asked for', async () => {
    const { cloud } = fixture();
    const counted = () => runOn(cloud, 'Cold', { do: 'invocations' });
    expect([await counted(), await counted()]).toEqual([1, 2]);
    await cloud.setTroubles({ coldStarts: true });
    expect([await counted(), await counted()]).toEqual([1, 1]);
    await cloud.setTroubles({ coldStarts: false });
    // The environment from before is still warm.
    expect(await counted()).toBe(3);
  });

  it('delivers a message twice and not more, although it was handled', async () => {
    const { cloud, clock } = fixture();
    const batches = deliveries(cloud);
    await cloud.setTroubles({ duplicatedMessages: 100 });
    const bodies = Array.from({ length: 12 }, (_, at) => JSON.stringify([count(`twice ${at}`)]));
    for (const body of bodies) await cloud.send('work', body);
    await cloud.idle();
    const atOnce = batches.length - bodies.length;
    // Some come at once, while the first is in flight; the others at their moments.
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThan(bodies.length);
    expect((await cloud.messages('work')).delayed).toHaveLength(bodies.length - atOnce);
    for (let minutes = 0; minutes < 3; minutes += 1) {
      clock.advance(61_000);
      await cloud.idle();
    }
    expect(batches.flat().sort()).toEqual([...bodies, ...bodies].sort());
    expect(await cloud.messages('work')).toEqual({ ready: [], delayed: [], inFlight: [] });
    expect((await cloud.messages('work-dead')).ready).toEqual([]);
  });

  it('gives a duplicate the id of its message, and moves only the message when it fails', async () => {
    const { cloud, clock } = fixture();
    const ids: string[] = [];
    onTestFinished(
      cloud.on('invocation', ({ state, trigger }) => {
        if (state === 'started' && trigger.kind === 'queue') ids.push(...trigger.messageIds);
      }),
    );
    await cloud.setTroubles({ duplicatedMessages: 100, seed: 'failing' });
    const id = await cloud.send('work', JSON.stringify([fail]));
    for (let minutes = 0; minutes < 4; minutes += 1) {
      await cloud.idle();
      clock.advance(61_000);
    }
    await cloud.idle();
    expect(ids).toEqual([id, id, id]);
    expect((await cloud.messages('work-dead')).ready).toMatchObject([{ messageId: id }]);
    expect(await cloud.redrive('work-dead')).toBe(1);
    for (let minutes = 0; minutes < 4; minutes += 1) {
      await cloud.idle();
      clock.advance(61_000);
    }
    await cloud.idle();
    expect((await cloud.messages('work-dead')).ready).toHaveLength(1);
  });

  /** The order in which a backlog of twenty messages is handed to the function. */
  async function orderOf(troubles: Partial<Troubles>): Promise<readonly number[]> {
    const { cloud } = fixture();
    const order: string[] = [];
    onTestFinished(
      cloud.on('invocation', ({ state, trigger }) => {
        if (state === 'started' && trigger.kind === 'queue') order.push(...trigger.messageIds);
      }),
    );
    await cloud.setTroubles(troubles);
    cloud.stopPart('queue');
    const sent: string[] = [];
    for (let at = 0; at < 20; at += 1) sent.push(await cloud.send('work', '[]'));
    cloud.resumePart('queue');
    await cloud.idle();
    return order.slice(-sent.length).map((id) => sent.indexOf(id));
  }

  it('gives the messages in another order, the same for the same seed', async () => {
    const inOrder = Array.from({ length: 20 }, (_, at) => at);
    expect(await orderOf({ reorderedMessages: false })).toEqual(inOrder);
    const reordered = await orderOf({ reorderedMessages: true, seed: 'order' });
    expect(reordered.toSorted((a, b) => a - b)).toEqual(inOrder);
    expect(reordered).not.toEqual(inOrder);
    expect(await orderOf({ seed: 'order' })).toEqual(reordered);
    expect(await orderOf({ seed: 'another' })).not.toEqual(reordered);
  });

  it("survives throttling by the SDK's own tries, as the functions' adapter uses it", async () => {
    const { cloud } = fixture();
    const before = cloud.outgoingRequests().at(-1)?.number ?? 0;
    await cloud.setTroubles({ throttledTableRequests: 50, seed: 'tries' });
    for (let at = 0; at < 5; at += 1) {
      await run(cloud, { do: 'countWithTries', id: 'survives' });
    }
    expect(await cloud.items('Table')).toContainEqual({ id: 'survives', seen: 5 });
    const statuses = cloud
      .outgoingRequests()
      .filter(({ number }) => number > before)
      .map(({ outcome }) => outcome.kind === 'answered' && outcome.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    expect(statuses).toContain(400);
  });

  it('ends as the SDK does when every try is throttled', async () => {
    const { cloud } = fixture();
    const before = cloud.outgoingRequests().at(-1)?.number ?? 0;
    await cloud.setTroubles({ throttledTableRequests: 100 });
    await expect(run(cloud, { do: 'countWithTries', id: 'never' })).rejects.toThrow(
      'ThrottlingException',
    );
    expect((cloud.outgoingRequests().at(-1)?.number ?? 0) - before).toBe(
      await new DynamoDBClient({}).config.maxAttempts(),
    );
  });
});

it('keeps its troubles from another cloud in the same process', async () => {
  const one = await startFixture();
  const two = await startFixture();
  await one.cloud.setTroubles({ throttledTableRequests: 100, duplicatedMessages: 100 });
  expect(two.cloud.troubles()).toEqual(noTroubles);
  await expect(run(one.cloud, count('a'))).rejects.toThrow('ThrottlingException');
  expect(await run(two.cloud, count('a'))).toBeDefined();
  const handled = deliveries(two.cloud);
  for (let at = 0; at < 5; at += 1) await two.cloud.send('work', '[]');
  await two.cloud.idle();
  expect(handled.flat()).toHaveLength(5);
  expect((await two.cloud.messages('work')).delayed).toEqual([]);
});

it('the request log keeps the newest, with numbers that go on', () => {
  const log = createRequestLog(3);
  const request = {
    functionLogicalId: 'F',
    functionName: 'f',
    sequence: 1,
    service: 'sqs',
    action: 'SendMessage',
    resources: [],
    at: 0,
    outcome: { kind: 'refused' },
  } as const;
  expect([1, 2, 3, 4, 5].map(() => log.add(request).number)).toEqual([1, 2, 3, 4, 5]);
  expect(log.newest().map(({ number }) => number)).toEqual([3, 4, 5]);
});
