import { describe, expect, test } from 'vitest';
import type { Customer, Member } from '../../../functions/domain/customer/customer.ts';
import { customerId } from '../../../functions/domain/ids.ts';
import { type SignInMessage, signInMessageSchema } from '../../../functions/domain/messages.ts';
import type { Mailer } from '../../../functions/domain/ports.ts';
import { hourMs, isoInstant, minuteMs, secondMs } from '../../../functions/domain/time.ts';
import { recordMailEvent } from '../../../functions/mail-events/record-mail-event.ts';
import { personOf } from '../../../functions/runtime/hash.ts';
import { createRecords, type Records } from '../../../functions/runtime/records.ts';
import { sendLink } from '../../../functions/sign-in/send-link.ts';
import { customerOf, exampleSettings, noon } from '../../twins/examples.ts';
import { createMemoryMailer } from '../../twins/memory-mailer.ts';
import { createMemoryQueues } from '../../twins/memory-queues.ts';
import { createMemoryTable } from '../../twins/memory-table.ts';
import { type Death, ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { recordTelemetry } from '../../twins/recorded-telemetry.ts';
import { createTestClock } from '../../twins/test-clock.ts';

const ada: Member = { email: 'Ada@example.com', name: 'Ada', role: 'owner' };
const eve: Member = { email: 'eve@example.com', name: null, role: 'viewer' };

const asked = (more: Partial<SignInMessage> = {}): SignInMessage => ({
  v: 1,
  request: 'request-1',
  email: 'ada@example.com',
  source: '192.0.2.1',
  ...more,
});

type World = Awaited<ReturnType<typeof createWorld>>;

async function createWorld(customers: readonly Customer[] = [customerOf({ members: [ada, eve] })]) {
  const clock = createTestClock(noon);
  const mailer = createMemoryMailer();
  const table = createMemoryTable();
  const records = createRecords(table);
  for (const customer of customers) await records.addCustomer(customer);
  const queues = createMemoryQueues(clock);
  const { log, metrics, lines, counted } = recordTelemetry();
  let tokens = 0;
  const deliver = (
    message: SignInMessage = asked(),
    ports: { records: Records; mailer: Mailer } = { records, mailer },
    messageId = `message of ${message.request}`,
  ) =>
    sendLink(
      {
        ...ports,
        queues,
        settings: exampleSettings,
        mailTexts: {},
        randomToken: () => {
          tokens += 1;
          return `token-${tokens}`;
        },
        portalOrigin: 'https://billing.example.com',
        clock,
        log,
        metrics,
      },
      message,
      messageId,
    );
  return {
    clock,
    mailer,
    queues,
    records,
    lines,
    counted,
    deliver,
    items: (prefix: string) => table.items().filter(({ pk }) => pk.startsWith(prefix)),
    /** Every three minutes, as the queue does it, until the mail is settled. */
    async redeliver(): Promise<void> {
      for (let times = 0; times < 5; times += 1) {
        clock.advance(3 * minuteMs);
        const settled = await deliver().then(
          () => true,
          () => false,
        );
        if (settled) return;
      }
      throw new Error('The mail is not settled after 15 minutes.');
    },
    async tellSent(): Promise<void> {
      for (const [nth, { tags }] of mailer.sent.entries()) {
        const listed = Object.entries(tags).map(([name, tag]) => [name, [tag]]);
        const timestamp = isoInstant(clock.now());
        const tagsOf = Object.fromEntries(listed);
        const mail = { messageId: `ses-${nth}`, timestamp, tags: tagsOf };
        await recordMailEvent(
          { records, queues, clock, log, metrics },
          { detail: { eventType: 'Send', mail } },
        );
      }
    },
    recipients: () => mailer.sent.map(({ to }) => to),
  };
}

describe('the mail', () => {
  test('says who asks, what the button does and for how long, and what to do otherwise', async () => {
    const world = await createWorld();
    await world.deliver();
    const [mail] = world.mailer.sent;
    expect(mail).toMatchObject({
      from: { name: 'Example Ltd', address: 'billing@example.com' },
      replyTo: 'support@example.com',
      subject: 'Sign in to your billing page at Example Ltd',
    });
    expect(mail?.text).toMatchInlineSnapshot(`
      "Your link to sign in

      Hello Ada,

      This is the link that you, or somebody who knows your address, asked for. It leads to your payment methods and invoices on the billing page at Example Ltd.

      It signs you in once and expires after 10 minutes. After that, you can ask for a new one on the same page.

      If you did not ask for it, ignore this email: without it, nobody can sign in as you.

      Sign in:
      https://billing.example.com/#/sign-in/token-1

      Please do not pass this email on: whoever has the link can sign in as you.

      Questions? Reply to this email or write to support@example.com.

      Example Ltd
      "
    `);
    expect(mail?.html).toContain('href="https://billing.example.com/#/sign-in/token-1"');
  });

  test('goes to the address on record, whatever letters were typed', async () => {
    const kin: Member = { ...eve, email: 'kin@example.com' };
    const world = await createWorld([customerOf({ members: [ada, kin] })]);
    await world.deliver(asked({ email: 'ADA@EXAMPLE.COM' }));
    // The Kelvin sign: its lower case is a plain k, and its mail would go elsewhere.
    await world.deliver(asked({ email: '\u212Ain@example.com', request: 'request-2' }));
    expect(world.recipients()).toEqual(['Ada@example.com', 'kin@example.com']);
  });

  test('goes to nobody who is no member of any customer', async () => {
    const removed = customerOf({ members: [eve] });
    const world = await createWorld([removed]);
    await world.records.noteMember(removed.customer, 'ada@example.com');
    await world.deliver();
    await world.deliver(asked({ email: 'nobody@example.com', request: 'request-2' }));
    expect(world.recipients()).toEqual([]);
    expect(world.items('LINK#')).toEqual([]);
  });

  test('is one for a person of several customers', async () => {
    const other = customerOf({ customer: customerId('cus_b'), members: [ada] });
    const world = await createWorld([customerOf({ members: [ada] }), other]);
    await world.deliver();
    expect(world.recipients()).toHaveLength(1);
    expect(world.items('LINK#')).toMatchObject([{ customer: null, usedAt: null }]);
  });

  test('leaves no address and no token in the log', async () => {
    const world = await createWorld();
    await world.deliver();
    await world.deliver(asked({ email: 'nobody@example.com', request: 'request-2' }));
    for (let nth = 3; nth < 9; nth += 1) await world.deliver(asked({ request: `request-${nth}` }));
    const logged = JSON.stringify(world.lines);
    expect(world.lines.map(({ message }) => message)).toContain('No link: somebody asks too often');
    for (const secret of ['example.com', '192.0.2', 'token-']) expect(logged).not.toContain(secret);
  });
});

describe('how often', () => {
  const askTimes = async (
    world: World,
    times: number,
    of: (nth: number) => Partial<SignInMessage>,
  ) => {
    for (let nth = 0; nth < times; nth += 1) {
      await world.deliver(asked({ request: `request-${nth}`, ...of(nth) }));
    }
  };

  test('five times an hour for an address, wherever they ask from', async () => {
    const world = await createWorld();
    await askTimes(world, 6, (nth) => ({ source: `192.0.2.${nth}` }));
    expect(world.recipients()).toHaveLength(5);
    await world.deliver(asked({ email: 'eve@example.com', request: 'another' }));
    expect(world.recipients()).toHaveLength(6);
    world.clock.advance(hourMs);
    await world.deliver(asked({ request: 'later' }));
    expect(world.recipients()).toHaveLength(7);
  });

  test('twenty times an hour from a source, for whomever', async () => {
    const world = await createWorld();
    await askTimes(world, 20, (nth) => ({ email: `nobody-${nth}@example.com` }));
    await world.deliver(asked({ request: 'one too many' }));
    expect(world.recipients()).toEqual([]);
    await world.deliver(asked({ request: 'elsewhere', source: '198.51.100.7' }));
    expect(world.recipients()).toHaveLength(1);
  });

  test('a source of IPv6 is a network: who has one has all of its addresses', async () => {
    const world = await createWorld();
    await askTimes(world, 20, (nth) => ({
      email: `nobody-${nth}@example.com`,
      source: `2001:db8::${nth}`,
    }));
    await world.deliver(asked({ request: 'one too many', source: '2001:db8::ffff' }));
    expect(world.recipients()).toEqual([]);
    await world.deliver(asked({ request: 'elsewhere', source: '2001:db8:0:1::1' }));
    expect(world.recipients()).toHaveLength(1);
  });

  test('a delivery that comes again does not count again', async () => {
    const world = await createWorld();
    for (let times = 0; times < 8; times += 1) {
      world.mailer.answerNext({ kind: 'refused', why: 'Throttling' }, false);
      await expect(world.deliver()).rejects.toThrow('Throttling');
    }
    await world.deliver();
    expect(world.recipients()).toHaveLength(1);
    expect(world.items('RATE#').map(({ times }) => times)).toEqual([[noon], [noon]]);
  });

  test('who asked is stored as a hash only', async () => {
    const world = await createWorld();
    await world.deliver();
    const stored = JSON.stringify(world.items('RATE#'));
    expect(stored).not.toContain('example.com');
    expect(stored).not.toContain('192.0.2.1');
  });
});

describe('an address to which nothing can be sent', () => {
  test('gets no link, and no link is made', async () => {
    const world = await createWorld();
    const person = personOf(ada.email);
    await world.records.saveSuppression({
      person,
      why: 'bounce',
      at: noon,
      liftedAt: null,
      version: 1,
    });
    await world.deliver();
    await world.deliver();
    expect(world.recipients()).toEqual([]);
    expect(world.items('LINK#')).toEqual([]);
    expect(world.counted('MailUndeliverable')).toBe(1);
    expect(JSON.stringify(world.lines)).not.toContain('example.com');
  });
});

describe('SES throttles', () => {
  const throttled = { kind: 'throttled', why: 'Throttling' } as const;

  const passOn = async (world: World): Promise<boolean> => {
    const [next] = world.queues.waiting();
    if (next === undefined) return false;
    world.clock.advance(next.visibleAt - world.clock.now());
    world.queues.receive('signIn');
    const message = signInMessageSchema.parse(next.body);
    await world.deliver(message, undefined, `fresh-${world.clock.now()}`);
    return true;
  };

  test('the link waits in the queue, and is made anew when it is sent', async () => {
    const world = await createWorld();
    for (let times = 0; times < 3; times += 1) world.mailer.answerNext(throttled, false);
    await world.deliver();
    while (await passOn(world));
    expect(world.recipients()).toEqual([ada.email]);
    expect(world.clock.now() - noon).toBe(120 * secondMs);
    const [mail] = world.mailer.sent;
    expect(mail?.text).toContain('/sign-in/token-4');
  });

  test('nobody waits for it any more after ten minutes: it is dropped, and counted', async () => {
    const world = await createWorld();
    for (let times = 0; times < 9; times += 1) world.mailer.answerNext(throttled, false);
    await world.deliver();
    while (await passOn(world));
    expect(world.clock.now() - noon).toBeLessThan(10 * minuteMs);
    expect(world.recipients()).toEqual([]);
    expect(world.counted('MailUndeliverable')).toBe(1);
    await world.deliver();
    expect(world.recipients()).toEqual([]);
  });
});

describe('one request', () => {
  test('is one mail, however often its message comes and by whichever queue id', async () => {
    const world = await createWorld();
    for (const id of ['m-1', 'm-1', 'm-2']) await world.deliver(asked(), world, id);
    expect(world.recipients()).toHaveLength(1);
  });

  test('is one mail when two processes have it at once', async () => {
    const world = await createWorld();
    await Promise.allSettled([world.deliver(), world.deliver()]);
    await world.redeliver();
    expect(world.recipients()).toHaveLength(1);
  });

  test('that SES did not answer is sent once the lease is over', async () => {
    const world = await createWorld();
    world.mailer.answerNext({ kind: 'unknown', why: 'TimeoutError' }, false);
    await expect(world.deliver()).rejects.toThrow('TimeoutError');
    world.clock.advance(3 * minuteMs);
    await expect(world.deliver()).rejects.toThrow('may still be sending');
    await world.redeliver();
    expect(world.recipients()).toHaveLength(1);
  });

  test('of somebody who has left meanwhile is dropped on record', async () => {
    const world = await createWorld();
    world.mailer.answerNext({ kind: 'unknown', why: 'TimeoutError' }, false);
    await expect(world.deliver()).rejects.toThrow('TimeoutError');
    const stored = await world.records.customer(customerOf().customer);
    if (stored === null) throw new Error('There is no customer.');
    const left = { ...stored, members: [eve], version: stored.version + 1 };
    expect(await world.records.saveCustomer(left)).toBe(true);
    await world.redeliver();
    expect(world.recipients()).toEqual([]);
    const mail = await world.records.signInMail('request-1');
    expect(mail?.status.state).toBe('dropped');
  });

  test('that SES took without an answer is settled by its Send event', async () => {
    const world = await createWorld();
    world.mailer.answerNext({ kind: 'unknown', why: 'TimeoutError' }, true);
    await expect(world.deliver()).rejects.toThrow();
    await world.tellSent();
    await world.redeliver();
    expect(world.recipients()).toHaveLength(1);
  });
});

const dieAt = async (death: Death | null) => {
  const world = await createWorld();
  const life = startLife(death);
  const ports = { records: life.wrap(world.records), mailer: life.wrap<Mailer>(world.mailer) };
  await world.deliver(asked(), ports).catch((error: unknown) => {
    if (!(error instanceof ProcessDied)) throw error;
  });
  await world.tellSent();
  await world.redeliver();
  return { calls: life.calls(), world };
};

test('many senders die right after it was counted: it counted once, and is mailed', async () => {
  const world = await createWorld();
  for (let nth = 0; nth < 8; nth += 1) {
    // Both rates are read and written by then.
    const life = startLife({ call: 5, when: 'after' });
    const ports = { records: life.wrap(world.records), mailer: life.wrap<Mailer>(world.mailer) };
    await expect(world.deliver(asked(), ports)).rejects.toThrow(ProcessDied);
  }
  expect(world.recipients()).toEqual([]);
  await world.deliver();
  expect(world.recipients()).toEqual(['Ada@example.com']);
});

test('the sender dies at any call: there is exactly one mail, and its link is known', async () => {
  const { calls } = await dieAt(null);
  expect(calls).toBeGreaterThan(8);
  for (let call = 1; call <= calls; call += 1) {
    for (const when of ['before', 'after'] as const) {
      const { world } = await dieAt({ call, when });
      expect(world.recipients(), `${when} call ${call}`).toEqual(['Ada@example.com']);
      expect(world.items('LINK#').length).toBeGreaterThan(0);
    }
  }
});
