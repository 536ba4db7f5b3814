import { describe, expect, test } from 'vitest';
import type { NoticeStatus } from '../../../functions/domain/notice/notice.ts';
import { noticeTag } from '../../../functions/domain/notice/notice-tag.ts';
import { recordMailEvent } from '../../../functions/mail-events/record-mail-event.ts';
import { createRecords, type Records } from '../../../functions/runtime/records.ts';
import { noon, theCustomer } from '../../twins/examples.ts';
import { createMemoryTable } from '../../twins/memory-table.ts';
import { recordTelemetry } from '../../twins/recorded-telemetry.ts';
import { createTestClock } from '../../twins/test-clock.ts';

const id = 'payment_failed#in_1-pass-1#hash';

/** As EventBridge delivers it; SES adds tags of its own. */
const mailEvent = (eventType: string, tag = noticeTag({ customer: theCustomer, id })) => ({
  version: '0',
  id: 'event',
  'detail-type': `Email ${eventType}`,
  source: 'aws.ses',
  detail: {
    eventType,
    mail: {
      messageId: 'ses-1',
      destination: ['ada@example.com'],
      tags: { 'ses:configuration-set': ['mails'], notice: [tag] },
    },
  },
});

async function createWorld(status: NoticeStatus) {
  const records = createRecords(createMemoryTable());
  await records.addNotice({ customer: theCustomer, id, status, version: 1 });
  const telemetry = recordTelemetry();
  return {
    records,
    telemetry,
    receive: (body: unknown, port: Partial<Records> = {}) =>
      recordMailEvent(
        {
          records: { ...records, ...port },
          clock: createTestClock(noon),
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
  ])('%s after %j: %j', async (eventType, before, after) => {
    const world = await createWorld(before);
    await world.receive(mailEvent(eventType));
    await world.receive(mailEvent(eventType));
    expect(await world.status()).toEqual(after);
  });
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
