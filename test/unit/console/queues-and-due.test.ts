import { expect, test } from 'vitest';
import { viewDue } from '../../../local/console/view/due-view.ts';
import { viewMessage } from '../../../local/console/view/message-view.ts';
import { viewQueues } from '../../../local/console/view/queues-view.ts';
import { type ShownRule, viewRules } from '../../../local/console/view/rules-view.ts';
import { message as sent, started, succeeded, told } from './happenings.ts';

const empty = { ready: [], delayed: [], inFlight: [] };
const message = { messageId: 'm1', body: '{"v":1}', receiveCount: 2 };
const dead = { logicalId: 'DeadLetters0123ABCD', name: 'Stack-DeadLetters0123ABCD' };
const work = {
  logicalId: 'WorkQueue0123ABCD',
  name: 'Stack-WorkQueue0123ABCD',
  deadLetterQueue: dead.name,
};
const readers = [{ functionLogicalId: 'RetryFunction0123ABCD', queue: { name: work.name } }];

test('a queue stands before its dead letters, with its reader and what keeps each message', () => {
  const contents = {
    ready: [message],
    inFlight: [{ ...message, messageId: 'm2', visibleAt: 90 }],
    delayed: [{ ...message, messageId: 'm3', visibleAt: 50, body: 'no JSON {' }],
  };
  const views = viewQueues(
    [
      { ...dead, contents: empty },
      { ...work, contents },
    ],
    readers,
  );
  expect(views).toMatchObject([
    {
      id: 'WorkQueue',
      readBy: 'retry',
      deadLettersOf: undefined,
      messages: [
        { id: 'm1', state: 'ready', receiveCount: 2, body: '{\n  "v": 1\n}' },
        { id: 'm2', state: 'in flight', visibleAt: 90 },
        { id: 'm3', state: 'delayed', visibleAt: 50, body: 'no JSON {' },
      ],
    },
    { id: 'DeadLetters', readBy: undefined, deadLettersOf: 'WorkQueue', messages: [] },
  ]);
});

const rule = (nextAt: number | undefined): ShownRule => ({
  logicalId: 'EveryMinute0123ABCD',
  enabled: true,
  schedule: { expression: 'rate(1 minute)' },
  targets: [{ kind: 'function', logicalId: 'SweepFunction0123ABCD' }],
  nextAt,
});

test('a rule says what it starts, and when', () => {
  expect(viewRules([rule(70)])).toEqual([
    { id: 'EveryMinute', what: 'rate(1 minute) starts sweep', nextAt: 70, isEnabled: true },
  ]);
});

test('what is due comes from schedules, hidden messages and Stripe, the earliest first', () => {
  const contents = {
    ...empty,
    inFlight: [{ ...message, visibleAt: 90 }],
    delayed: [{ ...message, visibleAt: 50 }],
  };
  const queues = viewQueues([{ ...work, contents }], readers);
  const stripe = { at: 60, what: 'at Stripe, a subscription renews' };
  expect(viewDue({ rules: [rule(70), rule(undefined)], queues, stripe })).toEqual([
    { at: 50, what: 'a message of WorkQueue is seen', by: 'cloud' },
    { at: 60, what: 'at Stripe, a subscription renews', by: 'stripe' },
    { at: 70, what: 'the schedule EveryMinute starts sweep', by: 'cloud' },
    {
      at: 90,
      what: 'a message of WorkQueue is seen again, unless it is done by then',
      by: 'cloud',
    },
  ]);
  expect(viewDue({ rules: [], queues: [], stripe: undefined })).toEqual([]);
});

test('a message tells where it is and what became of it', () => {
  const queues = viewQueues(
    [
      { ...dead, contents: empty },
      { ...work, contents: empty },
    ],
    readers,
  );
  const names = { room: () => 'retry', queue: () => 'WorkQueue' };
  const run = { id: 'r', at: 2, queue: { name: work.name, messages: ['m1'] } };
  const happenings = told([
    started(run),
    succeeded(run, 5),
    sent('sent', 'm1', { v: 1 }, 1),
    sent('dead-lettered', 'm1', { v: 1 }, 3),
    sent('sent', 'm2', { v: 2 }, 1),
  ]);
  expect(viewMessage('m1', happenings, { names, queues })).toEqual({
    id: 'm1',
    body: '{\n  "v": 1\n}',
    place: undefined,
    steps: [
      { at: 1, text: 'sent to WorkQueue' },
      { at: 2, text: 'taken by retry, invocation r' },
      { at: 3, text: 'given up, and moved to the dead letters of WorkQueue' },
    ],
  });
  expect(viewMessage('m3', happenings, { names, queues })).toBeUndefined();
});
