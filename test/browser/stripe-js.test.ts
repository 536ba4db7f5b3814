import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../unit/local-stripe/world.ts';
import { pastDue } from '../unit/local-stripe/world.ts';
import { type CardPage, openCardPage } from './card-page.ts';
import {
  connectBrowser,
  expectReadable,
  lookOn,
  measurePage,
  type OpenPage,
  openTab,
  readable,
  type Screen,
  screens,
} from './open-page.ts';

let browser: Browser;
let open: (screen: Screen) => Promise<OpenPage>;
beforeAll(async () => {
  browser = await connectBrowser();
  open = await openTab(browser);
});
afterAll(() => browser.close());

const desk = { width: 640, scheme: 'light' } as const;

/** A SetupIntent of a new customer, for cards. */
async function newSetup({ stripe }: World, types: ('card' | 'sepa_debit' | 'us_bank_account')[]) {
  const { id: customer } = await stripe.customers.create({ name: 'Ada' });
  const setup = await stripe.setupIntents.create({ customer, allowed_payment_method_types: types });
  return { id: setup.id, clientSecret: setup.client_secret ?? '' };
}

const forSetup =
  (more: object = {}, types: Parameters<typeof newSetup>[1] = ['card']) =>
  async (world: World) => {
    const { clientSecret } = await newSetup(world, types);
    return { options: { clientSecret, locale: 'en', ...more } };
  };

const openSetup = async (more: object = {}) => openCardPage(await open(desk), forSetup(more));

/** Fills in a card as a person does. */
async function typeCard({ fields }: CardPage, number: string): Promise<void> {
  await fields.getByLabel('Card number').pressSequentially(number);
  await fields.getByLabel('Expiration date').pressSequentially('1234');
  await fields.getByLabel('Security code').fill('123');
  await fields.getByLabel('ZIP code').fill('94107');
}

/** The frame behind the locator. */
async function frameOf(page: Page, title: string): Promise<Frame> {
  const handle = await page.locator(`iframe[title="${title}"]`).elementHandle();
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error(`There is no frame called ${title}.`);
  return frame;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds on the page, the frames of the local Stripe included. Contrast is measured by
 * `measurePage`: axe takes what is behind a frame that shows the page through it for white.
 */
async function violations(page: Page): Promise<unknown> {
  const shared = "axe.configure({ allowedOrigins: ['<unsafe_all_origins>'] })";
  for (const frame of page.frames()) {
    if (!(await frame.evaluate('"axe" in window'))) await frame.evaluate(`${axe};${shared}`);
  }
  return page.evaluate(
    'axe.run({ rules: { "color-contrast": { enabled: false } } }).then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))',
  );
}

describe('a card', () => {
  test('is saved, and nobody but the local Stripe hears of its number', async () => {
    const opened = await openSetup();
    const { page, call, world, complaints } = opened;
    const sent: string[] = [];
    page.on('request', (request) => {
      if ((request.postData() ?? '').includes('5555555555554444')) sent.push(request.url());
    });
    await typeCard(opened, '5555555555554444');
    expect(await call('submit')).toEqual({ selectedPaymentMethod: 'card' });
    expect(await call('setUp')).toMatchObject({ setupIntent: { status: 'succeeded' } });
    expect(world.local.control.state().tables.payment_methods).toMatchObject([
      {
        card: { brand: 'mastercard', last4: '4444', exp_month: 12, exp_year: 2034 },
        billing_details: { address: { country: 'US', postal_code: '94107' } },
      },
    ]);
    expect(sent.map((url) => new URL(url).origin)).toEqual([world.local.url]);
    expect(complaints()).toEqual([]);
  });

  test('that is not whole or wrong is refused at its field, and the page hears why', async () => {
    const opened = await openSetup();
    const { call, fields } = opened;
    expect(await call('submit')).toMatchObject({
      error: { type: 'validation_error', code: 'incomplete_number' },
    });
    const number = fields.getByLabel('Card number');
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    expect(await fields.getByRole('alert').innerText()).toBe('Your card number is incomplete.');
    await typeCard(opened, '4242424242424241');
    expect(await fields.getByRole('alert').count()).toBe(0);
    expect(await call('setUp')).toMatchObject({
      error: {
        type: 'validation_error',
        code: 'invalid_number',
        message: 'Your card number is invalid.',
      },
    });
    expect(opened.world.local.control.state().tables.payment_methods).toEqual([]);
    expect(opened.complaints()).toEqual([]);
  });

  test('that the bank declines is told as the API tells it, and another one may follow', async () => {
    const opened = await openSetup();
    const { call, fields } = opened;
    await typeCard(opened, '4000000000009995');
    expect(await call('setUp')).toMatchObject({
      error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'insufficient_funds',
        setup_intent: { status: 'requires_payment_method' },
      },
    });
    expect(await fields.getByRole('alert').innerText()).toBe('Your card has insufficient funds.');
    await fields.getByText('Test numbers').press('Enter');
    await fields.getByRole('button', { name: '4242 4242 4242 4242' }).press('Enter');
    expect(await fields.getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242');
    expect(await call('setUp')).toMatchObject({ setupIntent: { status: 'succeeded' } });
  });

  test('is not lost when the connection is', async () => {
    const opened = await openSetup();
    await typeCard(opened, '4242424242424242');
    const { faults } = opened.world.local.control;
    faults.add({
      method: 'POST',
      path: '/v1/setup_intents/*/confirm',
      kind: 'cut_before',
      probability: 1,
      seed: 'always',
    });
    expect(await opened.call('setUp')).toMatchObject({ error: { type: 'api_connection_error' } });
    faults.clear();
    expect(await opened.call('setUp')).toMatchObject({ setupIntent: { status: 'succeeded' } });
  });

  test('tells the page when it is whole', async () => {
    const opened = await openSetup();
    await typeCard(opened, '4242424242424242');
    await opened.call('submit');
    expect(await opened.page.evaluate('window.card.heard')).toMatchObject([
      { elementType: 'payment', empty: false, complete: false, value: { type: 'card' } },
      { elementType: 'payment', empty: false, complete: true, value: { type: 'card' } },
    ]);
  });
});

describe('3-D Secure', () => {
  test('is finished in place, and gives the focus back', async () => {
    const opened = await openSetup();
    const { bank, call, complaints, page } = opened;
    await typeCard(opened, '4000002500003155');
    await page.getByRole('button', { name: 'After' }).focus();
    const outcome = call('setUp');
    await bank.getByRole('heading', { name: 'Your bank asks you to confirm' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await bank.getByRole('button', { name: 'Complete' }).press('Enter');
    expect(await outcome).toMatchObject({ setupIntent: { status: 'succeeded' } });
    expect(await page.locator('[title="3D Secure"]').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('After');
    expect(complaints()).toEqual([]);
  });

  test('that fails is an error, after which the card may be tried again', async () => {
    const opened = await openSetup();
    const { bank, call } = opened;
    await typeCard(opened, '4000002500003155');
    const refused = call('setUp');
    await bank.getByRole('button', { name: 'Fail' }).click();
    expect(await refused).toMatchObject({
      error: {
        type: 'invalid_request_error',
        code: 'setup_intent_authentication_failure',
        message: expect.stringContaining('We are unable to authenticate'),
        setup_intent: { status: 'requires_payment_method' },
      },
    });
    const outcome = call('setUp');
    await bank.getByRole('button', { name: 'Complete' }).click();
    expect(await outcome).toMatchObject({ setupIntent: { status: 'succeeded' } });
  });

  test('is covered by a modal dialog of the page, as Stripe’s own is', async () => {
    const opened = await openSetup();
    const { bank, call, page } = opened;
    await typeCard(opened, '4000002500003155');
    await page.evaluate(
      'document.body.append(document.createElement("dialog")); document.querySelector("dialog").showModal()',
    );
    const outcome = call('setUp');
    const button = bank.getByRole('button', { name: 'Complete' });
    await button.waitFor();
    const middle = 'document.elementFromPoint(innerWidth / 2, innerHeight / 2).tagName';
    expect(await page.evaluate(middle)).not.toBe('IFRAME');
    await page.evaluate('document.querySelector("dialog").close()');
    expect(await page.evaluate(middle)).toBe('IFRAME');
    await button.click();
    expect(await outcome).toMatchObject({ setupIntent: { status: 'succeeded' } });
  });

  test('of a payment with a saved card pays the invoice', async () => {
    const opened = await openSetup();
    const { bank, call, complaints, world } = opened;
    const { stripe } = world;
    const { customer, invoice } = await pastDue(world);
    const method = await stripe.paymentMethods.attach('pm_card_authenticationRequired', {
      customer,
    });
    const open = await stripe.invoices.retrieve(invoice, { expand: ['confirmation_secret'] });
    const secret = open.confirmation_secret?.client_secret ?? '';
    const refused = call('payWith', secret, method.id);
    await bank.getByRole('button', { name: 'Fail' }).click();
    expect(await refused).toMatchObject({
      error: { code: 'payment_intent_authentication_failure', payment_intent: {} },
    });
    const outcome = call('payWith', secret, method.id);
    await bank.getByRole('button', { name: 'Complete' }).click();
    expect(await outcome).toMatchObject({ paymentIntent: { status: 'succeeded' } });
    expect((await stripe.invoices.retrieve(invoice)).status).toBe('paid');
    expect(await call('paymentIntent', secret)).toMatchObject({
      paymentIntent: { status: 'succeeded' },
    });
    expect(complaints()).toEqual([]);
  });

  test('that the server of the business began is finished on the page', async () => {
    const { bank, call, world } = await openSetup();
    const { client_secret: secret } = await world.stripe.paymentIntents.create({
      amount: 2900,
      currency: 'usd',
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      use_stripe_sdk: true,
    });
    const outcome = call('nextAction', secret);
    await bank.getByText('$29.00').waitFor();
    await bank.getByRole('button', { name: 'Complete' }).click();
    expect(await outcome).toMatchObject({ paymentIntent: { status: 'succeeded' } });
    await expect(call('nextAction', secret)).rejects.toThrow('not in the requires_action state');

    const { client_secret: redirecting } = await world.stripe.paymentIntents.create({
      amount: 2900,
      currency: 'usd',
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: 'http://127.0.0.1/back',
    });
    await expect(call('nextAction', redirecting)).rejects.toThrow('without a return_url');
  });
});

describe('the fields', () => {
  test.each([
    { scheme: 'light', theme: 'stripe' },
    { scheme: 'dark', theme: 'night' },
  ])('can be read by everybody, $scheme', async ({ scheme, theme }) => {
    const opened = await openSetup({ appearance: { theme } });
    const { call, complaints, fields, page } = opened;
    await fields.getByText('Test numbers').press('Enter');
    await call('submit');
    const frame = await frameOf(page, 'Secure payment input frame');
    const widths = screens.filter((screen) => screen.scheme === scheme);
    for (const screen of widths) {
      await lookOn(page, screen);
      expect(await measurePage(frame)).toMatchObject(readable(screen.scheme));
      expect(await violations(page)).toEqual([]);
      // The frame is as high as what is in it.
      await frame.waitForFunction('document.body.offsetHeight <= innerHeight');
    }
    await expectReadable(page, widths);
    expect(complaints()).toEqual([]);
  });

  test('take the look and the language of the page', async () => {
    const { call, fields, page } = await openSetup({
      locale: 'de-AT',
      appearance: {
        variables: { colorText: '#123456', borderRadius: '11px', fontSizeBase: '20px' },
      },
    });
    const number = fields.getByLabel('Kartennummer');
    await number.waitFor();
    expect(await call('submit')).toMatchObject({
      error: { message: 'Die Kartennummer ist unvollständig.' },
    });
    const frame = await frameOf(page, 'Secure payment input frame');
    expect(
      await frame.evaluate(
        '(({ color, borderRadius, fontSize }) => ({ color, borderRadius, fontSize }))(getComputedStyle(document.querySelector("#number")))',
      ),
    ).toEqual({ color: 'rgb(18, 52, 86)', borderRadius: '11px', fontSize: '20px' });
    expect(await frame.evaluate('document.documentElement.lang')).toBe('de');
  });

  test('take a bank account where the intent does', async () => {
    const { call, complaints, fields, world } = await openCardPage(
      await open(desk),
      forSetup({}, ['sepa_debit', 'us_bank_account']),
    );
    await fields.getByLabel('Full name').fill('Jenny Rosen');
    await fields.getByLabel('Email').fill('jenny@example.com');
    await fields.getByLabel('IBAN').fill('DE89 3704 0044 0532 0130 01');
    expect(await call('submit')).toMatchObject({ error: { code: 'invalid_iban' } });
    await fields.getByLabel('IBAN').fill('DE89 3704 0044 0532 0130 00');
    expect(await call('setUp')).toMatchObject({ setupIntent: { status: 'succeeded' } });
    expect(world.local.control.state().tables.payment_methods).toMatchObject([
      { type: 'sepa_debit', billing_details: { name: 'Jenny Rosen' } },
    ]);
    expect(complaints()).toEqual([]);
  });

  test('take the kind that is chosen; a US account waits for its small deposits', async () => {
    const { call, complaints, fields } = await openCardPage(
      await open(desk),
      forSetup({}, ['card', 'us_bank_account']),
    );
    await fields.getByRole('radio', { name: 'Card' }).focus();
    await fields.getByRole('radio', { name: 'Card' }).press('ArrowDown');
    await fields.getByText('Test numbers').press('Enter');
    await fields.getByRole('button', { name: '000123456789' }).press('Enter');
    expect(await call('submit')).toEqual({ selectedPaymentMethod: 'us_bank_account' });
    expect(await call('setUp')).toMatchObject({
      setupIntent: {
        status: 'requires_action',
        next_action: { type: 'verify_with_microdeposits' },
      },
    });
    expect(complaints()).toEqual([]);
  });

  test('are there before the intent is', async () => {
    const opened = await openCardPage(await open(desk), async () => ({
      options: { mode: 'setup', currency: 'usd', locale: 'en' },
    }));
    const { call, world } = opened;
    const { clientSecret } = await newSetup(world, ['card']);
    await typeCard(opened, '4242424242424242');
    await expect(call('setUp', { clientSecret })).rejects.toThrow(
      'elements.submit() must be called',
    );
    await call('submit');
    expect(await call('setUp', { clientSecret })).toMatchObject({
      setupIntent: { status: 'succeeded' },
    });
    expect(await call('setupIntent', clientSecret)).toMatchObject({
      setupIntent: { status: 'succeeded' },
    });
  });

  test('do not load for a client secret that opens nothing', async () => {
    const opening = openCardPage(await open(desk), async () => ({
      options: { clientSecret: 'seti_1_secret_2', locale: 'en' },
    }));
    await expect(opening).rejects.toThrow('resource_missing');
  });
});

test('what the local Stripe does not have is refused by name', async () => {
  const { call, page } = await openSetup();
  const refusal = (call: string) => page.evaluate(`window.card.refused(${call})`);
  expect(
    await refusal('(stripe) => stripe.elements({ mode: "setup", onBehalfOf: "acct_1" })'),
  ).toMatch(/^IntegrationError: .*"onBehalfOf" is not modelled/);
  expect(await refusal('(stripe) => stripe.elements({ mode: "setup" }).create("card")')).toMatch(
    /^IntegrationError: .*create "payment", not "card"/,
  );
  expect(await refusal('() => window.Stripe("sk_test_1")')).toMatch(/begins with pk_/);
  await expect(call('setUp', { confirmationToken: 'ctoken_1' })).rejects.toThrow(
    '"confirmationToken" is not modelled',
  );
});
