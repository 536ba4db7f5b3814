import { describe, expect, it, onTestFinished } from 'vitest';
import type { LocalCloud } from '../../../local/cloud/local-cloud.ts';
import type { InvocationRecord, LogRecord } from '../../../local/cloud/records.ts';
import { run, shareFixture } from './fixtures/start-fixture.ts';
import type { FixtureTemplate } from './fixtures/template.ts';

const count = (id: string) => ({ do: 'count', id });
const fail = { do: 'throw', message: 'not now' };
const minutesMs = (count: number) => count * 60_000;

/** What was counted of the items whose ids begin with the test's own word, without that word. */
async function seen(cloud: LocalCloud, test: string): Promise<Record<string, unknown>> {
  const items = await cloud.items('Table');
  const own = items.filter(({ id }) => String(id).startsWith(`${test} `));
  return Object.fromEntries(own.map(({ id, seen }) => [String(id).slice(test.length + 1), seen]));
}

interface Changes {
  readonly queue?: Record<string, unknown>;
  readonly source?: Record<string, unknown>;
}

/** A copy of the queue `work`, with a dead-letter queue and an event source of its own. */
function addQueue({ Resources }: FixtureTemplate, id: string, changes: Changes = {}): void {
  const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
  const { Work0123ABCD: work, WorkDead: dead, WorkSource: source } = Resources;
  const redrive = { deadLetterTargetArn: arn(`${id}Dead`), maxReceiveCount: 2 };
  Object.assign(Resources, {
    [`${id}Dead`]: { ...dead, Properties: { QueueName: `${id}-dead` } },
    [id]: {
      ...work,
      Properties: {
        ...work.Properties,
        QueueName: id,
        RedrivePolicy: redrive,
        ...changes.queue,
      },
    },
    [`${id}Source`]: {
      ...source,
      Properties: { ...source.Properties, EventSourceArn: arn(id), ...changes.source },
    },
  });
}

describe('a queue with an event source', () => {
  const fixture = shareFixture({
    change(template) {
      for (const id of ['Partial', 'Failing', 'Dying']) addQueue(template, id);
      addQueue(template, 'Narrow', { source: { BatchSize: 1 } });
      addQueue(template, 'Gathered', {
        queue: { VisibilityTimeout: 3600 },
        source: { MaximumBatchingWindowInSeconds: 300 },
      });
      addQueue(template, 'Disabled', { source: { Enabled: false } });
    },
  });

  it('delivers what a function sent, and forgets it when it was handled', async () => {
    const { cloud } = fixture();
    await run(cloud, { do: 'send', body: JSON.stringify([count('sent a')]) });
    await cloud.idle();
    expect(await seen(cloud, 'sent')).toEqual({ a: 1 });
    expect(await cloud.messages('work')).toEqual({ ready: [], delayed: [], inFlight: [] });
  });

  it('is named by its logical id, with or without its hash, and by its name', async () => {
    const { cloud } = fixture();
    for (const name of ['Work0123ABCD', 'Work', 'work']) {
      expect(await cloud.messages(name)).toMatchObject({ ready: [] });
    }
    await expect(cloud.messages('works')).rejects.toThrow(
      'The template has no queue "works". It has: WorkDead, Work0123ABCD',
    );
  });

  it('delivers again only the failed messages of a batch, once they are visible', async () => {
    const { cloud, clock } = fixture();
    await cloud.send('Partial', JSON.stringify([count('partial good')]));
    await cloud.send('Partial', JSON.stringify([count('partial bad'), fail]));
    await cloud.idle();
    expect(await seen(cloud, 'partial')).toEqual({ good: 1, bad: 1 });
    expect((await cloud.messages('Partial')).inFlight).toMatchObject([{ receiveCount: 1 }]);
    clock.advance(minutesMs(1) + 1000);
    await cloud.idle();
    expect(await seen(cloud, 'partial')).toEqual({ good: 1, bad: 2 });
  });

  it('sends a message to the dead-letter queue after its last receive, and back on redrive', async () => {
    const { cloud, clock } = fixture();
    const message = JSON.stringify([count('failing bad'), fail]);
    const dead: string[] = [];
    onTestFinished(
      cloud.on('message', ({ state, queue, body }) => {
        if (state === 'dead-lettered' && body === message) dead.push(queue);
      }),
    );
    await cloud.send('Failing', message);
    for (let minute = 0; minute < 3; minute += 1) {
      await cloud.idle();
      clock.advance(minutesMs(1) + 1000);
    }
    await cloud.idle();
    expect((await cloud.messages('Failing-dead')).ready).toHaveLength(1);
    expect(await seen(cloud, 'failing')).toEqual({ bad: 2 });
    expect(dead).toEqual(['Failing']);
    expect(await cloud.redrive('Failing-dead')).toBe(1);
    await cloud.idle();
    expect(await seen(cloud, 'failing')).toEqual({ bad: 3 });
  });

  it('holds back a delayed message until its time on the clock', async () => {
    const { cloud, clock } = fixture();
    const before = clock.now();
    const body = JSON.stringify([count('delayed later')]);
    await run(cloud, { do: 'send', body, delaySeconds: 600 });
    await cloud.idle();
    expect(await seen(cloud, 'delayed')).toEqual({});
    const [delayed] = (await cloud.messages('work')).delayed;
    expect(delayed?.visibleAt).toBeGreaterThanOrEqual(before + 600_000);
    clock.advance(minutesMs(11));
    await cloud.idle();
    expect(await seen(cloud, 'delayed')).toEqual({ later: 1 });
  });

  it('makes the message of a dead function visible again after its time-out', async () => {
    const { cloud, clock } = fixture();
    await cloud.send('Dying', JSON.stringify([count('dying a'), { do: 'exit' }]));
    await cloud.idle();
    expect(await seen(cloud, 'dying')).toEqual({ a: 1 });
    expect((await cloud.messages('Dying')).inFlight).toHaveLength(1);
    clock.advance(minutesMs(6));
    await cloud.idle();
    expect(await seen(cloud, 'dying')).toEqual({ a: 2 });
  });

  it('runs no more batches at once than the maximum concurrency', async () => {
    const { cloud } = fixture();
    let running = 0;
    let most = 0;
    onTestFinished(
      cloud.on('invocation', ({ state, trigger }: InvocationRecord) => {
        if (trigger.kind !== 'queue' || trigger.queue !== 'Narrow') return;
        running += state === 'started' ? 1 : -1;
        most = Math.max(most, running);
      }),
    );
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      await cloud.send('Narrow', JSON.stringify([count(`narrow ${id}`)]));
    }
    await cloud.idle();
    expect(Object.keys(await seen(cloud, 'narrow')).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(most).toBe(2);
  });

  it('gathers a batch until its window has passed on the clock', async () => {
    const { cloud, clock } = fixture();
    const batches: unknown[] = [];
    onTestFinished(cloud.on('log', ({ json }: LogRecord) => batches.push(json)));
    await cloud.send('Gathered', '[]');
    await cloud.send('Gathered', '[ ]');
    await expect.poll(async () => (await cloud.messages('Gathered')).inFlight.length).toBe(2);
    expect(batches).toEqual([]);
    clock.advance(minutesMs(5));
    await cloud.idle();
    expect(batches).toEqual([{ batch: ['[]', '[ ]'] }]);
  });

  it('delivers nothing while its event source is disabled', async () => {
    const { cloud } = fixture();
    await cloud.send('Disabled', JSON.stringify([count('disabled a')]));
    await cloud.idle();
    expect((await cloud.messages('Disabled')).ready).toHaveLength(1);
  });

  it('gives its URL at the gateway of whoever asks', async () => {
    const { cloud } = fixture();
    expect(await run(cloud, { do: 'queueUrl', name: 'work' })).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/000000000000\/work$/,
    );
  });
});
