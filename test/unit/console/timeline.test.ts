import { expect, test } from 'vitest';
import type {
  DunningCase,
  HistoryEntry,
  OpenAttempt,
} from '../../../functions/domain/case/dunning-case.ts';
import { invoiceId } from '../../../functions/domain/ids.ts';
import { recordOf } from '../../../functions/domain/items.ts';
import { noticeTag } from '../../../functions/domain/notice/notice-tag.ts';
import type { Happening } from '../../../local/console/record.ts';
import { buildTimeline, storyOf } from '../../../local/console/timeline/build-timeline.ts';
import type { TimelineSources } from '../../../local/console/timeline/relation.ts';
import { readItems } from '../../../local/console/view/items.ts';
import { namesOf } from '../../../local/console/view/names.ts';
import {
  askedStripe,
  failed,
  logged,
  message,
  planOf,
  started,
  succeeded,
  told,
  wrote,
} from './happenings.ts';
import { cus, declinedHistory, firstCase, itemOfCase, visa, visaItem } from './items.ts';

const retryQueue = 'Stack-RetryDueQueue0123ABCD';
const names = namesOf({
  functions: () => ['Retry', 'StripeWebhook', 'MailEvents', 'Sweep'].map(planOf),
  queues: () => [{ logicalId: 'RetryDueQueue0123ABCD', name: retryQueue }],
});

const sourcesOf = (
  happenings: readonly Happening[],
  more: Partial<TimelineSources> = {},
): TimelineSources => ({
  invoice: 'in_1',
  happenings,
  items: [],
  mails: [],
  names,
  hiddenUntil: new Map(),
  stripe: undefined,
  ...more,
});

/** Each entry as `room: title [outcome]`. */
function linesOf(sources: TimelineSources): readonly string[] | undefined {
  return buildTimeline(sources)?.entries.map(
    ({ room, title, outcome }) => `${room}: ${title}${outcome ? ` [${outcome.text}]` : ''}`,
  );
}

const webhook = { id: 'hook', room: 'StripeWebhook' };
const pass = { v: 1, type: 'pass', customer: cus, invoice: 'in_1' };
const retry = { id: 'run', queue: { name: retryQueue, messages: ['m1'] } };

const attempt: OpenAttempt = {
  n: 1,
  role: 'primary',
  method: visa,
  revision: 1,
  key: 'backstop-in_1-1-pm_visa',
  startedAt: 40,
  sentAt: 40,
  leaseUntil: 99,
  chargeBefore: null,
  request: 'maybe_sent',
  trace: [{ rule: 'primary_first', about: visa }],
};
const claimed: DunningCase = { ...firstCase(10), version: 2, openAttempt: attempt };
const settled: DunningCase = {
  ...claimed,
  version: 3,
  openAttempt: null,
  progress: { state: 'recovered', endedAt: 60, role: 'primary' },
  owed: [{ kind: 'hand_back' }],
};

test('an invoice that no record names has no way', () => {
  expect(buildTimeline(sourcesOf(told([started(retry)])))).toBeUndefined();
});

test('what shares an id belongs together, in the order of time', () => {
  const happenings = told([
    started({ ...webhook, at: 10 }),
    logged({ ...webhook, at: 12 }, 'Case recorded', { invoice: 'in_1', event: 'evt_1' }),
    wrote({ ...webhook, at: 11 }, itemOfCase(firstCase(10))),
    message('sent', 'm1', pass, 20),
    started({ ...retry, at: 30 }),
    wrote({ ...retry, at: 40 }, itemOfCase(claimed)),
    askedStripe({ ...retry, at: 50 }, 'POST', '/v1/invoices/in_1/pay'),
    wrote({ ...retry, at: 60 }, itemOfCase(settled)),
    succeeded({ ...retry, at: 70 }, 40),
    message('deleted', 'm1', pass, 71),
    failed({ ...webhook, at: 80 }, 'too late'),
  ]);
  const sources = sourcesOf(happenings, { items: readItems([visaItem]) });
  expect(linesOf(sources)).toEqual([
    'stripe-webhook: Starts for POST /webhooks/stripe',
    'Table: The case is recorded [due for a look]',
    'stripe-webhook: Says: Case recorded',
    'Queues: RetryDueQueue gets a message: look at the case',
    'retry: Starts with a message of RetryDueQueue',
    'Table: Attempt 1 is on record before Stripe is asked: the primary, Visa ending in 4242',
    'retry: Asks Stripe to charge the primary, Visa ending in 4242 [answered 200]',
    'Table: The outcome of attempt 1 is on record [paid by the primary]',
    'retry: retry ends after 40 ms',
    'Queues: The message: look at the case is done and leaves RetryDueQueue',
    'stripe-webhook: stripe-webhook fails after 1 ms [Error]',
  ]);
  const timeline = buildTimeline(sources);
  expect(timeline?.rooms).toEqual(['stripe-webhook', 'Table', 'Queues', 'retry']);
  expect(timeline?.entries.find(({ title }) => title.startsWith('Attempt 1'))?.lines).toEqual([
    'The primary is always first. (pm_visa)',
  ]);
});

test('what belongs to another invoice stays out, also where its id begins the same', () => {
  const other = invoiceId('in_12');
  const batch = { id: 'batch', room: 'Sweep', rule: 'EveryMinute' };
  const happenings = told([
    message('sent', 'm2', { ...pass, invoice: 'in_12' }),
    started({ id: 'theirs', queue: { name: retryQueue, messages: ['m2'] } }),
    wrote({ id: 'theirs' }, itemOfCase(firstCase(1, other))),
    askedStripe({ id: 'theirs' }, 'GET', '/v1/invoices/in_12'),
    // One run that dealt with both: only what names this invoice is told.
    started(batch),
    logged(batch, 'Due case queued', { invoice: 'in_1' }),
    logged(batch, 'Due case queued', { invoice: 'in_12' }),
    wrote(batch, itemOfCase(firstCase(1, other))),
  ]);
  expect(linesOf(sourcesOf(happenings))).toEqual([
    'sweep: Starts by its schedule',
    'sweep: Says: Due case queued',
  ]);
});

test('a write that its condition refused changed nothing, and the next one is told against the last that did', () => {
  const happenings = told([
    message('sent', 'm1', pass, 1),
    started({ ...retry, at: 2 }),
    wrote({ ...retry, at: 3 }, itemOfCase(firstCase(3))),
    wrote({ ...retry, at: 4 }, itemOfCase(claimed), 400),
    wrote({ ...retry, at: 5 }, itemOfCase(claimed)),
  ]);
  const writes = linesOf(sourcesOf(happenings))?.filter((line) => line.startsWith('Table'));
  expect(writes).toEqual([
    'Table: The case is recorded [due for a look]',
    'Table: Attempt 1 is on record before Stripe is asked: the primary, pm_visa [not written]',
    'Table: Attempt 1 is on record before Stripe is asked: the primary, pm_visa',
  ]);
});

test('a write that DynamoDB refused for another reason says which, as a step', () => {
  const { record, ...rest } = wrote({ ...retry, at: 3 }, itemOfCase(firstCase(3)), 400);
  const refusedFor = (error: string) =>
    ({ ...rest, record: { ...record, outcome: { ...record.outcome, error } } }) as const;
  const happenings = told([
    message('sent', 'm1', pass, 1),
    started({ ...retry, at: 2 }),
    refusedFor('ThrottlingException'),
    refusedFor('ConditionalCheckFailedException'),
  ]);
  const entries = buildTimeline(sourcesOf(happenings))?.entries ?? [];
  expect(entries.slice(-2).map(({ outcome, weight }) => [outcome?.text, weight])).toEqual([
    ['ThrottlingException', 'step'],
    ['not written', 'detail'],
  ]);
});

test('an attempt that ended says its outcome, and its reasons once', () => {
  const ended: DunningCase = {
    ...settled,
    progress: { state: 'due', dueAt: 60 },
    owed: [{ kind: 'history', entry: recordOf<HistoryEntry>(declinedHistory) }],
  };
  const happenings = told([
    message('sent', 'm1', pass, 1),
    started({ ...retry, at: 2 }),
    wrote({ ...retry, at: 3 }, itemOfCase(claimed)),
    wrote({ ...retry, at: 4 }, itemOfCase(ended)),
    wrote({ ...retry, at: 5 }, declinedHistory),
  ]);
  const entries = buildTimeline(sourcesOf(happenings))?.entries.slice(-3) ?? [];
  expect(entries.map(({ title, outcome }) => [title, outcome?.text])).toEqual([
    ['Attempt 1 is on record before Stripe is asked: the primary, pm_visa', undefined],
    ['The outcome of attempt 1 is on record', 'declined: generic decline'],
    ['History 1: attempt 1, the primary: declined: generic decline', undefined],
  ]);
  expect(entries[1]?.lines?.slice(0, 2)).toEqual([
    'The case: due for a look.',
    'Still to do: history.',
  ]);
  const reasons = entries.flatMap(({ lines = [] }) => lines.filter((line) => /always/.test(line)));
  expect(reasons).toHaveLength(1);
});

test('a batch in which the message failed tells so by the message alone', () => {
  const batch = { id: 'batch', queue: { name: retryQueue, messages: ['m1', 'm2'] } };
  const error = { name: 'Error', message: 'SES did not answer', stack: 'Error\n at somewhere' };
  const happenings = told([
    message('sent', 'm1', pass, 1),
    message('sent', 'm2', { ...pass, invoice: 'in_2' }, 1),
    started({ ...batch, at: 2 }),
    logged({ ...batch, at: 3 }, 'A message failed', { messageId: 'm1', error }, 'ERROR'),
    logged({ ...batch, at: 4 }, 'A message failed', { messageId: 'm2', error }, 'ERROR'),
  ]);
  const lines = buildTimeline(sourcesOf(happenings))?.entries.slice(2) ?? [];
  expect(lines.map((each) => [each.at, each.weight, each.lines])).toEqual([
    [3, 'step', ['messageId m1, error SES did not answer']],
  ]);
});

test('a charge says what the bank said, by the event that its request made', () => {
  const path = '/v1/invoices/in_1/pay';
  const happenings = told([
    message('sent', 'm1', pass, 1),
    started({ ...retry, at: 2 }),
    wrote({ ...retry, at: 3 }, itemOfCase(claimed)),
    askedStripe({ ...retry, at: 4 }, 'POST', path, 402),
    {
      kind: 'stripe_event',
      at: 5,
      record: {
        id: 'evt_9',
        object: 'event',
        api_version: null,
        created: 0,
        livemode: false,
        pending_webhooks: 0,
        type: 'charge.failed',
        request: { id: 'req_1', idempotency_key: attempt.key },
        data: { object: { id: 'ch_1', outcome: { reason: 'stolen_card' } } },
      },
    },
  ]);
  const request = {
    at: 4,
    requestId: 'req_1',
    method: 'POST',
    path,
    params: { payment_method: 'pm_visa' },
    idempotencyKey: attempt.key,
    status: 402,
    replayOf: null,
    fault: null,
  };
  const byHand = { ...request, at: 6, requestId: 'req_2', path: '/v1/invoices/in_1/void' };
  const stripe = { requests: [request, byHand], relatedIds: ['pi_1', 'ch_1'] };
  const sources = sourcesOf(happenings, { stripe, items: readItems([visaItem]) });
  expect(linesOf(sources)?.slice(-3)).toEqual([
    'retry: Asks Stripe to charge the primary, Visa ending in 4242 [declined: stolen card]',
    'Stripe: Stripe charges the renewal [declined: stolen card]',
    'Stripe: Somebody else asks Stripe [answered 402]',
  ]);
  const story = storyOf(
    buildTimeline(sources) ?? { invoice: '', case: undefined, rooms: [], entries: [] },
  );
  // The event of our own request is a detail: the request has told it.
  expect(story.entries.map(({ title }) => title)).not.toContain('Stripe charges the renewal');
});

test('a mail, what SES tells of it, and who took that, belong to its notice', () => {
  const id = 'secondary_charged#in_1-2#hash';
  const mail = {
    id: 'ses-5',
    from: 'a@x.example',
    to: ['ada@x.example'],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: 'We charged your backup',
    tags: { notice: noticeTag({ customer: cus, id }) },
    at: 10,
  };
  const other = { ...mail, id: 'ses-6', tags: {} };
  const body = {
    id: 'bus-1',
    'detail-type': 'Email Sent',
    detail: { mail: { messageId: 'ses-5' } },
  };
  const theirs = {
    id: 'bus-2',
    'detail-type': 'Email Sent',
    detail: { mail: { messageId: 'ses-6' } },
  };
  const run = { id: 'events', room: 'MailEvents', queue: { name: retryQueue, messages: ['m5'] } };
  const event = { source: 'aws.ses', detailType: 'Email Sent', rules: [], at: 11 };
  const happenings = told([
    { kind: 'mail', at: 10, record: mail },
    { kind: 'event', at: 11, record: { ...event, id: 'bus-1' } },
    { kind: 'event', at: 11, record: { ...event, id: 'bus-2' } },
    message('sent', 'm5', body, 12),
    message('sent', 'm6', theirs, 12),
    started({ ...run, at: 13 }),
  ]);
  expect(linesOf(sourcesOf(happenings, { mails: [mail, other] }))).toEqual([
    'SES: Mail to ada@x.example: “We charged your backup” [taken]',
    'SES: SES tells: Email Sent',
    'Queues: RetryDueQueue gets a message of SES: Email Sent',
    'mail-events: Starts with a message of RetryDueQueue',
  ]);
});

test('history of an earlier run is told from the table, once', () => {
  const items = readItems([declinedHistory, itemOfCase(firstCase(10))]);
  const line = 'Table: History 1: attempt 1, the primary: declined: generic decline';
  expect(linesOf(sourcesOf([], { items }))).toEqual([line]);
  const happenings = told([
    message('sent', 'm1', pass, 1),
    started({ ...retry, at: 2 }),
    wrote({ ...retry, at: 5_000 }, declinedHistory),
  ]);
  const ofHistory = linesOf(sourcesOf(happenings, { items }))?.filter((each) => each === line);
  expect(ofHistory).toHaveLength(1);
});

test('a message that waits says until when, and a pause is told', () => {
  const happenings = told([
    message('sent', 'm1', pass, 0),
    message('dead-lettered', 'm1', pass, 7_200_000),
  ]);
  const hiddenUntil = new Map([['m1', Date.UTC(2030, 0, 2, 3, 4)]]);
  const timeline = buildTimeline(sourcesOf(happenings, { hiddenUntil }));
  expect(timeline?.entries.map(({ after, date, lines }) => ({ after, date, lines }))).toEqual([
    {
      after: undefined,
      date: '1970-01-01',
      lines: ['Nobody sees it before 2030-01-02 03:04 UTC.'],
    },
    { after: '2 hours', date: undefined, lines: undefined },
  ]);
});

test('a refused connection and a denied request are steps of the story', () => {
  const run = { ...retry, at: 2 };
  const { record, ...rest } = askedStripe(run, 'GET', '/v1/invoices/in_1');
  const sent = { ...record, service: 'sqs', action: 'SendMessage', resources: ['arn:queue'] };
  const permission = {
    kind: 'denied',
    action: 'sqs:SendMessage',
    resource: 'arn:queue',
    reason: 'no statement allows it',
  } as const;
  const happenings = told([
    message('sent', 'm1', pass, 1),
    started(run),
    { ...rest, record: { ...record, outcome: { kind: 'refused' } } },
    { ...rest, record: { ...sent, permission } },
    { ...rest, record: { ...sent, outcome: { kind: 'answered', status: 403 }, permission } },
  ]);
  const timeline = buildTimeline(sourcesOf(happenings));
  const story = timeline === undefined ? [] : storyOf(timeline).entries;
  expect(story.slice(2).map(({ title, outcome }) => [title, outcome?.text])).toEqual([
    ['Reads the invoice at Stripe', 'stripe does not answer'],
    ['Asks for sqs SendMessage', 'access denied: sqs:SendMessage'],
  ]);
});
