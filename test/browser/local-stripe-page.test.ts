import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, subscriber, webhookReceiver } from '../unit/local-stripe/world.ts';
import {
  connectBrowser,
  expectReadable,
  measurePage,
  type OpenPage,
  openTab,
  readable,
  type Screen,
} from './open-page.ts';

let browser: Browser;
let open: (screen: Screen) => Promise<OpenPage>;
beforeAll(async () => {
  browser = await connectBrowser();
  open = await openTab(browser);
});
afterAll(() => browser.close());

const desk = { width: 1024, scheme: 'light' } as const;
const phone = { width: 320, scheme: 'dark' } as const;

const button = (within: Page | Locator, name: string) => within.getByRole('button', { name });
const said = (page: Page) => page.getByRole('status').innerText();
const firstCard = (page: Page) => page.locator('#customers li').first();

/** Uses a button as one does without a mouse. */
async function press(target: Locator): Promise<void> {
  await target.focus();
  await target.press('Enter');
}

test('an empty account says how to begin', async () => {
  const { local } = await openWorld();
  const { page, complaints } = await open(desk);
  await page.goto(local.url);
  await expectReadable(page);
  await press(button(page, 'Make a demo customer with a subscription'));
  expect(await said(page)).toContain('has two cards and a subscription');
  expect(local.control.state().tables.subscriptions).toMatchObject([{ status: 'active' }]);
  expect(local.control.state().tables.invoices).toMatchObject([{ status: 'paid' }]);
  await expectReadable(page);
  expect(complaints()).toEqual([]);
});

describe('a person', () => {
  test('lets the next charge fail and renews, without a mouse', async () => {
    const { local } = await openWorld();
    const { page, complaints } = await open(desk);
    await page.goto(local.url);
    await press(button(page, 'Make a demo customer'));

    await press(firstCard(page).locator('summary'));
    await firstCard(page).getByLabel('The next charge').selectOption('insufficient_funds');
    await press(button(firstCard(page), 'Set'));
    expect(await said(page)).toBe('The next charge of Visa 4242 will fail: insufficient funds.');
    expect(await firstCard(page).innerText()).toContain('insufficient funds, then succeeded');

    await press(button(page, 'Renew now'));
    expect(await said(page)).toBe(
      'It renewed: a new invoice of $29.00, and it is open, as its charge failed: insufficient funds.',
    );
    const newest = page.locator('#invoices article').first();
    expect(await newest.innerText()).toContain('insufficient funds (51)');
    expect(await newest.getByRole('heading').innerText()).toMatch(/^\$29\.00 .*open$/s);

    await press(button(page, 'Go to what is next'));
    expect(await said(page)).toMatch(
      /^The clock went to .* and this has happened: Stripe tries the open invoice of Ada Lovelace again\.$/,
    );
    expect(await newest.getByRole('heading').innerText()).toMatch(/paid$/);
    expect(complaints()).toEqual([]);
  });

  test('reaches every control with the Tab key, and sees where it is', async () => {
    const { local } = await openWorld();
    const { page } = await open(desk);
    await page.goto(local.url);
    const controls = await page
      .locator('a, button, select, input:not([type=hidden]), summary')
      .count();
    const seen = new Set<string>();
    for (let step = 0; step < controls; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe(
        'none',
      );
      seen.add(
        String(
          await page.evaluate(
            '[...document.querySelectorAll("*")].indexOf(document.activeElement)',
          ),
        ),
      );
    }
    expect(seen.size).toBe(controls);
  });

  test('lets a card expire and its network replace it', async () => {
    const { local, stripe } = await openWorld();
    await stripe.customers.create({ name: 'Someone else' });
    const { page, complaints } = await open(desk);
    await page.goto(local.url);
    await press(button(page, 'Make another demo customer'));
    await press(firstCard(page).locator('summary'));
    await press(button(firstCard(page), 'Let it expire'));
    expect(await said(page)).toMatch(/^Visa 4242, expiry 12\/2025, has expired/);
    expect(await firstCard(page).innerText()).toMatch(/\bexpired\b/);
    await press(firstCard(page).locator('summary'));
    await press(button(firstCard(page), 'Network sends a new number'));
    expect(await said(page)).toMatch(/^The network updated Visa 4242: it is now Visa 5353/);
    expect(complaints()).toEqual([]);
  });

  test('holds events back, lets them go, sends one again and tells one twice', async () => {
    const { local } = await openWorld();
    const receiver = await webhookReceiver();
    const { page, complaints } = await open(desk);
    await page.goto(local.url);
    await page.getByLabel('Send every event to').fill(receiver.url);
    await press(button(page.locator('#endpoints'), 'Add'));
    expect(await said(page)).toBe(`From now on every event goes to ${receiver.url}.`);
    await press(button(page, 'Hold new events back'));
    await press(button(page, 'Make a demo customer'));
    expect(receiver.received).toEqual([]);
    const count = local.control.events().length;
    await press(button(page, 'Let them go'));
    expect(await said(page)).toMatch(new RegExp(`^${count} held back were sent`));
    expect(receiver.received).toHaveLength(count);

    const newest = page.locator('#events article').first();
    await press(newest.locator('summary'));
    await press(button(newest, 'Once more'));
    expect(await said(page)).toBe('It was sent once more, under the same id.');
    expect(receiver.received).toHaveLength(count + 1);
    await press(newest.locator('summary'));
    await press(button(newest, 'As a second event'));
    expect(await said(page)).toMatch(/^This is a second event for the same fact as evt_/);
    await local.idle();
    expect(receiver.received).toHaveLength(count + 2);
    expect(complaints()).toEqual([]);
  });

  test('makes requests and events go wrong, and is told what cannot be', async () => {
    const { local } = await openWorld();
    const { page, complaints } = await open(phone);
    await page.goto(local.url);
    const faults = page.locator('#faults');
    await faults.getByLabel('what happens').selectOption('500_after');
    await faults.getByLabel('or % of all').fill('25');
    await press(button(faults, 'Add'));
    expect(await faults.innerText()).toContain('25 % of all, seed 1');
    expect(local.control.faults.list()).toMatchObject([{ kind: '500_after', probability: 0.25 }]);

    await faults.getByLabel('Times').fill('3');
    await faults.getByLabel('or % of all').fill('25');
    await press(button(faults, 'Add'));
    expect(await said(page)).toContain('not both');
    expect(await measurePage(page)).toMatchObject(readable('dark'));

    const deliveries = page.locator('#deliveries');
    await deliveries.getByLabel('what happens').selectOption('two_events');
    await press(button(deliveries, 'Add'));
    expect(await deliveries.innerText()).toMatch(/is told by two events\s+1 time more/);
    expect(complaints()).toEqual([]);
  });
});

test('everything opened can be read', async () => {
  const world = await openWorld();
  const receiver = await webhookReceiver();
  receiver.answer.status = 500;
  world.local.addWebhookEndpoint({ url: receiver.url, enabledEvents: ['*'] });
  const ada = await subscriber(world);
  world.local.control.setCardOutcomes(ada.primary, ['generic_decline', 'succeeded']);
  world.local.control.renewNow(ada.subscription);
  await world.local.idle();
  const { page, complaints } = await open(desk);
  await page.goto(world.local.url);
  for (const summary of await page.locator('summary').all()) await summary.press('Enter');
  expect(await expectReadable(page)).toBeGreaterThan(100);
  expect(complaints()).toEqual([]);
});

test('names of any kind stay in their place', async () => {
  const world = await openWorld();
  const { stripe, local } = world;
  const name = `<script>alert(1)</script>"' \u202Eevil ${'x'.repeat(300)}`;
  const ada = await subscriber(world);
  await stripe.customers.update(ada.customer, { name });
  local.control.setCardOutcomes(ada.primary, ['generic_decline', 'succeeded']);
  const { hosted_invoice_url: url } = local.control.renewNow(ada.subscription);
  const { page, complaints } = await open(desk);
  for (const address of [local.url, url ?? '']) {
    await page.goto(address);
    await expectReadable(page);
    expect(await page.locator('main').innerText()).toContain('<script>alert(1)</script>');
  }
  expect(complaints()).toEqual([]);
});

test('a bank debit settles, comes back, and its mandate is withdrawn', async () => {
  const { local } = await openWorld();
  const { page, complaints } = await open(phone);
  await page.goto(local.url);
  await press(button(page, 'Make one who pays by bank debit'));
  expect(await said(page)).toContain('whose first debit is on its way');
  const newest = page.locator('#invoices article').first();
  await press(newest.locator('summary').first());
  await press(button(newest, 'It pays: the debit settles'));
  expect(await said(page)).toBe('The bank paid: the debit has settled.');
  await press(newest.locator('summary').first());
  await press(button(newest, 'Send it back'));
  expect(await said(page)).toBe('The debit came back with the bank’s code R01.');
  expect(await newest.innerText()).toContain('disputed');
  await press(firstCard(page).locator('summary'));
  await press(button(firstCard(page), 'Withdraw the mandate'));
  expect(await said(page)).toContain('The mandate is withdrawn');
  expect(await measurePage(page)).toMatchObject(readable('dark'));
  expect(complaints()).toEqual([]);
});

describe('the hosted page of an invoice', () => {
  async function openInvoice() {
    const world = await openWorld();
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['generic_decline', 'succeeded']);
    const { id } = world.local.control.renewNow(ada.subscription);
    const invoice = await world.stripe.invoices.retrieve(id);
    return { world, invoice, url: invoice.hosted_invoice_url ?? '' };
  }

  test('can be read, and is paid by keyboard', async () => {
    const { world, invoice, url } = await openInvoice();
    const { page, complaints } = await open(desk);
    await page.goto(url);
    await expectReadable(page);
    expect(await page.locator('main').innerText()).toContain(invoice.number ?? 'no number');

    await page.getByLabel('Visa 9995').focus();
    await page.keyboard.press('Space');
    await press(button(page, 'Pay $29.00'));
    expect(await said(page)).toContain('Your card has insufficient funds.');
    await expectReadable(page);

    await page.getByLabel('Mastercard 4444').last().focus();
    await page.keyboard.press('Space');
    await press(button(page, 'Pay $29.00'));
    await page.getByRole('heading', { name: 'Paid' }).waitFor();
    expect((await world.stripe.invoices.retrieve(invoice.id)).status).toBe('paid');
    await expectReadable(page);
    expect(complaints()).toEqual([]);
  });

  test('asks the customer to authenticate where the bank wants it', async () => {
    const { world, invoice, url } = await openInvoice();
    const { page, complaints } = await open(desk);
    await page.goto(url);
    await page.getByLabel('Visa 3184').check();
    await press(button(page, 'Pay $29.00'));
    await page.getByRole('heading', { name: 'Your bank asks you to confirm' }).waitFor();
    await press(button(page, 'Yes, it is me'));
    await page.getByRole('heading', { name: 'Paid' }).waitFor();
    expect((await world.stripe.invoices.retrieve(invoice.id)).status).toBe('paid');
    expect(complaints()).toEqual([]);
  });
});
