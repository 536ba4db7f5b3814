import fc from 'fast-check';
import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { isSignedByStripe } from '../../../functions/adapters/stripe-webhook-signature.ts';
import { noon } from '../../twins/examples.ts';

const { webhooks } = new Stripe('sk_test_of_the_test');

/** What Stripe's SDK says, with the tolerance of the facts. */
function verdictOfSdk(body: Uint8Array, header: string, secret: string, nowMs: number): boolean {
  try {
    webhooks.signature?.verifyHeader(Buffer.from(body), header, secret, 300, undefined, nowMs);
    return true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

const anyBody = fc.oneof(
  fc.json().map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ minLength: 0, maxLength: 200 }),
);
const anySecret = fc.stringMatching(/^whsec_[A-Za-z0-9]{1,32}$/);
const anyAge = fc.oneof(fc.integer({ min: -400, max: 400 }), fc.constantFrom(299, 300, 301));
/** What is done to a good header on its way. */
const anyChange = fc.constantFrom<(header: string) => string>(
  (header) => header,
  (header) => header,
  (header) => header.replace('v1=', 'v0='),
  (header) => `${header},v1=00`,
  (header) => header.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  (header) => header.replace(/t=\d+,/, ''),
  () => '',
);

test('the verdict is that of the whole SDK, for any body, header, secret and time', () => {
  const verdicts = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(
      anyBody,
      anySecret,
      fc.option(anySecret),
      anyAge,
      anyChange,
      (body, secret, other, ageSeconds, change) => {
        const header = change(
          webhooks.generateTestHeaderString({
            payload: new TextDecoder().decode(body),
            secret,
            timestamp: Math.floor(noon / 1000) - ageSeconds,
          }),
        );
        const used = other ?? secret;
        const verdict = isSignedByStripe(body, header, [used], noon);
        expect(verdict).toBe(verdictOfSdk(body, header, used, noon));
        verdicts[verdict ? 'accepted' : 'refused'] += 1;
      },
    ),
    { numRuns: 500 },
  );
  expect(Math.min(verdicts.accepted, verdicts.refused)).toBeGreaterThan(20);
});

test('one good secret among several is enough, and none is none', () => {
  const body = new TextEncoder().encode('{}');
  const header = webhooks.generateTestHeaderString({
    payload: '{}',
    secret: 'whsec_b',
    timestamp: Math.floor(noon / 1000),
  });
  expect(isSignedByStripe(body, header, ['whsec_a', 'whsec_b'], noon)).toBe(true);
  expect(isSignedByStripe(body, header, ['whsec_a', 'whsec_c'], noon)).toBe(false);
  expect(isSignedByStripe(body, header, [], noon)).toBe(false);
});
