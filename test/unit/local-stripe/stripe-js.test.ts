import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import {
  cardKind,
  formatExpiry,
  formatNumber,
} from '../../../local/stripe/stripe-js/browser/frame/card-kind.ts';
import type { Values } from '../../../local/stripe/stripe-js/browser/frame/kind.ts';
import { scriptPath } from '../../../local/stripe/stripe-js/paths.ts';
import { openWorld, type World } from './world.ts';

const framePath = scriptPath.replace('stripe.js', 'payment-element');

describe('the script', () => {
  test('is where the package that loads it looks for it', () => {
    const loader = createRequire(import.meta.url).resolve('@stripe/stripe-js/dist/pure.js');
    const train = /RELEASE_TRAIN = '(\w+)'/.exec(readFileSync(loader, 'utf8'))?.[1];
    expect(scriptPath).toBe(`/${train}/stripe.js`);
  });

  test.each([scriptPath, `${framePath}.js`])(
    '%s may be loaded by a page of this machine, and by no other',
    async (path) => {
      const { local } = await openWorld();
      const answer = await fetch(`${local.url}${path}`, {
        headers: { origin: 'http://localhost:5173' },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^application\/javascript/);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(await answer.text()).toContain('use_stripe_sdk');
      const foreign = await fetch(`${local.url}${path}`, {
        headers: { origin: 'https://elsewhere.example' },
      });
      expect(foreign.status).toBe(403);
      expect((await fetch(`${local.url}${path}`, { method: 'POST' })).status).toBe(405);
    },
  );

  test('has a frame that pages of this machine may show, and that loads from here only', async () => {
    const { local } = await openWorld();
    const answer = await fetch(`${local.url}${framePath}`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ').filter((each) => !each.startsWith('style-src'))).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      'frame-ancestors http://127.0.0.1:* http://localhost:*',
    ]);
    expect(await answer.text()).toContain(`src="${framePath}.js"`);
  });
});

describe("the bank's page", () => {
  async function waiting({ stripe }: World) {
    const intent = await stripe.paymentIntents.create({
      amount: 2900,
      currency: 'usd',
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: 'https://shop.example/back',
      use_stripe_sdk: true,
    });
    return { id: intent.id, url: String(intent.next_action?.use_stripe_sdk?.stripe_js) };
  }

  const answer = (url: string, given: string) =>
    fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ answer: given }),
      redirect: 'manual',
    });

  test('takes one answer, of who has the client secret', async () => {
    const world = await openWorld();
    const { id, url } = await waiting(world);
    const status = async () => (await world.stripe.paymentIntents.retrieve(id)).status;
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors http:\/\/127/);
    expect(await page.text()).toContain('Is it you who pays $29.00?');
    expect((await answer(`${url}x`, 'complete')).status).toBe(404);
    expect((await answer(url.replace(/\?.*/, ''), 'complete')).status).toBe(404);
    expect(await status()).toBe('requires_action');
    expect((await answer(url, 'complete')).status).toBe(303);
    expect(await status()).toBe('succeeded');
    expect((await answer(url, 'fail')).status).toBe(303);
    expect(await status()).toBe('succeeded');
    expect(await (await fetch(url)).text()).toContain('Your bank has your answer');
  });

  test('takes anything but a clear yes for a no', async () => {
    const world = await openWorld();
    const { id, url } = await waiting(world);
    await answer(url, '');
    const { last_payment_error: error } = await world.stripe.paymentIntents.retrieve(id);
    expect(error?.code).toBe('payment_intent_authentication_failure');
  });
});

test('Stripe.js needs no way back from the bank, where its SetupIntent names one', async () => {
  const { stripe } = await openWorld();
  const setup = await stripe.setupIntents.create({
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
    return_url: 'https://shop.example/back',
    use_stripe_sdk: true,
  });
  expect(setup.next_action?.type).toBe('use_stripe_sdk');
});

describe('a typed card', () => {
  const now = Date.UTC(2026, 10, 22);
  const whole: Values = {
    number: '4242 4242 4242 4242',
    expiry: '11 / 26',
    cvc: '123',
    country: 'US',
    postalCode: '94107',
    name: '',
    email: '',
    routing: '',
    account: '',
    iban: '',
  };

  test.each<[Partial<Values>, string | undefined]>([
    [{}, undefined],
    [{ number: '' }, 'incomplete_number'],
    [{ number: '4242 4242 4242 424' }, 'incomplete_number'],
    [{ number: '4242 4242 4242 4241' }, 'invalid_number'],
    [{ number: '3056 9300 0902 0004' }, undefined],
    [{ number: '3782 822463 10005' }, 'incomplete_cvc'],
    [{ number: '3782 822463 10005', cvc: '1234' }, undefined],
    [{ expiry: '11' }, 'incomplete_expiry'],
    [{ expiry: '13 / 30' }, 'invalid_expiry_month'],
    [{ expiry: '12 / 25' }, 'invalid_expiry_year_past'],
    [{ expiry: '10 / 26' }, 'invalid_expiry_month_past'],
    [{ cvc: '12' }, 'incomplete_cvc'],
    [{ postalCode: '' }, 'incomplete_zip'],
    [{ postalCode: '', country: 'DE' }, undefined],
  ])('%o: %s', (change, code) => {
    expect(cardKind.findProblem({ ...whole, ...change }, now)?.code).toBe(code);
  });

  test.each([
    ['42424242424242424', '4242 4242 4242 4242 4'],
    ['378282246310005', '3782 822463 10005'],
    ['37828', '3782 8'],
    ['no digits', ''],
  ])('the number %s is written %s', (typed, written) => {
    expect(formatNumber(typed)).toBe(written);
  });

  test.each([
    ['1', '1'],
    ['4', '04'],
    ['12', '12'],
    ['123', '12 / 3'],
    ['1234', '12 / 34'],
    ['12/2034', '12 / 34'],
    ['1/', '01 / '],
    ['12 / ', '12 / '],
    ['12 /', '12'],
  ])('the expiry %s is written %s', (typed, written) => {
    expect(formatExpiry(typed)).toBe(written);
  });

  test('every example is a whole card, but for the wrong number', () => {
    for (const { outcome, values } of cardKind.examples) {
      const problem = cardKind.findProblem({ ...whole, ...values }, now)?.code;
      expect(problem).toBe(outcome === 'wrongNumber' ? 'invalid_number' : undefined);
    }
  });
});
