import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type TestCustomer, type World } from '../journey/world.ts';
import { connectBrowser, measurePage, openPage, readable, screens } from './open-page.ts';

let world: World;
let browser: Browser;
let ada: TestCustomer;
let bob: TestCustomer;
let paid: string;
let open: string;

// Ada's renewal fails and her backup pays; Bob has no backup, and his invoice stays open.
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(), connectBrowser()]);
  ada = await world.customer({ primary: ['generic_decline'], secondary: ['succeeded'] });
  bob = await world.customer({ primary: ['insufficient_funds'], secondary: null });
  paid = world.renew(ada);
  open = world.renew(bob);
  await world.settle();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const sectionOf = (page: Page, name: string) => page.locator(`section#${name} article`);

describe("the local Stripe's page", () => {
  test.each(screens)(
    'opens without complaint and can be read at $width px, $scheme',
    async (screen) => {
      const { page, complaints } = await openPage(browser, screen);
      await page.goto(world.stripe.url);
      const seen = await measurePage(page);
      expect(seen).toMatchObject(readable(screen.scheme));
      expect(seen.texts).toBeGreaterThan(50);
      expect(complaints()).toEqual([]);
    },
  );

  test('shows each invoice with its charges and what became of them', async () => {
    const { page } = await openPage(browser, { width: 640, scheme: 'light' });
    await page.goto(world.stripe.url);
    const invoice = sectionOf(page, 'invoices').filter({ hasText: paid });
    const charges = await world.charges(paid);
    expect(charges.length).toBeGreaterThan(1);
    expect(await invoice.getByRole('listitem').count()).toBe(charges.length);
    for (const { id, paid: isPaid } of charges) {
      const row = await invoice.getByRole('listitem').filter({ hasText: id }).innerText();
      expect(row).toMatch(isPaid ? /\bpaid\b/ : /generic decline/);
    }
    expect(await invoice.getByRole('heading').innerText()).toMatch(/^\$49\.\d\d .*paid$/s);
    const unpaid = sectionOf(page, 'invoices').filter({ hasText: open });
    expect(await unpaid.getByRole('heading').innerText()).toMatch(/open$/);
  });

  test('shows each event with what became of its delivery', async () => {
    const { page } = await openPage(browser, { width: 640, scheme: 'light' });
    await page.goto(world.stripe.url);
    const { data: events } = await world.sdk.events.list({ type: 'invoice.payment_failed' });
    const [event] = events.filter(
      ({ data }) => data.object.object === 'invoice' && data.object.id === paid,
    );
    const shown = sectionOf(page, 'events').filter({ hasText: event?.id ?? 'no event' });
    expect(await shown.innerText()).toMatch(/invoice\.payment_failed[\s\S]*delivered, 1 try/);
  });
});

describe('the inbox page', () => {
  test.each(screens)(
    'opens without complaint, and so does the mail: $width px, $scheme',
    async (screen) => {
      const { page, complaints } = await openPage(browser, screen);
      await page.goto(world.stack.cloud.inboxUrl);
      const card = page.locator('.email').filter({ hasText: ada.email });
      // By the keyboard: the cards move for a second, and a pointer could miss.
      await card.getByRole('button', { name: 'Toggle HTML view' }).press('Enter');
      const mail = card.frameLocator('iframe');
      const heading = mail.getByRole('heading', {
        name: 'Your invoice is paid: we charged your backup',
      });
      await heading.waitFor();
      expect(await mail.locator('body').innerText()).toContain('The bank declined the payment.');
      expect(complaints()).toEqual([]);
    },
  );

  test('shows the text part too', async () => {
    const { page } = await openPage(browser, { width: 640, scheme: 'light' });
    await page.goto(world.stack.cloud.inboxUrl);
    const card = page.locator('.email').filter({ hasText: bob.email });
    await card.getByRole('button', { name: 'Toggle text view' }).press('Enter');
    const text = await card.locator('.email-text').innerText();
    expect(text).toContain('There was not enough money available.');
    expect(text).toMatch(/we will try again on \w+ \d+, /);
  });
});
