import { describe, expect, test } from 'vitest';
import { personId } from '../../../../functions/domain/customer/person.ts';
import {
  absoluteMs,
  endSession,
  idleMs,
  isOver,
  noteUse,
  type Session,
  signOutEverywhere,
  startSession,
} from '../../../../functions/domain/sign-in/session.ts';
import { hourMs, minuteMs } from '../../../../functions/domain/time.ts';
import { noon } from '../../../twins/examples.ts';

const person = personId('0'.repeat(32));
const begun = (more: Partial<Session> = {}): Session => ({
  ...startSession({ id: 'a', person, customer: null, signOuts: 0, returnUrl: null }, noon),
  ...more,
});

describe('a session', () => {
  test('ends half an hour after it was last used', () => {
    expect(idleMs).toBe(30 * minuteMs);
    expect(isOver(begun(), null, noon + idleMs - 1)).toBe(false);
    expect(isOver(begun(), null, noon + idleMs)).toBe(true);
  });

  test('ends after twelve hours, however much it is used', () => {
    expect(absoluteMs).toBe(12 * hourMs);
    const used = begun({ usedAt: noon + absoluteMs - 1 });
    expect(isOver(used, null, noon + absoluteMs - 1)).toBe(false);
    expect(isOver(used, null, noon + absoluteMs)).toBe(true);
  });

  test('ends when it is ended', () => {
    expect(isOver(endSession(begun(), noon), null, noon)).toBe(true);
  });

  test('ends when its person signs out everywhere, and a later one does not', () => {
    const once = signOutEverywhere(person, null, noon);
    const twice = signOutEverywhere(person, once, noon);
    expect(isOver(begun(), once, noon)).toBe(true);
    expect(isOver(begun({ signOuts: 1 }), once, noon)).toBe(false);
    expect(isOver(begun({ signOuts: 1 }), twice, noon)).toBe(true);
  });

  test('is written down as used every five minutes at most', () => {
    expect(noteUse(begun(), noon + 5 * minuteMs - 1)).toBeNull();
    expect(noteUse(begun(), noon + 5 * minuteMs)).toEqual(
      begun({ usedAt: noon + 5 * minuteMs, version: 2 }),
    );
  });
});
