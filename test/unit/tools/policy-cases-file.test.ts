import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCases } from '../../../tools/policy/cases/cases-file.ts';
import { PolicyRefusal } from '../../../tools/policy/refusal.ts';
import { backup, failureOf } from './policy-failure.ts';

const whole = failureOf({
  timeZone: 'America/New_York',
  fallback: 'off',
  secondary: { ...backup, card: 'c2' },
  later: {
    tries: [
      {
        at: '2026-03-05T09:00:00Z',
        role: 'primary',
        paid: false,
        refusal: { declineCode: 'do_not_honor' },
      },
    ],
    customerPaidAt: '2026-03-06T10:00:00.250Z',
  },
});

it('reads one object a line, or one array, with what may be left out', () => {
  const other = failureOf({ primary: null, refusal: null });
  const lines = `\uFEFF${JSON.stringify(whole)}\r\n\n${JSON.stringify(other)}\n`;
  expect(readCases(lines, 'c.jsonl')).toEqual([whole, other]);
  expect(readCases(JSON.stringify([whole, other], null, 2), 'c.json')).toEqual([whole, other]);
});

it.each([
  ['at', '2026-02-30T06:00:00Z', 'c, line 1: at "2026-02-30T06:00:00Z" is no moment in UTC: write'],
  [
    'at',
    '2026-03-01',
    'write when the renewal was refused, in UTC, such as "2026-03-01T06:00:07Z"',
  ],
  [
    'amount',
    0,
    'c, line 1: amount is 0, which does not fit: write what is to be paid in minor units',
  ],
  ['currency', 'USD', 'write its currency in small letters, such as "usd"'],
  ['timeZone', 'Mars/Base', 'timeZone "Mars/Base" is not an IANA time zone: write'],
  ['refusal', undefined, 'c, line 1: refusal is missing: write an object with the codes'],
  ['secondary', { type: 'card' }, 'secondary.consented is missing: write true or false.'],
  ['later', { tries: [{ role: 'spare' }] }, 'later.tries[0].role is "spare", which does not fit'],
])('says what is wrong with %s', (field, value, sentence) => {
  const text = JSON.stringify({ ...failureOf(), [field]: value });
  expect(() => readCases(text, 'c')).toThrow(PolicyRefusal);
  expect(() => readCases(text, 'c')).toThrow(sentence);
});

it.each([
  ['email', { ...failureOf(), email: 'ada@customer.example' }],
  [
    'primary.fingerprint',
    { ...failureOf(), primary: { ...backup, fingerprint: 'Xt5EWLLDS7FJjR1c' } },
  ],
])('takes nothing that says whose it was: %s', (field, value) => {
  expect(() => readCases(JSON.stringify(value), 'c')).toThrow(
    `c, line 1: ${field} is no field of a recorded failure: remove it`,
  );
});

it('says where no JSON stands, that nothing does, and not more than one can read', () => {
  expect(() => readCases(`${JSON.stringify(whole)}\n{`, 'c')).toThrow(/^c, line 2 is no JSON/);
  expect(() => readCases('[', 'c')).toThrow(/^c is no JSON/);
  expect(() => readCases(' \n', 'c')).toThrow(/^c has no failure in it/);
  const many = Array.from({ length: 12 }, () => JSON.stringify({ ...whole, amount: 0 })).join('\n');
  expect(() => readCases(many, 'c')).toThrow(/line 10: .*\nAnd 2 more like these\.$/);
});

it('has a sentence for whatever stands in any field', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constant(null));
  const field = fc.constantFrom(...Object.keys(whole), 'later.tries', 'primary.brand');
  fc.assert(
    fc.property(field, anything, (path, value) => {
      const [outer = '', inner] = path.split('.');
      const changed = { ...whole, [outer]: inner === undefined ? value : { [inner]: value } };
      try {
        readCases(JSON.stringify([changed]), 'c');
      } catch (error) {
        expect(error).toBeInstanceOf(PolicyRefusal);
      }
    }),
    { numRuns: 100 },
  );
});
