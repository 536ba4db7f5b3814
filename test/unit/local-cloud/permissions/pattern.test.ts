import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actionPattern,
  arnConditionPattern,
  arnPattern,
  textPattern,
} from '../../../../local/cloud/permissions/pattern.ts';

/** The definition of `*` and `?`, sign by sign and without a regular expression. */
function fits(pattern: string, value: string): boolean {
  const [sign, ...rest] = pattern;
  if (sign === undefined) return value === '';
  const after = rest.join('');
  if (sign === '*') return fits(after, value) || (value !== '' && fits(pattern, value.slice(1)));
  return value !== '' && (sign === '?' || sign === value[0]) && fits(after, value.slice(1));
}

// Few signs, so that a pattern often fits; among them those that mean something to RegExp.
const signs = (from: string) => fc.string({ unit: fc.constantFrom(...from), maxLength: 7 });
const values = signs('ab.+$[');
const patterns = signs('ab.+$[*?');

describe('a pattern of a policy', () => {
  it('matches as its definition says', () => {
    fc.assert(
      fc.property(patterns, values, (pattern, value) => {
        expect(textPattern(pattern).matches(value)).toBe(fits(pattern, value));
        // Without colons an ARN has one segment, and is matched like any text.
        expect(arnPattern(pattern).matches(value)).toBe(fits(pattern, value));
      }),
      { numRuns: 2000 },
    );
  });

  it('matches itself, whatever signs it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textPattern(text).matches(text)).toBe(true);
        expect(actionPattern(text).matches(text)).toBe(true);
        expect(arnPattern(text).matches(text.replaceAll('?', 'x'))).toBe(true);
      }),
    );
  });

  it('takes actions in large and small letters, and resources only as they are written', () => {
    expect(actionPattern('SQS:send*').matches('sqs:SendMessage')).toBe(true);
    expect(arnPattern('arn:aws:sqs:r:1:Work').matches('arn:aws:sqs:r:1:work')).toBe(false);
  });

  it.each([
    [
      'arn:aws:secretsmanager:r:1:secret:key-??????',
      'arn:aws:secretsmanager:r:1:secret:key-LOCAL1',
      true,
    ],
    [
      'arn:aws:secretsmanager:r:1:secret:key-??????',
      'arn:aws:secretsmanager:r:1:secret:key-LOCAL',
      false,
    ],
    [
      'arn:aws:secretsmanager:r:1:secret:key-??????',
      'arn:aws:secretsmanager:r:1:secret:key',
      false,
    ],
    ['arn:aws:dynamodb:r:1:table/T', 'arn:aws:dynamodb:r:1:table/T/index/due', false],
    ['arn:aws:dynamodb:r:1:table/T/index/*', 'arn:aws:dynamodb:r:1:table/T/index/due', true],
    ['arn:aws:dynamodb:r:1:table/T/index/*', 'arn:aws:dynamodb:r:1:table/T', false],
    // A star that ends a segment goes beyond its colon, one within a segment does not.
    ['arn:aws:logs:r:1:log-group:a:*', 'arn:aws:logs:r:1:log-group:a:log-stream:b', true],
    ['arn:aws:s*s:r:1:work', 'arn:aws:s:x:s:r:1:work', false],
    ['arn:aws:sqs:*:1:work', 'arn:aws:sqs:r:1:work', true],
    ['*', 'arn:aws:sqs:r:1:work', true],
  ])('of a resource: %s and %s', (pattern, arn, matches) => {
    expect(arnPattern(pattern).matches(arn)).toBe(matches);
  });

  it('compares an ARN in a condition part by part', () => {
    const pattern = arnConditionPattern('arn:aws:execute-api:r:1:api/*/*/hooks');
    expect(pattern.matches('arn:aws:execute-api:r:1:api/$default/POST/hooks')).toBe(true);
    expect(pattern.matches('arn:aws:execute-api:r:2:api/$default/POST/hooks')).toBe(false);
    expect(arnConditionPattern('arn:aws:*:1:rule/x').matches('arn:aws:events:r:1:rule/x')).toBe(
      false,
    );
  });
});
