import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { askStaff } from '../journey/doors.ts';
import { openWorld, type World } from '../journey/world.ts';
import { connectBrowser } from './open-page.ts';
import { button, press, says, signIn, type Visit, visitAt } from './portal/visit.ts';

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(), connectBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const billingOf = ({ page }: Visit) =>
  page.getByRole('region', { name: 'Billing information', exact: true });

const versioned = z.object({ version: z.int() });

/** A customer of the test's own, at their page. */
async function welcome() {
  const customer = await world.customer({ primary: ['succeeded'], secondary: null });
  const visit = await visitAt(browser);
  await signIn(visit, world, customer);
  return { visit, customer, billing: billingOf(visit) };
}

/** Fills in as a browser does that remembers its user: all fields in one go, by their purpose. */
const fillInAtOnce = ({ page }: Visit, remembered: Readonly<Record<string, string>>) =>
  page.evaluate(`for (const [purpose, value] of Object.entries(${JSON.stringify(remembered)})) {
    const field = document.querySelector('[autocomplete="billing ' + purpose + '"]');
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }`);

test('name, addresses and phone are changed, at Stripe too; a wrong mail address is told', async () => {
  const { visit, customer, billing } = await welcome();
  const { dialog, page, status } = visit;
  await says(billing, /Address\s*Not given[\s\S]*Phone\s*Not given/);
  await press(button(billing, 'Edit'));
  await dialog.getByLabel('Phone').fill('+49 30 901820');
  await fillInAtOnce(visit, {
    'address-line1': 'Unter den Linden 1',
    'postal-code': '10117',
    'address-level2': 'Berlin',
  });
  await dialog.getByLabel('Country').selectOption('Germany');
  const email = dialog.getByLabel('Email address');
  await email.fill('ada');
  await press(button(dialog, 'Save'));
  await dialog.getByText('Enter a complete email address').waitFor();
  expect(await email.getAttribute('aria-invalid')).toBe('true');
  // Whoever cannot see it is taken there.
  expect(await page.evaluate('document.activeElement.type')).toBe('email');
  await visit.inspect();
  await email.fill('invoices@test.example');
  await press(button(dialog, 'Save'));
  await says(status, 'Your billing information is saved.');
  await says(billing, /Unter den Linden 1\s10117 Berlin\sGermany/);
  await page.reload();
  await says(billing, /Germany[\s\S]*invoices@test\.example[\s\S]*\+49 30 901820/);
  await visit.inspect();
  expect(await world.sdk.customers.retrieve(customer.customer)).toMatchObject({
    email: 'invoices@test.example',
    phone: '+49 30 901820',
    address: { line1: 'Unter den Linden 1', line2: null, city: 'Berlin', country: 'DE' },
  });
  visit.expectNoComplaint();
});

test('a VAT ID is added, checked by its authority and removed; one of the wrong form is not', async () => {
  const { visit, customer, billing } = await welcome();
  const { dialog, page, status } = visit;
  await press(button(billing, 'Add a VAT or tax ID'));
  await press(button(dialog, 'Save'));
  await dialog.getByText('Choose the country and the kind of the number.').waitFor();
  await dialog.getByLabel('Country and kind').selectOption('European Union: VAT ID');
  await dialog.getByText('For example DE123456789').waitFor();
  await dialog.getByLabel('Number', { exact: true }).fill('DE12');
  await press(button(dialog, 'Save'));
  await dialog.getByText('This does not look like a number of that kind.').waitFor();
  await visit.inspect();
  // Stripe's test number that an authority confirms.
  await dialog.getByLabel('Number', { exact: true }).fill('DE000000000');
  await press(button(dialog, 'Save'));
  await says(status, 'DE000000000 was added.');
  await says(billing, /DE000000000\s*Germany: VAT ID\s*Being checked/);
  await visit.inspect();
  await world.until(world.stack.clock.now() + 5 * 60_000);
  await page.reload();
  await says(billing, /Germany: VAT ID\s*Verified/);
  await visit.inspect();

  await press(button(billing, 'Remove DE000000000'));
  await dialog.getByText('It will no longer appear on your next invoices.').waitFor();
  await press(button(dialog, 'Remove'));
  await says(status, 'DE000000000 was removed.');
  await says(billing, 'No tax ID yet.');
  const { data } = await world.sdk.customers.listTaxIds(customer.customer);
  expect(data).toEqual([]);
  visit.expectNoComplaint('/portal/tax-ids 400');
});

test('a viewer sees it and can change nothing; what changed meanwhile is not overwritten', async () => {
  const { visit, customer, billing } = await welcome();
  const path = { customer: customer.customer };
  await press(button(billing, 'Edit'));
  await visit.dialog.getByLabel('Name or company').fill('Ada');
  const { body } = await askStaff(world, 'GET /staff/customers/{customer}', { path });
  const email = 'reader@test.example';
  await askStaff(world, 'POST /staff/customers/{customer}/members', {
    path,
    body: { version: versioned.parse(body).version, email, name: null, role: 'viewer' },
  });
  await press(button(visit.dialog, 'Save'));
  await says(visit.status, 'Something was changed meanwhile');
  await visit.dialog.waitFor({ state: 'detached' });
  visit.expectNoComplaint('/portal/billing-info 409');

  await world.sdk.customers.createTaxId(customer.customer, { type: 'no_vat', value: '123456789' });
  const reader = await visitAt(browser);
  await signIn(reader, world, { customer: customer.customer, email });
  await says(billingOf(reader), /Customer \d+[\s\S]*123456789\s*Norway: VAT ID\s*Not checked/);
  expect(await billingOf(reader).getByRole('button').count()).toBe(0);
  await reader.inspect();
  reader.expectNoComplaint();
});
