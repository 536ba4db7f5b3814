import { describe, expect, test } from 'vitest';
import type { Member } from '../../../functions/domain/customer/customer.ts';
import type { NoticeStatus } from '../../../functions/domain/notice/notice.ts';
import { noticeTag } from '../../../functions/domain/notice/notice-tag.ts';
import { isoInstant } from '../../../functions/domain/time.ts';
import { recordMailEvent } from '../../../functions/mail-events/record-mail-event.ts';
import { personOf } from '../../../functions/runtime/hash.ts';
import { createRecords, type Records } from '../../../functions/runtime/records.ts';
import { customerOf, noon, theCustomer } from '../../twins/examples.ts';
import { createMemoryQueues } from '../../twins/memory-queues.ts';
import { createMemoryTable } from '../../twins/memory-table.ts';
import { recordTelemetry } from '../../twins/recorded-telemetry.ts';
import { createTestClock } from '../../twins/test-clock.ts';

const ada = personOf('ada@example.com');
const bob = personOf('bob@example.com');
const id = `payment_failed#in_1-pass-1#${ada}`;
const owner = (email: string): Member => ({ email, name: null, role: 'owner' });

/** As EventBridge delivers it; SES adds tags of its own. */
const mailEvent = (
  eventType: string,
  tag = noticeTag({ customer: theCustomer, id }),
  more: object = {},
) => ({
  version: '0',
  id: 'event',
  'detail-type': `Email ${eventType}`,
  source: 'aws.ses',
  detail: {
    eventType,
    mail: {
      messageId: 'ses-1',
      timestamp: isoInstant(noon - 1),
      destination: ['ada@example.com'],
      tags: { 'ses:configuration-set': ['mails'], notice: [tag], person: [ada] },
    },
    ...more,
  },
});

async function createWorld(
  status: NoticeStatus,
  members: readonly Member[] = [owner('Ada@example.com'), owner('bob@example.com')],
) {
  const clock = createTestClock(noon);
  const queues = createMemoryQueues(clock);
  const records = createRecords(createMemoryTable());
  await records.addCustomer(customerOf({ members }));
  await records.addNotice({ customer: theCustomer, id, status, version: 1 });
  const telemetry = recordTelemetry();
  return {
    records,
    queues,
    clock,
    telemetry,
    receive: (body: unknown, port: Partial<Records> = {}) =>
      recordMailEvent(
        {
          records: { ...records, ...port },
          queues,
          clock,
          log: telemetry.log,
          metrics: telemetry.metrics,
        },
        body,
      ),
    status: async () => (await records.notice(theCustomer, id))?.status,
  };
}

const sending: NoticeStatus = { state: 'sending', since: noon, message: 'm-1' };
const refused: NoticeStatus = { state: 'refused', why: 'Throttling' };
const sent: NoticeStatus = { state: 'sent', messageId: 'ses-0', at: noon - 1 };
const bounced: NoticeStatus = { state: 'bounced', messageId: 'ses-0', at: noon - 1 };

describe('what SES says becomes the record', () => {
  test.each<[string, NoticeStatus, NoticeStatus]>([
    ['Send', sending, { state: 'sent', messageId: 'ses-1', at: noon }],
    ['Send', refused, { state: 'sent', messageId: 'ses-1', at: noon }],
    ['Send', sent, sent],
    ['Send', bounced, bounced],
    ['Bounce', sent, { state: 'bounced', messageId: 'ses-1', at: noon }],
    ['Bounce', sending, { state: 'bounced', messageId: 'ses-1', at: noon }],
    ['Bounce', bounced, bounced],
    ['Delivery', sending, sending],
    ['Complaint', sent, sent],
    ['Reject', sent, { state: 'rejected', messageId: 'ses-1', at: noon }],
  ])('%s after %j: %j', async (eventType, before, after) => {
    const world = await createWorld(before);
    await world.receive(mailEvent(eventType));
    await world.receive(mailEvent(eventType));
    expect(await world.status()).toEqual(after);
  });
});

const bounce = (bounceType: string, bounceSubType = 'General') =>
  mailEvent('Bounce', undefined, { bounce: { bounceType, bounceSubType, bouncedRecipients: [] } });
const complaint = (complaintFeedbackType: string | null | undefined) =>
  mailEvent('Complaint', undefined, {
    complaint: { complaintSubType: null, complaintFeedbackType, complainedRecipients: [] },
  });

describe('the address', () => {
  test.each([
    ['a bounce for good', bounce('Permanent', 'NoEmail'), 'bounce'],
    ["SES's own list", bounce('Permanent', 'OnAccountSuppressionList'), 'bounce'],
    ['a full mailbox', bounce('Transient', 'MailboxFull'), null],
    ['a bounce that nobody understands', bounce('Undetermined', 'Undetermined'), null],
    ['a complaint', complaint('abuse'), 'complaint'],
    ['a complaint without a word', complaint(null), 'complaint'],
    ['a complaint from a provider that says no kind', complaint(undefined), 'complaint'],
    ['a mail that was taken out of the spam', complaint('not-spam'), null],
    ['a report about signatures', complaint('auth-failure'), null],
    ['a delivery', mailEvent('Delivery'), null],
  ] as const)('after %s', async (_, event, why) => {
    const world = await createWorld(sent);
    await world.receive(event);
    expect((await world.records.suppression(ada))?.why ?? null).toBe(why);
    expect(world.queues.waiting()).toHaveLength(why === null ? 0 : 1);
    expect(world.telemetry.counted('AddressSuppressed')).toBe(why === null ? 0 : 1);
  });

  test('is told of to the other owners, as one fact however often SES tells', async () => {
    const world = await createWorld(sent);
    await world.receive(bounce('Permanent'));
    await world.receive(bounce('Permanent'));
    await world.receive(complaint('abuse'));
    const told = world.queues.waiting().map(({ body }) => body);
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(told[0]).toEqual({
      v: 1,
      customer: theCustomer,
      notice: {
        kind: 'address_unreachable',
        fact: `${ada}-1`,
        person: ada,
        why: 'bounce',
      },
    });
    expect(world.telemetry.counted('AddressSuppressed')).toBe(1);
    expect(JSON.stringify([told, world.telemetry.lines])).not.toContain('example.com');
  });

  test('is told of although the process died after it was suppressed', async () => {
    const world = await createWorld(sent);
    const dying = { customersOf: () => Promise.reject(new Error('died')) };
    await expect(world.receive(bounce('Permanent'), dying)).rejects.toThrow('died');
    expect(world.queues.waiting()).toEqual([]);
    await world.receive(bounce('Permanent'));
    expect(world.queues.waiting()).toHaveLength(1);
  });

  test('was the last one that reaches an owner: staff are told', async () => {
    const world = await createWorld(sent);
    await world.records.saveSuppression({
      person: bob,
      why: 'complaint',
      at: noon,
      liftedAt: null,
      version: 1,
    });
    await world.receive(bounce('Permanent'));
    expect(world.queues.waiting()).toEqual([]);
    expect(world.telemetry.counted('CustomerUnreachable')).toBe(1);
  });

  test('of a viewer concerns no owner', async () => {
    const world = await createWorld(sent, [
      { ...owner('ada@example.com'), role: 'viewer' },
      owner('bob@example.com'),
    ]);
    await world.receive(bounce('Permanent'));
    expect(await world.records.suppression(ada)).not.toBeNull();
    expect(world.queues.waiting()).toEqual([]);
  });

  test('stays as staff left it, whatever mails from before tell', async () => {
    const world = await createWorld(sent);
    const lifted = { person: ada, why: 'bounce', at: noon - 2, liftedAt: noon - 1 } as const;
    await world.records.saveSuppression({ ...lifted, version: 1 });
    await world.receive(bounce('Permanent'));
    expect(await world.records.suppression(ada)).toMatchObject({ version: 1 });
    expect(world.queues.waiting()).toEqual([]);
  });

  test('is suppressed once where two events come at the same time', async () => {
    const world = await createWorld(sent);
    await Promise.all([world.receive(bounce('Permanent')), world.receive(bounce('Permanent'))]);
    expect(await world.records.suppression(ada)).toMatchObject({ version: 1 });
    const stuck = { suppression: async () => null, saveSuppression: async () => false };
    await expect(world.receive(bounce('Permanent'), stuck)).rejects.toThrow('changed');
  });
});

test('a virus that SES found is counted', async () => {
  const world = await createWorld(sent);
  await world.receive(mailEvent('Reject'));
  expect(world.telemetry.counted('MailRejected')).toBe(1);
});

test('a mail that is no notice of ours changes nothing', async () => {
  const world = await createWorld(sending);
  await world.receive(mailEvent('Send', 'somebody-elses'));
  await world.receive(mailEvent('Send', noticeTag({ customer: theCustomer, id: 'another' })));
  expect(await world.status()).toEqual(sending);
});

test('another writer comes first: the event is taken in after that', async () => {
  const world = await createWorld(sending);
  let first = true;
  const saveNotice: Records['saveNotice'] = async (notice) => {
    if (!first) return world.records.saveNotice(notice);
    first = false;
    return false;
  };
  await world.receive(mailEvent('Send'), { ...world.records, saveNotice });
  expect(await world.status()).toMatchObject({ state: 'sent' });
});

test('a record that cannot be written, or a body that is no event, is told by an exception', async () => {
  const world = await createWorld(sending);
  const stuck = { ...world.records, saveNotice: async () => false };
  await expect(world.receive(mailEvent('Send'), stuck)).rejects.toThrow('changed');
  await expect(world.receive({ hello: 'world' })).rejects.toThrow();
});
