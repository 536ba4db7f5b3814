import { describe, expect, test } from 'vitest';
import {
  judgeOutcome,
  pauseBeforeLook,
  type Watched,
} from '../../../portal/src/words/judge-outcome.ts';
import { sayOutcome, toneOf } from '../../../portal/src/words/say-outcome.ts';
import { amex, method, openCase, tried, words } from './fixtures.ts';

const later = '2026-11-02T13:00:00.000Z';
const before = openCase();

describe('what became of an invoice', () => {
  test('it is not open any more', () => {
    expect(judgeOutcome(before, undefined)).toEqual({ is: 'gone' });
  });

  test('the refusal that was there before is no news', () => {
    expect(judgeOutcome(before, openCase())).toEqual({ is: 'pending' });
  });

  test('a refusal of the new card is', () => {
    const refused = tried({ method: amex, at: later });
    expect(judgeOutcome(before, openCase({ tried: [refused] }))).toEqual({
      is: 'refused',
      tried: refused,
    });
  });

  test('the same card refused once more is news as well', () => {
    const refused = tried({ at: later });
    expect(judgeOutcome(before, openCase({ tried: [refused] }))).toMatchObject({ is: 'refused' });
  });

  test('of two refusals the later one is told', () => {
    const first = tried({ at: '2026-11-02T12:30:00.000Z' });
    const second = tried({ role: 'secondary', method: amex, at: later });
    const now = openCase({ tried: [second, first] });
    expect(judgeOutcome(before, now)).toEqual({ is: 'refused', tried: second });
  });

  test('while a try is under way nothing is known, whatever was refused meanwhile', () => {
    const now = openCase({ state: 'trying', tried: [tried({ at: later })] });
    expect(judgeOutcome(before, now)).toEqual({ is: 'pending' });
  });

  test('a payment on its way, and one to be confirmed', () => {
    expect(judgeOutcome(before, openCase({ state: 'processing' }))).toEqual({ is: 'processing' });
    const now = openCase({ state: 'action_required', tried: [tried({ at: later })] });
    expect(judgeOutcome(before, now)).toEqual({ is: 'action_required' });
  });
});

describe('how it went is told', () => {
  const view = { methods: [method(), method({ method: amex, brand: 'amex', last4: '0005' })] };

  test('paid', () => {
    const watched = { before, now: undefined, outcome: { is: 'paid' } } as const;
    expect(sayOutcome(words, view, watched)).toBe('Paid: invoice A-1.');
  });

  test('refused: what, why, and what comes next', () => {
    const refused = tried({ method: amex, reason: 'insufficient_funds' });
    const watched = { before, now: before, outcome: { is: 'refused', tried: refused } } as const;
    expect(sayOutcome(words, view, watched)).toBe(
      'Invoice A-1 is not paid yet. American Express ending in 0005 was declined: there was not enough money on the account. What comes next: we try again on Monday 2 November at 18:00.',
    );
  });

  test('refused because the bank wants it confirmed: what to press, and no wait', () => {
    const refused = tried({ reason: 'authentication' });
    const watched = { before, now: before, outcome: { is: 'refused', tried: refused } } as const;
    expect(sayOutcome(words, view, watched)).toBe(
      words.text.status.confirm({ invoice: 'invoice A-1' }),
    );
  });

  test('in a tone of its own: what is still awaited is no bad news', () => {
    const toneFor = (...kinds: Watched['outcome'][]) =>
      toneOf(kinds.map((outcome) => ({ before, now: before, outcome })));
    const refused = { is: 'refused', tried: tried() } as const;
    expect(toneFor({ is: 'paid' }, { is: 'processing' }, { is: 'settled' })).toBe('good');
    expect(toneFor({ is: 'paid' }, { is: 'pending' })).toBe('calm');
    expect(toneFor({ is: 'pending' }, refused)).toBe('bad');
    expect(toneFor({ is: 'action_required' })).toBe('bad');
  });

  test('nothing known yet: that it goes on by itself, or what is planned', () => {
    const pending = { is: 'pending' } as const;
    const trying = { before, now: openCase({ state: 'trying' }), outcome: pending };
    expect(sayOutcome(words, view, trying)).toBe(words.text.status.slow);
    expect(sayOutcome(words, view, { before, now: before, outcome: pending })).toBe(
      'Invoice A-1 is still open: we try again on Monday 2 November at 18:00.',
    );
  });
});

test('looks come every two seconds at first, then slower, and never rarer than every six', () => {
  const pauses = Array.from({ length: 12 }, (_, looks) => pauseBeforeLook(looks));
  expect(pauses[0]).toBe(2_000);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses.at(-1)).toBe(6_000);
});
