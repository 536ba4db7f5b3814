import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../functions/domain/time.ts';
import { ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { createWorld, expiry, ids, renewal, type World } from './fixtures/world.ts';

const subject = 'Your Visa ending in 4242 expires at the end of November 2026';
const soon = `cus_1: ${subject}`;
const isOver = 'cus_1: Your Visa ending in 4242 has expired';
const muchLater = expiry + 60 * dayMs;
/** The first mail was sent by then, and no other. */
const afterFirst = expiry - 29 * dayMs;
const beforeFirst = expiry - 36 * dayMs;

async function withCards(count: number, start?: number): Promise<World> {
  const world = createWorld(start);
  for (let n = 1; n <= count; n += 1) await world.addCard(n);
  return world;
}

describe('the owner of a card that expires', () => {
  test('is told at each threshold, once, and then no more', async () => {
    const world = await withCards(1);
    await world.pass(muchLater);
    expect(world.mails()).toEqual([soon, soon, soon]);
    expect(await world.card()).toMatchObject({
      reminder: { expiry: '2026-11', told: [30, 14, 3], lookAt: null, owed: null },
    });
    expect(world.table.items().some(({ remindAt }) => remindAt !== undefined)).toBe(false);
  });

  test('is told of a backup as of a primary', async () => {
    const world = createWorld();
    await world.addCard(1, 'secondary');
    await world.pass(afterFirst);
    expect(world.mails()).toEqual([soon]);
    expect(world.mailer.sent[0]?.text).toContain('Your backup, your Visa');
  });

  test('is told before a billing date that comes first', async () => {
    const world = await withCards(1);
    world.stripe.bill(expiry - 20 * dayMs);
    await world.pass(expiry - 22 * dayMs);
    expect(world.mails()).toEqual([soon, soon]);
    expect(await world.card()).toMatchObject({ reminder: { told: [30, 'billing'] } });
  });
});

describe('nobody is told', () => {
  test('of a card without a role, and Stripe is not asked about it', async () => {
    const world = createWorld();
    await world.addCard(1, null);
    await world.pass(muchLater);
    expect(world.mails()).toEqual([]);
    expect(world.stripe.requests()).toBe(0);
  });

  test('of a card that the network replaced right before: it begins anew', async () => {
    const world = await withCards(1);
    await world.pass(beforeFirst);
    world.stripe.change(1, { expMonth: 11, expYear: 2029 });
    await world.pass(muchLater);
    expect(world.mails()).toEqual([]);
    const card = await world.card();
    expect(card).toMatchObject({ expYear: 2029, revision: 2 });
    const item = world.table.items().find(({ sk }) => sk === 'V#METHOD#pm_1');
    expect(item?.remindAt).toMatch(/^2029-09-/);
  });

  test.each([
    ['gone', (world: World) => world.stripe.remove(1)],
    ["another customer's", (world: World) => world.stripe.change(1, { customer: ids(2).customer })],
    ['charged no more', (world: World) => world.stripe.bill(null)],
  ])('of a card that is %s', async (_, change) => {
    const world = await withCards(1);
    change(world);
    await world.pass(muchLater);
    expect(world.mails()).toEqual([]);
  });

  test('while Backstop only observes; what was missed then is one mail', async () => {
    const world = await withCards(1);
    await world.pass(expiry - 10 * dayMs, { mode: 'observe' });
    expect(world.stripe.requests()).toBe(0);
    expect(world.queues.waiting()).toEqual([]);
    await world.pass(muchLater);
    expect(world.mails()).toEqual([soon, soon]);
  });

  test('once the card was mended while the notice waited in the queue', async () => {
    const world = await withCards(1);
    await world.pass(expiry - 35 * dayMs);
    while (world.queues.waiting().length === 0) {
      world.clock.advance(hourMs);
      await world.run();
    }
    const card = await world.card();
    if (card === null) throw new Error('The card is on record.');
    await world.records.saveMethod({ ...card, expYear: 2030, version: card.version + 1 });
    await world.deliver();
    expect(world.mails()).toEqual([]);
  });
});

describe('after an outage', () => {
  const others = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

  test('of days each card has one mail', async () => {
    const world = await withCards(20);
    await world.pass(expiry - 40 * dayMs);
    world.clock.advance(27 * dayMs);
    await world.pass(world.clock.now() + 5 * dayMs);
    expect(world.mails().toSorted()).toEqual(
      others(20)
        .map((n) => `cus_${n}: ${subject}`)
        .toSorted(),
    );
  });

  test('over the expiry, the mail says that it has expired', async () => {
    const world = await withCards(1, expiry + 3 * dayMs);
    world.stripe.bill(renewal);
    await world.pass(muchLater);
    expect(world.mails()).toEqual([isOver]);
    expect(world.mailer.sent[0]?.text).toContain('expired at the end of November 2026.');
  });
});

describe('a process that dies', () => {
  test.each(['before', 'after'] as const)(
    '%s any of its calls: nobody is missed, and nobody told twice',
    async (when) => {
      const start = expiry - 10 * dayMs;
      const life = startLife();
      const whole = await withCards(3, start);
      await whole.runIn(life);
      expect(life.calls()).toBeGreaterThan(30);
      for (let call = 1; call <= life.calls(); call += 1) {
        const world = await withCards(3, start);
        const died = world.runIn(startLife({ call, when }));
        await expect(died).rejects.toThrow();
        await world.deliver();
        world.clock.advance(hourMs);
        await world.run();
        await world.deliver();
        expect(world.mails().toSorted()).toEqual([1, 2, 3].map((n) => `cus_${n}: ${subject}`));
        expect(await world.card(1)).toMatchObject({ reminder: { told: [30, 14], owed: null } });
      }
    },
  );

  test('before the expiry, and the next one runs after it: what was sent is not told again', async () => {
    const start = expiry - hourMs / 2;
    const life = startLife();
    await (await withCards(1, start)).runIn(life);
    for (let call = 1; call <= life.calls(); call += 1) {
      const world = await withCards(1, start);
      await expect(world.runIn(startLife({ call, when: 'after' }))).rejects.toThrow();
      await world.deliver();
      await world.pass(muchLater);
      expect(world.mails()).toHaveLength(1);
    }
  });

  test('and two that run at the same time: one mail each', async () => {
    const world = await withCards(5, expiry - 10 * dayMs);
    await Promise.all([world.run(), world.run(), world.run()]);
    world.clock.advance(hourMs);
    await world.run();
    await world.deliver();
    expect(world.mails()).toHaveLength(5);
    expect(new Set(world.mails()).size).toBe(5);
  });

  test('throws what it died of', async () => {
    const world = await withCards(1, expiry - 10 * dayMs);
    const life = startLife({ call: 1, when: 'before' });
    await expect(world.runIn(life)).rejects.toThrow(ProcessDied);
  });
});

describe('what cannot be done now', () => {
  test('of one card keeps back no other, fails the run, and is done by the next', async () => {
    const world = await withCards(5, expiry - 10 * dayMs);
    world.stripe.onRead((method) => {
      if (method === ids(3).method) throw new Error('Stripe does not answer.');
    });
    await expect(world.run()).rejects.toThrow('Not every card that is due was looked at.');
    await world.deliver();
    expect(world.mails()).toHaveLength(4);
    expect(world.telemetry.counted('CardsDue')).toBe(5);
    world.stripe.onRead(() => undefined);
    await world.pass(world.clock.now() + hourMs);
    expect(world.mails()).toHaveLength(5);
  });

  test('for want of time is done by the next run', async () => {
    const world = await withCards(5, expiry - 10 * dayMs);
    let left = 63 * 1000;
    world.stripe.onRead(() => {
      left -= 2_000;
    });
    await world.run({ remainingMs: () => left });
    expect(world.stripe.requests()).toBeLessThan(10);
    expect(world.stripe.requests()).toBeGreaterThan(0);
    await world.pass(world.clock.now() + 2 * hourMs);
    expect(world.mails()).toHaveLength(5);
  });

  test('because somebody else changes the card is done by a later run', async () => {
    const world = await withCards(1, expiry - 10 * dayMs);
    world.stripe.onRead(() => {
      world.stripe.onRead(() => undefined);
      void world.card().then(async (card) => {
        if (card !== null) await world.records.saveMethod({ ...card, version: card.version + 1 });
      });
    });
    await world.run();
    await world.pass(world.clock.now() + hourMs + minuteMs);
    expect(world.mails()).toEqual([soon]);
  });
});
