import { describe, expect, it, onTestFinished } from 'vitest';
import { refuseInvocation } from '../../../local/cloud/functions/refuse-invocation.ts';
import type { InvocationRecord } from '../../../local/cloud/records.ts';
import { runOn, shareFixture, startFixture } from './fixtures/start-fixture.ts';
import type { FixtureTemplate } from './fixtures/template.ts';

const mebibyte = 1024 * 1024;

/** Copies of the script under names of their own, with these properties changed. */
function addScripts(
  { Resources }: FixtureTemplate,
  scripts: Readonly<Record<string, Record<string, unknown>>>,
): void {
  const { Script } = Resources;
  for (const [id, properties] of Object.entries(scripts)) {
    Object.assign(Resources, {
      [id]: { ...Script, Properties: { ...Script.Properties, ...properties } },
    });
  }
}

describe("a function's memory", () => {
  const fixture = shareFixture({
    change: (template) =>
      addScripts(template, {
        Objects: { MemorySize: 128 },
        Buffers: { MemorySize: 128 },
        Modest: { MemorySize: 128 },
        Tidy: { MemorySize: 128 },
        Roomy: { MemorySize: 512 },
      }),
  });

  it.each([
    ['Objects', 'keepObjects'],
    ['Buffers', 'keepBuffers'],
  ])('ends %s, which keeps more than it has', async (name, step) => {
    const { cloud } = fixture();
    const failed: InvocationRecord[] = [];
    onTestFinished(
      cloud.on('invocation', (record) => {
        if (record.state === 'failed') failed.push(record);
      }),
    );
    const result = await cloud.invoke(name, { steps: [{ do: step, megabytes: 300 }] });
    const awsRequestId = failed[0]?.awsRequestId;
    expect(result).toMatchObject({
      ok: false,
      error: {
        errorType: 'Runtime.OutOfMemory',
        errorMessage: `RequestId: ${awsRequestId} Error: Runtime exited with error: signal: killed`,
      },
    });
    // The next invocation starts anew, with nothing of what was kept.
    expect(await runOn(cloud, name, { do: step, megabytes: 1 })).toBe(1);
  });

  it.each(['never', 'busy'])('ends it also while it is %s', async (step) => {
    const { cloud } = fixture();
    const steps = [{ do: 'keepBuffers', megabytes: 200 }, { do: step }];
    expect(await cloud.invoke('Buffers', { steps })).toMatchObject({
      ok: false,
      error: { errorType: 'Runtime.OutOfMemory' },
    });
  });

  it("bounds V8's heap by itself", async () => {
    const { cloud } = fixture();
    const ofModest = Number(await runOn(cloud, 'Modest', { do: 'heapLimit' }));
    const ofRoomy = Number(await runOn(cloud, 'Roomy', { do: 'heapLimit' }));
    expect(ofModest).toBeLessThan(160 * mebibyte);
    expect(ofRoomy).toBeGreaterThan(3 * ofModest);
    expect(ofRoomy).toBeLessThan(600 * mebibyte);
  });

  it('leaves alone what keeps less, and what drops again what it made', async () => {
    const { cloud } = fixture();
    expect(await runOn(cloud, 'Modest', { do: 'keepObjects', megabytes: 40 })).toBe(40);
    expect(await runOn(cloud, 'Modest', { do: 'keepBuffers', megabytes: 40 })).toBe(80);
    expect(await runOn(cloud, 'Tidy', { do: 'dropObjects', megabytes: 400 })).toBe(400);
    expect(await runOn(cloud, 'Roomy', { do: 'keepBuffers', megabytes: 300 })).toBe(300);
  });

  it('counts what an environment kept in earlier invocations', async () => {
    const { cloud } = fixture();
    for (const megabytes of [50, 40]) {
      expect(await cloud.invoke('Buffers', { steps: [{ do: 'keepBuffers', megabytes }] })).toEqual({
        ok: true,
        value: expect.any(Number),
      });
    }
    expect(
      await cloud.invoke('Buffers', { steps: [{ do: 'keepBuffers', megabytes: 60 }] }),
    ).toMatchObject({ ok: false, error: { errorType: 'Runtime.OutOfMemory' } });
  });
});

describe('what a function is given and answers', () => {
  const fixture = shareFixture();

  it('is an answer of at most 6,291,556 bytes', async () => {
    const { cloud } = fixture();
    const answer = (bytes: number) => cloud.invoke('Script', { steps: [{ do: 'answer', bytes }] });
    expect(await answer(6_291_556)).toMatchObject({ ok: true });
    expect(await answer(6_291_557)).toEqual({
      ok: false,
      error: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage:
          'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    });
  });

  it('is an event of at most 6 MB, otherwise the function is not run', async () => {
    const { cloud } = fixture();
    const states: string[] = [];
    onTestFinished(cloud.on('invocation', ({ state }) => states.push(state)));
    const frame = JSON.stringify({ steps: [], more: '' }).length;
    const invoke = (bytes: number) =>
      cloud.invoke('Script', { steps: [], more: 'a'.repeat(bytes - frame) });
    expect(await invoke(6 * mebibyte)).toMatchObject({ ok: true });
    expect(await invoke(6 * mebibyte + 1)).toMatchObject({
      ok: false,
      refused: 'too large',
      error: { errorType: 'RequestTooLargeException' },
    });
    expect(states).toEqual(['started', 'succeeded', 'refused']);
  });

  it('is an event of at most 1 MB where nobody waits', () => {
    const wanted = { running: 0, reservedConcurrency: undefined };
    const schedule = { kind: 'schedule', rule: 'r', eventId: 'e' } as const;
    const event = { ...schedule, kind: 'event' } as const;
    for (const trigger of [schedule, event]) {
      expect(refuseInvocation({ ...wanted, trigger, eventBytes: mebibyte })).toBeUndefined();
      expect(refuseInvocation({ ...wanted, trigger, eventBytes: mebibyte + 1 })).toMatchObject({
        why: 'too large',
        error: { errorMessage: expect.stringContaining('1048577 byte payload is too large') },
      });
    }
  });
});

describe('reserved concurrency', () => {
  const fixture = shareFixture({
    change(template) {
      const { ApiFunction, Worker } = template.Resources;
      addScripts(template, { One: { ReservedConcurrentExecutions: 1 } });
      for (const { Properties } of [ApiFunction, Worker]) {
        Object.assign(Properties, { ReservedConcurrentExecutions: 0 });
      }
    },
  });

  /** Resolves with the next invocation that is told so. */
  const told = (wanted: Pick<InvocationRecord, 'state' | 'functionLogicalId'>) =>
    new Promise<InvocationRecord>((resolve) => {
      const end = fixture().cloud.on('invocation', (record) => {
        const { state, functionLogicalId } = record;
        if (state !== wanted.state || functionLogicalId !== wanted.functionLogicalId) return;
        end();
        resolve(record);
      });
    });

  it('refuses an invocation beyond it, until another has ended', async () => {
    const { cloud } = fixture();
    const started = told({ functionLogicalId: 'One', state: 'started' });
    const held = cloud.invoke('One', { steps: [{ do: 'hold' }] });
    await started;
    expect(await cloud.invoke('One', { steps: [] })).toMatchObject({
      ok: false,
      refused: 'throttled',
      error: { errorType: 'TooManyRequestsException' },
    });
    cloud.setSecret('fixture/key', 'go on');
    expect(await held).toMatchObject({ ok: true });
    expect(await cloud.invoke('One', { steps: [] })).toMatchObject({ ok: true });
  });

  it('makes API Gateway answer 503', async () => {
    const { cloud } = fixture();
    const response = await fetch(`${cloud.apiUrl}/things/1`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: 'Service Unavailable' });
  });

  it('makes a batch go back to its queue, and to the dead-letter queue in the end', async () => {
    const { cloud, clock } = fixture();
    for (const receiveCount of [1, 2]) {
      const refused = told({ functionLogicalId: 'Worker', state: 'refused' });
      if (receiveCount === 1) await cloud.send('work', '[]');
      else clock.advance(61_000);
      await refused;
      expect((await cloud.messages('work')).inFlight).toMatchObject([{ receiveCount }]);
    }
    clock.advance(61_000);
    await cloud.idle();
    expect((await cloud.messages('work-dead')).ready).toMatchObject([{ body: '[]' }]);
  });
});

it('a throttled schedule waits for a second, then longer and longer, and is not lost', async () => {
  const { cloud, clock } = await startFixture({
    change({ Resources }) {
      Object.assign(Resources.Tick.Properties, { ReservedConcurrentExecutions: 0 });
      Resources.Minutely.Properties.ScheduleExpression = 'rate(1 day)';
    },
  });
  let refused = 0;
  onTestFinished(
    cloud.on('invocation', ({ state }) => {
      if (state === 'refused') refused += 1;
    }),
  );
  clock.advance(24 * 3_600_000);
  await cloud.idle();
  for (const [tries, seconds] of [1, 2, 4, 8].entries()) {
    clock.advance(seconds * 1000 - 500);
    await cloud.idle();
    expect(refused).toBe(tries + 1);
    clock.advance(500);
    await cloud.idle();
    expect(refused).toBe(tries + 2);
  }

  // After six hours the event is too old, and goes where what failed for good goes.
  for (let minutes = 0; minutes < 6 * 60; minutes += 5) {
    clock.advance(5 * 60_000);
    await cloud.idle();
  }
  expect((await cloud.messages('tick-dead')).ready).toHaveLength(1);
});
