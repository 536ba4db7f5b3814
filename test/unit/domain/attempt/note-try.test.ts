import { expect, test } from 'vitest';
import { noteOutcome } from '../../../../functions/domain/attempt/note-try.ts';
import { wakeCase } from '../../../../functions/domain/case/advance-case.ts';
import { withPass } from '../../../../functions/domain/pass/begin-pass.ts';
import {
  declined,
  dunningCaseOf,
  noon,
  openAttemptOf,
  thePrimary,
} from '../../../twins/examples.ts';

const attempt = openAttemptOf({ revision: 3 });
const note = (outcome: Parameters<typeof noteOutcome>[3], more = {}) => {
  const dunningCase = dunningCaseOf(more);
  return noteOutcome(dunningCase, { owed: dunningCase.owed }, attempt, outcome, noon);
};
const of = { role: 'primary', method: thePrimary, at: noon } as const;

test('a refusal is shown in safe words, and owed to the method', () => {
  const codes = declined('stolen_card');
  expect(note({ kind: 'declined', decline: 'card_dead', codes })).toEqual({
    owed: [
      {
        kind: 'note_method',
        method: thePrimary,
        at: noon,
        refused: { at: noon, reason: 'declined', revision: 3 },
      },
    ],
    lastTried: [{ ...of, result: 'refused', reason: 'declined' }],
  });
});

test('only the last try of a role is kept; what was not executed is none', () => {
  const lastTried = [
    { ...of, at: noon - 1, result: 'refused', reason: 'expired' },
    { ...of, role: 'secondary', result: 'refused', reason: 'declined' },
  ];
  expect(note({ kind: 'succeeded' }, { lastTried }).lastTried).toEqual([
    lastTried[1],
    { ...of, result: 'paid', reason: null },
  ]);
  expect(note({ kind: 'processing' }, { lastTried }).owed).toEqual([]);
  expect(note({ kind: 'skipped', why: 'x' }, { lastTried })).toEqual({ owed: [] });
});

test("Stripe's own try that counts as ours is shown as well", () => {
  const refusal = {
    role: 'primary',
    method: thePrimary,
    revision: 1,
    kind: 'insufficient_funds',
    codes: declined('insufficient_funds'),
    at: noon - 1,
    by: 'stripe',
  } as const;
  const pass = { number: 1, cause: 'new', startedAt: noon, refusals: [refusal] } as const;
  expect(withPass(dunningCaseOf(), pass).lastTried).toEqual([
    { ...of, at: noon - 1, result: 'refused', reason: 'insufficient_funds' },
  ]);
});

test('a change of the customer wakes a case once, and one that has ended never', () => {
  const waiting = dunningCaseOf({ progress: { state: 'waiting', dueAt: noon }, retryWanted: 2 });
  const woken = wakeCase(waiting, 7);
  expect(woken).toMatchObject({ retryWanted: 3, wokenBy: 7, version: 2 });
  expect(wakeCase(woken, 7)).toBe(woken);
  expect(wakeCase(woken, 8)).toMatchObject({ retryWanted: 4, wokenBy: 8 });
  const exhausted = dunningCaseOf({ progress: { state: 'exhausted', endedAt: noon } });
  expect(wakeCase(exhausted, 7).retryWanted).toBe(1);
  for (const progress of [
    { state: 'recovered', endedAt: noon, role: 'primary' },
    { state: 'closed', endedAt: noon, reason: 'voided' },
  ] as const) {
    const ended = dunningCaseOf({ progress });
    expect(wakeCase(ended, 7)).toBe(ended);
  }
});
