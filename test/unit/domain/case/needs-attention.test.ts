import { describe, expect, test } from 'vitest';
import type { DunningCase, Progress } from '../../../../functions/domain/case/dunning-case.ts';
import { needsAttention } from '../../../../functions/domain/case/needs-attention.ts';
import { hourMs } from '../../../../functions/domain/time.ts';
import { dunningCaseOf, noon, openAttemptOf } from '../../../twins/examples.ts';

const earlier = { dueAt: noon };
const later = { dueAt: noon + hourMs };
const ended = { endedAt: noon - hourMs };
const wanted = { retryWanted: 2, retryServed: 1 };

const attention = (
  progress: Progress,
  {
    type = 'pass',
    inPass = false,
    ...more
  }: Partial<DunningCase> & {
    type?: 'pass' | 'settle';
    inPass?: boolean;
  } = {},
) => needsAttention(dunningCaseOf({ progress, ...more }), type, noon, inPass);

describe('a message finds a pass due', () => {
  test.each<[string, Progress]>([
    ['new or between two steps', { state: 'due', ...earlier }],
    ['waiting', { state: 'waiting', ...earlier }],
    ['waiting for the customer', { state: 'action_required', ...earlier }],
    ['processing', { state: 'processing', ...earlier }],
  ])('when its time has come: %s', (_, progress) => {
    expect(attention(progress)).toBe('pass');
    expect(attention({ ...progress, ...later } as Progress)).not.toBe('pass'); // The same state, later.
  });

  test('when a retry is wanted, whenever its time is', () => {
    expect(attention({ state: 'waiting', ...later }, wanted)).toBe('pass');
    expect(attention({ state: 'exhausted', ...ended }, wanted)).toBe('pass');
    expect(attention({ state: 'recovered', ...ended, role: 'primary' }, wanted)).toBe('none');
  });

  test('when it is the process that is in the middle of it', () => {
    expect(attention({ state: 'due', ...later }, { inPass: true })).toBe('pass');
    expect(attention({ state: 'due', ...later })).toBe('none');
    expect(attention({ state: 'waiting', ...later }, { inPass: true })).toBe('none');
  });
});

describe('an open attempt', () => {
  const due: Progress = { state: 'due', ...earlier };
  test('is left to its process until its time is over', () => {
    const mine = openAttemptOf({ leaseUntil: noon + 1 });
    expect(attention(due, { openAttempt: mine, ...wanted, inPass: true })).toBe('none');
    const left = openAttemptOf({ leaseUntil: noon });
    expect(attention(due, { openAttempt: left })).toBe('attempt');
  });
});

describe('an event that may have settled the invoice', () => {
  test.each<[Progress, string]>([
    [{ state: 'waiting', ...later }, 'look'],
    [{ state: 'processing', ...later }, 'look'],
    [{ state: 'exhausted', ...ended }, 'look'],
    [{ state: 'closed', ...ended, reason: 'voided' }, 'none'],
    [{ state: 'recovered', ...ended, role: 'primary' }, 'none'],
  ])('%j: %s', (progress, expected) => {
    expect(attention(progress, { type: 'settle' })).toBe(expected);
  });

  test('another failure of a case that waits or ended starts nothing', () => {
    expect(attention({ state: 'waiting', ...later })).toBe('none');
    expect(attention({ state: 'exhausted', ...ended })).toBe('none');
    expect(attention({ state: 'closed', ...ended, reason: 'not_ours' })).toBe('none');
  });
});
