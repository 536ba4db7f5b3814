import { expect, test } from 'vitest';
import { createMovableClock } from '../../../local/clock.ts';
import { createFeed } from '../../../local/cloud/feed.ts';
import type { CloudRecords, LocalMail } from '../../../local/cloud/records.ts';
import { createRecorder, recordsOf } from '../../../local/console/record.ts';

const mail = (id: string): LocalMail => ({
  id,
  from: 'a@x.example',
  to: [],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: id,
  tags: {},
  at: 7,
});
const event = { id: 'e', source: 's', detailType: 'd', rules: [], at: 8 };

test('keeps the newest of each kind, in the order of telling, until it is stopped', () => {
  const feed = createFeed<CloudRecords>();
  const recorder = createRecorder(
    { clock: createMovableClock(), cloud: feed, stripe: undefined },
    3,
  );
  feed.emit('event', event);
  for (let count = 1; count <= 20; count += 1) feed.emit('mail', mail(`mail-${count}`));
  const kept = recorder.happenings();
  expect(recordsOf(kept, 'mail').map(({ record }) => record.id)).toEqual([
    'mail-18',
    'mail-19',
    'mail-20',
  ]);
  // Many records of one kind push out none of another.
  expect(kept.map(({ kind, number, at }) => [kind, number, at])).toEqual([
    ['event', 1, 8],
    ['mail', 19, 7],
    ['mail', 20, 7],
    ['mail', 21, 7],
  ]);
  recorder.stop();
  feed.emit('mail', mail('too late'));
  expect(recorder.happenings()).toEqual(kept);
});
