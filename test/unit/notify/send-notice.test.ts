import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeCase } from '../../../functions/domain/case/advance-case.ts';
import type { Member } from '../../../functions/domain/customer/customer.ts';
import { type NoticeMessage, noticeMessageSchema } from '../../../functions/domain/messages.ts';
import type { NoticeContent } from '../../../functions/domain/notice/notice-content.ts';
import type { Mailer } from '../../../functions/domain/ports.ts';
import { isoInstant, minuteMs } from '../../../functions/domain/time.ts';
import { recordMailEvent } from '../../../functions/mail-events/record-mail-event.ts';
import { sendNotice } from '../../../functions/notify/send-notice.ts';
import { personOf } from '../../../functions/runtime/hash.ts';
import { createRecords, type Records } from '../../../functions/runtime/records.ts';
import {
  customerOf,
  dunningCaseOf,
  exampleSettings,
  noon,
  theCustomer,
  theInvoice,
} from '../../twins/examples.ts';
import { createMemoryMailer } from '../../twins/memory-mailer.ts';
import { createMemoryQueues } from '../../twins/memory-queues.ts';
import { createMemoryTable } from '../../twins/memory-table.ts';
import { type Death, ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { recordTelemetry } from '../../twins/recorded-telemetry.ts';
import { createTestClock } from '../../twins/test-clock.ts';
import { charged, failed, unreachable } from './fixtures/notices.ts';

const ada: Member = { email: 'ada@example.com', name: 'Ada', role: 'owner' };
const bob: Member = { email: 'bob@example.com', name: null, role: 'owner' };
const eve: Member = { email: 'eve@example.com', name: 'Eve', role: 'viewer' };

const portalOrigin = 'https://billing.example.com';

type World = Awaited<ReturnType<typeof createWorld>>;

async function createWorld(members: readonly Member[] = [ada]) {
  const clock = createTestClock(noon);
  const mailer = createMemoryMailer();
  const records = createRecords(createMemoryTable());
  const queues = createMemoryQueues(clock);
  const telemetry = recordTelemetry();
  await records.addCustomer(customerOf({ members }));
  await records.addCase(dunningCaseOf());
  const { log, metrics } = telemetry;
  const deliver = (
    notice: NoticeContent,
    ports: { records: Records; mailer: Mailer } = { records, mailer },
    messageId = 'message-1',
    more: Partial<NoticeMessage> = {},
  ) =>
    sendNotice(
      {
        ...ports,
        queues,
        settings: exampleSettings,
        mailTexts: {},
        portalOrigin,
        clock,
        log,
        metrics,
      },
      { v: 1, customer: theCustomer, invoice: theInvoice, notice, ...more },
      messageId,
    );
  return {
    clock,
    mailer,
    queues,
    records,
    telemetry,
    deliver,
    /** Every three minutes, as the queue does it, until the mail is settled. */
    async redeliver(notice: NoticeContent): Promise<void> {
      for (let times = 0; times < 5; times += 1) {
        clock.advance(3 * minuteMs);
        const settled = await deliver(notice).then(
          () => true,
          () => false,
        );
        if (settled) return;
      }
      throw new Error('The mail is not settled after 15 minutes.');
    },
    mailEvent: (eventType: string, nth = 0) =>
      recordMailEvent(
        { records, queues, clock, log, metrics },
        {
          detail: {
            eventType,
            mail: {
              messageId: `ses-${nth}`,
              timestamp: isoInstant(clock.now()),
              tags: Object.fromEntries(
                Object.entries(mailer.sent[nth]?.tags ?? {}).map(([name, tag]) => [name, [tag]]),
              ),
            },
          },
        },
      ),
    recipients: () => mailer.sent.map(({ to }) => to),
  };
}

test('a day is the one that it is where the customer lives', async () => {
  const world = await createWorld();
  const stored = await world.records.customer(theCustomer);
  if (stored === null) throw new Error('There is no customer.');
  const moved = { ...stored, timeZone: 'Pacific/Auckland', version: stored.version + 1 };
  expect(await world.records.saveCustomer(moved)).toBe(true);
  await world.deliver(failed({ nextTryAt: Date.UTC(2026, 10, 3, 20) }));
  expect(world.mailer.sent[0]?.text).toContain('Wednesday, November 4, 2026');
});

describe('one fact', () => {
  test('is one mail to each owner, and none to others', async () => {
    const world = await createWorld([ada, eve, bob]);

    await world.deliver(charged());

    expect(world.recipients()).toEqual(['ada@example.com', 'bob@example.com']);
    expect(world.mailer.sent[0]).toMatchObject({
      from: { name: exampleSettings.business.name, address: exampleSettings.mail.sender },
      replyTo: exampleSettings.business.supportEmail,
    });
    expect(world.telemetry.counted('MailSent')).toBe(2);
  });

  test('stays one however often its message comes', async () => {
    const world = await createWorld();
    for (let each = 0; each < 4; each += 1) await world.deliver(charged());
    expect(world.recipients()).toHaveLength(1);
  });

  test('is not another fact, nor another kind of mail', async () => {
    const world = await createWorld();
    await world.deliver(charged());
    await world.deliver(charged({ fact: 'in_1-5' }));
    await world.deliver(failed());
    expect(world.recipients()).toHaveLength(3);
  });

  test('is one mail to a person who is twice an owner', async () => {
    const world = await createWorld([ada, { ...ada, email: 'Ada@Example.com ' }]);
    await world.deliver(charged());
    expect(world.recipients()).toHaveLength(1);
  });

  test('without an owner is told to nobody, and logged', async () => {
    const world = await createWorld([eve]);
    await world.deliver(charged());
    expect(world.recipients()).toEqual([]);
    expect(world.telemetry.lines).toMatchObject([{ level: 'warn' }]);
  });

  test('is on its way from two processes at once: one sends it', async () => {
    const world = await createWorld();
    const both = await Promise.allSettled([world.deliver(charged()), world.deliver(charged())]);
    expect(world.recipients()).toHaveLength(1);
    // The one that lost comes again, and finds it done.
    expect(both.filter(({ status }) => status === 'rejected').length).toBeLessThan(2);
    await world.redeliver(charged());
    expect(world.recipients()).toHaveLength(1);
  });
});

describe('SES', () => {
  test('refuses the mail: the message comes again and sends it', async () => {
    const world = await createWorld([ada, bob]);
    world.mailer.answerNext({ kind: 'refused', why: 'Throttling' }, false);

    await expect(world.deliver(charged())).rejects.toThrow('Throttling');
    expect(world.recipients()).toEqual(['bob@example.com']);

    // At the first redelivery: nobody can be at it any more.
    await world.deliver(charged());
    expect(world.recipients()).toEqual(['bob@example.com', 'ada@example.com']);
  });

  test('did not answer and had not taken it: it is sent once the lease is over', async () => {
    const world = await createWorld();
    world.mailer.answerNext({ kind: 'unknown', why: 'TimeoutError' }, false);
    await expect(world.deliver(charged())).rejects.toThrow('TimeoutError');

    world.clock.advance(3 * minuteMs);
    await expect(world.deliver(charged())).rejects.toThrow('may still be sending');
    await world.redeliver(charged());

    expect(world.recipients()).toHaveLength(1);
  });

  test('did not answer but had taken it: its Send event settles it', async () => {
    const world = await createWorld();
    world.mailer.answerNext({ kind: 'unknown', why: 'TimeoutError' }, true);
    await expect(world.deliver(charged())).rejects.toThrow();

    await world.mailEvent('Send');
    await world.redeliver(charged());

    expect(world.recipients()).toHaveLength(1);
  });

  test('sends its event before we could confirm: both are right', async () => {
    const world = await createWorld();
    const mailer: Mailer = {
      async send(mail) {
        const answer = await world.mailer.send(mail);
        await world.mailEvent('Send');
        return answer;
      },
    };
    await world.deliver(charged(), { records: world.records, mailer });
    await world.deliver(charged());
    expect(world.recipients()).toHaveLength(1);
  });

  test('brings a mail back: it is not sent again', async () => {
    const world = await createWorld();
    await world.deliver(charged());
    await world.mailEvent('Bounce');
    await world.deliver(charged());
    expect(world.recipients()).toHaveLength(1);
    expect(world.telemetry.counted('MailBounced')).toBe(1);
  });
});

describe('an address to which nothing can be sent', () => {
  const suppressed = async (world: World, { email }: Member, why: 'bounce' | 'complaint') => {
    const person = personOf(email);
    await world.records.saveSuppression({ person, why, at: noon, liftedAt: null, version: 1 });
  };
  const statusOf = async ({ records }: World, { email }: Member) =>
    (await records.notice(theCustomer, `secondary_charged#in_1-2#${personOf(email)}`))?.status;

  test('is left out, on record and counted; the other owner is told', async () => {
    const world = await createWorld([ada, bob]);
    await suppressed(world, ada, 'complaint');
    await world.deliver(charged());
    await world.deliver(charged());
    expect(world.recipients()).toEqual([bob.email]);
    expect(await statusOf(world, ada)).toEqual({
      state: 'undeliverable',
      why: 'complaint',
      at: noon,
    });
    expect(world.telemetry.counted('MailUndeliverable')).toBe(1);
    expect(world.telemetry.counted('CustomerUnreachable')).toBe(0);
  });

  test('is one that SES could not take: it is never handed to SES', async () => {
    const nowhere: Member = { ...ada, email: 'ada@example.com\r\nBcc: eve@example.com' };
    const abroad: Member = { ...ada, email: 'ada@münchen.example' };
    const world = await createWorld([nowhere, abroad]);
    await world.deliver(charged());
    expect(world.recipients()).toEqual(['ada@xn--mnchen-3ya.example']);
    expect(await statusOf(world, nowhere)).toMatchObject({ why: 'malformed' });
  });

  test('is the only one: staff are told, and nobody else of the customer', async () => {
    const world = await createWorld([ada, eve]);
    await suppressed(world, ada, 'bounce');
    await world.deliver(charged());
    await world.deliver(charged());
    expect(world.recipients()).toEqual([]);
    expect(world.telemetry.counted('CustomerUnreachable')).toBe(1);
    expect(JSON.stringify(world.telemetry.lines)).not.toContain('example.com');
  });

  test('is told of to the other owners, who see which it is', async () => {
    const world = await createWorld([ada, bob, eve]);
    const notice = unreachable({ person: personOf(bob.email) });
    await world.deliver(notice);
    await world.deliver(notice);
    expect(world.recipients()).toEqual([ada.email]);
    expect(world.mailer.sent[0]?.subject).toBe('Our emails to bob@example.com do not arrive');
    expect(world.mailer.sent[0]?.tags).toMatchObject({ person: personOf(ada.email) });
  });
});

test('who was named has left meanwhile: what was claimed is dropped', async () => {
  const world = await createWorld([ada]);
  const notice = unreachable({ person: personOf(bob.email) });
  const id = `address_unreachable#${notice.fact}#${personOf(ada.email)}`;
  const status = { state: 'sending', since: noon, message: 'message-1' } as const;
  await world.records.addNotice({ customer: theCustomer, id, status, version: 1 });
  await world.redeliver(notice);
  expect(world.recipients()).toEqual([]);
  expect(await world.records.notice(theCustomer, id)).toMatchObject({
    status: { state: 'dropped' },
  });
});

describe('SES throttles', () => {
  const throttled = { kind: 'throttled', why: 'Throttling' } as const;

  /** What waits in the queue is delivered when its time has come. */
  const passOn = async (world: World): Promise<number | null> => {
    const [next] = world.queues.waiting();
    if (next === undefined) return null;
    const waited = next.visibleAt - world.clock.now();
    world.clock.advance(waited);
    world.queues.receive('notice');
    const body = noticeMessageSchema.parse(next.body);
    await world.deliver(body.notice, undefined, `fresh-${world.clock.now()}`, body);
    return waited / 1000;
  };

  test('the mail waits in the queue, longer each time, and is sent once to each', async () => {
    const world = await createWorld([ada, bob]);
    for (let times = 0; times < 6; times += 1) world.mailer.answerNext(throttled, false);
    await world.deliver(charged());
    const waits: number[] = [];
    for (let waited = await passOn(world); waited !== null; waited = await passOn(world)) {
      waits.push(waited);
    }
    expect(waits).toEqual([30, 30, 60, 120, 240, 480]);
    expect(world.recipients()).toEqual([ada.email, bob.email]);
  });

  test('the others of the notice wait with it, and who was told is not told again', async () => {
    const world = await createWorld([ada, bob]);
    world.mailer.answerNext({ kind: 'accepted', messageId: 'ses-0' }, true);
    world.mailer.answerNext(throttled, false);
    await world.deliver(charged());
    expect(world.recipients()).toEqual([ada.email]);
    await passOn(world);
    expect(world.recipients()).toEqual([ada.email, bob.email]);
  });

  test('where another mail is not settled, the message itself comes again', async () => {
    const world = await createWorld([ada, bob]);
    world.mailer.answerNext({ kind: 'refused', why: 'MessageRejected' }, false);
    world.mailer.answerNext(throttled, false);
    await expect(world.deliver(charged())).rejects.toThrow('MessageRejected');
    expect(world.queues.waiting()).toEqual([]);
  });

  test('for two days: the message ends in the dead-letter queue', async () => {
    const world = await createWorld();
    const more = { throttledSince: noon - 48 * 60 * minuteMs };
    world.mailer.answerNext(throttled, false);
    await expect(world.deliver(charged(), undefined, 'message-9', more)).rejects.toThrow(
      'two days',
    );
    expect(world.queues.waiting()).toEqual([]);
  });
});

describe('paid meanwhile', () => {
  const closeTheCase = async ({ records }: World) => {
    const stored = await records.case(theCustomer, theInvoice);
    if (stored === null) throw new Error('The case is on record.');
    await records.saveCase(closeCase(stored, 'paid_elsewhere', noon));
  };

  test('a mail that the payment failed is dropped, for good', async () => {
    const world = await createWorld();
    await closeTheCase(world);
    await world.deliver(failed());
    await world.deliver(failed());
    expect(world.recipients()).toEqual([]);
  });

  test('also when it happens after the claim: judged at the last read', async () => {
    const world = await createWorld();
    const addNotice: Records['addNotice'] = async (notice) => {
      const added = await world.records.addNotice(notice);
      await closeTheCase(world);
      return added;
    };
    await world.deliver(failed(), {
      records: { ...world.records, addNotice },
      mailer: world.mailer,
    });
    expect(world.recipients()).toEqual([]);
  });

  test('a mail that the backup was charged is sent all the same', async () => {
    const world = await createWorld();
    await closeTheCase(world);
    await world.deliver(charged());
    expect(world.recipients()).toHaveLength(1);
  });
});

const dieAt = async (death: Death | null, afterwards: (world: World) => Promise<void>) => {
  const world = await createWorld([ada, bob]);
  const life = startLife(death);
  const ports = { records: life.wrap(world.records), mailer: life.wrap<Mailer>(world.mailer) };
  await world.deliver(charged(), ports).catch((error: unknown) => {
    if (!(error instanceof ProcessDied)) throw error;
  });
  await afterwards(world);
  await world.redeliver(charged());
  return { calls: life.calls(), recipients: world.recipients() };
};

describe('the sender dies', () => {
  test('at any call: with SES’s Send events, each owner has exactly one mail', async () => {
    const { calls } = await dieAt(null, async () => {});
    expect(calls).toBeGreaterThan(8);
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const { recipients } = await dieAt({ call, when }, async (world) => {
          for (const nth of world.mailer.sent.keys()) await world.mailEvent('Send', nth);
        });
        expect(recipients.toSorted(), `${when} call ${call}`).toEqual([
          'ada@example.com',
          'bob@example.com',
        ]);
      }
    }
  });

  test('at any call, and the Send event is lost: only a death after SES took it sends twice', async () => {
    const { calls } = await dieAt(null, async () => {});
    const twice: string[] = [];
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const { recipients } = await dieAt({ call, when }, async () => {});
        expect(new Set(recipients).size).toBe(2);
        if (recipients.length > 2) twice.push(`${when} ${call}`);
      }
    }
    // For each of the two owners: after SES took the mail, before we confirmed it.
    expect(twice).toHaveLength(4);
  });
});

test('any order of deliveries, answers and events: never none, never a second one told of', async () => {
  const anyAnswer = fc.constantFrom('accepted', 'refused', 'lost', 'taken and lost');
  await fc.assert(
    fc.asyncProperty(fc.array(anyAnswer, { maxLength: 4 }), async (answers) => {
      const world = await createWorld();
      for (const answer of answers) {
        if (answer === 'refused') world.mailer.answerNext({ kind: 'refused', why: 'x' }, false);
        if (answer === 'lost') world.mailer.answerNext({ kind: 'unknown', why: 'x' }, false);
        if (answer === 'taken and lost') {
          world.mailer.answerNext({ kind: 'unknown', why: 'x' }, true);
        }
      }
      for (let times = 0; times < 12; times += 1) {
        await world.deliver(charged()).catch(() => {});
        for (const nth of world.mailer.sent.keys()) await world.mailEvent('Send', nth);
        world.clock.advance(3 * minuteMs);
      }
      expect(world.recipients()).toEqual(['ada@example.com']);
    }),
  );
});
