import { describe, expect, it } from 'vitest';
import type { LocalCloud } from '../../../local/cloud/local-cloud.ts';
import type { InvocationRecord, LogRecord } from '../../../local/cloud/records.ts';
import { run, startFixture } from './fixtures/start-fixture.ts';

const count = (id: string) => ({ do: 'count', id });
const fail = { do: 'throw', message: 'not now' };
const minutesMs = (count: number) => count * 60_000;

async function seen(cloud: LocalCloud): Promise<Record<string, unknown>> {
  const items = await cloud.items('Table');
  return Object.fromEntries(items.map((item) => [String(item.id), item.seen]));
}

describe('a queue with an event source', () => {
  it('delivers what a function sent, and forgets it when it was handled', async () => {
    const { cloud } = await startFixture();
    await run(cloud, { do: 'send', body: JSON.stringify([count('a')]) });
    await cloud.idle();
    expect(await seen(cloud)).toEqual({ a: 1 });
    expect(await cloud.messages('work')).toEqual({ ready: [], delayed: [], inFlight: [] });
  });

  it('is named by its logical id, with or without its hash, and by its name', async () => {
    const { cloud } = await startFixture();
    for (const name of ['Work0123ABCD', 'Work', 'work']) {
      expect(await cloud.messages(name)).toMatchObject({ ready: [] });
    }
    await expect(cloud.messages('works')).rejects.toThrow(
      'The template has no queue "works". It has: WorkDead, Work0123ABCD',
    );
  });

  it('delivers again only the failed messages of a batch, once they are visible', async () => {
    const { cloud, clock } = await startFixture();
    await cloud.send('work', JSON.stringify([count('good')]));
    await cloud.send('work', JSON.stringify([count('bad'), fail]));
    await cloud.idle();
    expect(await seen(cloud)).toEqual({ good: 1, bad: 1 });
    expect((await cloud.messages('work')).inFlight).toMatchObject([{ receiveCount: 1 }]);
    clock.advance(minutesMs(1) + 1000);
    await cloud.idle();
    expect(await seen(cloud)).toEqual({ good: 1, bad: 2 });
  });

  it('sends a message to the dead-letter queue after its last receive, and back on redrive', async () => {
    const { cloud, clock } = await startFixture();
    const dead: string[] = [];
    cloud.on('message', ({ state, queue }) => {
      if (state === 'dead-lettered') dead.push(queue);
    });
    await cloud.send('work', JSON.stringify([count('bad'), fail]));
    for (let minute = 0; minute < 3; minute += 1) {
      await cloud.idle();
      clock.advance(minutesMs(1) + 1000);
    }
    await cloud.idle();
    expect((await cloud.messages('work-dead')).ready).toHaveLength(1);
    expect(await seen(cloud)).toEqual({ bad: 2 });
    expect(dead).toEqual(['work']);
    expect(await cloud.redrive('work-dead')).toBe(1);
    await cloud.idle();
    expect(await seen(cloud)).toEqual({ bad: 3 });
  });

  it('holds back a delayed message until its time on the clock', async () => {
    const { cloud, clock } = await startFixture();
    const before = clock.now();
    await run(cloud, { do: 'send', body: JSON.stringify([count('later')]), delaySeconds: 600 });
    await cloud.idle();
    expect(await seen(cloud)).toEqual({});
    const [delayed] = (await cloud.messages('work')).delayed;
    expect(delayed?.visibleAt).toBeGreaterThanOrEqual(before + 600_000);
    clock.advance(minutesMs(11));
    await cloud.idle();
    expect(await seen(cloud)).toMatchObject({ later: 1 });
  });

  it('makes the message of a dead function visible again after its time-out', async () => {
    const { cloud, clock } = await startFixture();
    await cloud.send('work', JSON.stringify([count('a'), { do: 'exit' }]));
    await cloud.idle();
    expect(await seen(cloud)).toEqual({ a: 1 });
    expect((await cloud.messages('work')).inFlight).toHaveLength(1);
    clock.advance(minutesMs(6));
    await cloud.idle();
    expect(await seen(cloud)).toMatchObject({ a: 2 });
  });

  it('runs no more batches at once than the maximum concurrency', async () => {
    const { cloud } = await startFixture({
      change(template) {
        template.Resources.WorkSource.Properties.BatchSize = 1;
      },
    });
    let running = 0;
    let most = 0;
    cloud.on('invocation', ({ state, functionLogicalId }: InvocationRecord) => {
      if (functionLogicalId !== 'Worker') return;
      running += state === 'started' ? 1 : -1;
      most = Math.max(most, running);
    });
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      await cloud.send('work', JSON.stringify([count(id)]));
    }
    await cloud.idle();
    expect(Object.keys(await seen(cloud)).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(most).toBe(2);
  });

  it('gathers a batch until its window has passed on the clock', async () => {
    const { cloud, clock } = await startFixture({
      change(template) {
        template.Resources.WorkSource.Properties.MaximumBatchingWindowInSeconds = 300;
        template.Resources.Work0123ABCD.Properties.VisibilityTimeout = 3600;
      },
    });
    const batches: unknown[] = [];
    cloud.on('log', ({ json }: LogRecord) => batches.push(json));
    await cloud.send('work', '[]');
    await cloud.send('work', '[ ]');
    await expect.poll(async () => (await cloud.messages('work')).inFlight.length).toBe(2);
    expect(batches).toEqual([]);
    clock.advance(minutesMs(5));
    await cloud.idle();
    expect(batches).toEqual([{ batch: ['[]', '[ ]'] }]);
  });

  it('delivers nothing while its event source is disabled', async () => {
    const { cloud } = await startFixture({
      change(template) {
        template.Resources.WorkSource.Properties.Enabled = false;
      },
    });
    await cloud.send('work', JSON.stringify([count('a')]));
    await cloud.idle();
    expect((await cloud.messages('work')).ready).toHaveLength(1);
  });

  it('gives its URL at the gateway of whoever asks', async () => {
    const { cloud } = await startFixture();
    expect(await run(cloud, { do: 'queueUrl', name: 'work' })).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/000000000000\/work$/,
    );
  });
});
