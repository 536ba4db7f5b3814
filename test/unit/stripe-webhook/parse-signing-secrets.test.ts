import { expect, test } from 'vitest';
import { parseSigningSecrets } from '../../../functions/stripe-webhook/parse-signing-secrets.ts';

test.each([
  ['whsec_a', ['whsec_a']],
  ['whsec_a\nwhsec_b\n', ['whsec_a', 'whsec_b']],
  ['  whsec_a\r\n\r\nwhsec_b  ', ['whsec_a', 'whsec_b']],
])('%j holds %j', (value, secrets) => {
  expect(parseSigningSecrets(value)).toEqual(secrets);
});

test.each(['', 'put-your-secret-here', 'sk_test_key'])(
  '%j holds none, and the sentence says what to do',
  (value) => {
    expect(() => parseSigningSecrets(value)).toThrow(/Create the webhook endpoint.*whsec_/);
  },
);
