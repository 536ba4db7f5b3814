import { describe, expect, test } from 'vitest';
import type { DunningCase } from '../../../functions/domain/case/dunning-case.ts';
import { invoiceId } from '../../../functions/domain/ids.ts';
import { keys } from '../../../functions/domain/items.ts';
import { retryMessageSchema } from '../../../functions/domain/messages.ts';
import { hourMs, isoInstant, minuteMs } from '../../../functions/domain/time.ts';
import { createRecords } from '../../../functions/runtime/records.ts';
import { type SweepDependencies, sweep } from '../../../functions/sweep/sweep.ts';
import { customerOf, dunningCaseOf, noon, theCustomer } from '../../twins/examples.ts';
import { createMemoryQueues } from '../../twins/memory-queues.ts';
import { createMemoryTable } from '../../twins/memory-table.ts';
import { ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { recordTelemetry } from '../../twins/recorded-telemetry.ts';
import { createTestClock } from '../../twins/test-clock.ts';

const anEntry = {
  at: noon,
  by: { kind: 'backstop' },
  what: 'roles_changed',
  about: null,
  from: null,
  to: null,
  reason: null,
} as const;

const nth = (index: number) => invoiceId(`in_${index}`);

async function createWorld(count: number, more: Partial<DunningCase> = {}) {
  const clock = createTestClock(noon);
  const table = createMemoryTable();
  const queues = createMemoryQueues(clock);
  const records = createRecords(table);
  const telemetry = recordTelemetry();
  for (let index = 0; index < count; index += 1) {
    await records.addCase({ ...dunningCaseOf(more), invoice: nth(index) });
  }
  const run = (changes: Partial<SweepDependencies> = {}) =>
    sweep({
      table,
      records,
      queues,
      passesPerSecond: 15,
      clock,
      log: telemetry.log,
      metrics: telemetry.metrics,
      remainingMs: () => hourMs,
      ...changes,
    });
  return {
    clock,
    table,
    queues,
    records,
    telemetry,
    run,
    async minute(changes: Partial<SweepDependencies> = {}) {
      clock.advance(minuteMs);
      await run(changes);
    },
    /** Invoices whose messages wait in the queue. */
    queued: () =>
      queues.waiting().map(({ body }) => retryMessageSchema.parse(body).invoice as string),
    delays: () => queues.waiting().map(({ visibleAt }) => (visibleAt - clock.now()) / 1000),
  };
}

describe('what is due is sent', () => {
  test('once: while its message may be waiting it is not sent again', async () => {
    const world = await createWorld(3);

    await world.run();
    await world.minute();
    expect(world.queued().sort()).toEqual(['in_0', 'in_1', 'in_2']);
    expect(world.telemetry.counted('CasesDue')).toBe(3);

    // Should the message have been lost, it comes again.
    world.clock.advance(20 * minuteMs);
    await world.run();
    expect(world.queued()).toHaveLength(6);
  });

  test('not before its time, and not once it ended', async () => {
    const waiting = { progress: { state: 'waiting' as const, dueAt: noon + 2 * minuteMs } };
    const world = await createWorld(1, waiting);
    const ended = dunningCaseOf({
      invoice: nth(7),
      progress: { state: 'recovered', endedAt: noon - hourMs, role: 'primary' },
    });
    await world.records.addCase(ended);

    await world.run();
    await world.minute();
    expect(world.queued()).toEqual([]);

    await world.minute();
    expect(world.queued()).toEqual(['in_0']);
  });

  test('also where it ended and still owes a mail', async () => {
    const world = await createWorld(1, {
      progress: { state: 'recovered', endedAt: noon - hourMs, role: 'secondary' },
      owed: [{ kind: 'hand_back' }],
    });
    await world.run();
    expect(world.queued()).toEqual(['in_0']);
  });
});

describe('a change that was not finished', () => {
  const entry = { ...anEntry, id: 'customer-2-0' };
  const unfinished = [{ kind: 'audit' as const, entry }];

  test('is sent when its time has come, once while its message may be waiting', async () => {
    const world = await createWorld(0);
    const finishBy = noon + 2 * minuteMs;
    await world.records.addCustomer(customerOf({ unfinished, finishBy }));
    await world.run();
    expect(world.queues.waiting()).toEqual([]);
    world.clock.advance(2 * minuteMs);
    await world.run();
    await world.minute();
    expect(world.queues.waiting().map(({ body }) => body)).toEqual([
      { v: 1, type: 'finish', customer: theCustomer },
    ]);
    world.clock.advance(20 * minuteMs);
    await world.run();
    expect(world.queues.waiting()).toHaveLength(2);
  });

  test('is not sent once it was', async () => {
    const world = await createWorld(0);
    await world.records.addCustomer(customerOf({ unfinished, finishBy: noon }));
    await world.records.saveCustomer(customerOf({ version: 2 }));
    await world.run();
    expect(world.queues.waiting()).toEqual([]);
  });
});

describe('the pace', () => {
  test('is no more than the rate allows; the rest stays due and nothing is left behind', async () => {
    const world = await createWorld(150);

    await world.run({ passesPerSecond: 1 });
    expect(world.queued()).toHaveLength(60);
    await world.minute({ passesPerSecond: 1 });
    expect(world.queued()).toHaveLength(120);
    await world.minute({ passesPerSecond: 1 });

    expect(new Set(world.queued()).size).toBe(150);
  });

  test('is spread over the minute', async () => {
    const world = await createWorld(120);

    await world.run();

    const perSecond = new Map<number, number>();
    for (const delay of world.delays()) perSecond.set(delay, (perSecond.get(delay) ?? 0) + 1);
    expect(perSecond.size).toBe(60);
    expect([...perSecond.values()].every((count) => count === 2)).toBe(true);
    expect(Math.max(...perSecond.keys())).toBeLessThan(60);
  });

  test('ends before the process does', async () => {
    const world = await createWorld(30);
    let left = 3;
    await world.run({ remainingMs: () => (left-- > 1 ? hourMs : 1) });
    expect(world.queued()).toHaveLength(20);

    await world.minute();
    expect(new Set(world.queued()).size).toBe(30);
  });
});

describe('something goes wrong', () => {
  test('a case that cannot be sent does not hold back the others, and is told', async () => {
    const world = await createWorld(25);
    const sendRetry: typeof world.queues.sendRetry = async (message, delaySeconds) => {
      if ('invoice' in message && message.invoice === nth(3)) throw new Error('SQS said no.');
      return world.queues.sendRetry(message, delaySeconds);
    };

    await expect(world.run({ queues: { sendRetry } })).rejects.toThrow(
      'Not everything that is due',
    );

    expect(world.queued()).toHaveLength(24);
    expect(world.telemetry.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    world.clock.advance(20 * minuteMs);
    await world.run();
    expect(world.queued()).toContain('in_3');
  });

  test('an index that lags behind sends nothing that has moved on', async () => {
    const world = await createWorld(1);
    const stale = [{ ...keys.case(theCustomer, nth(0)), at: isoInstant(noon) }];
    const found = await world.records.case(theCustomer, nth(0));
    if (found === null) throw new Error('The case is on record.');
    await world.records.saveCase({
      ...found,
      progress: { state: 'waiting', dueAt: noon + hourMs },
      version: found.version + 1,
    });

    await world.run({ table: { queryIndex: async () => stale } });

    expect(world.queued()).toEqual([]);
  });

  test('another writer comes first: the case stays due', async () => {
    const world = await createWorld(1);
    await world.run({ records: { ...world.records, saveCase: async () => false } });
    expect(world.queued()).toEqual([]);
    await world.minute();
    expect(world.queued()).toEqual(['in_0']);
  });

  test('a death at any call delays cases and loses none', async () => {
    const counting = startLife();
    const world = await createWorld(3);
    await world.run({
      table: counting.wrap(world.table),
      records: counting.wrap(world.records),
      queues: counting.wrap(world.queues),
    });
    expect(counting.calls()).toBeGreaterThan(10);
    for (let call = 1; call <= counting.calls(); call += 1) {
      for (const when of ['before', 'after'] as const) {
        const life = startLife({ call, when });
        const dying = await createWorld(3);
        await dying
          .run({
            table: life.wrap(dying.table),
            records: life.wrap(dying.records),
            queues: life.wrap(dying.queues),
          })
          .catch((error: unknown) => {
            if (!(error instanceof ProcessDied || error instanceof AggregateError)) throw error;
          });
        for (let minutes = 0; minutes < 17; minutes += 1) await dying.minute();
        expect(new Set(dying.queued()).size).toBe(3);
      }
    }
  });
});
