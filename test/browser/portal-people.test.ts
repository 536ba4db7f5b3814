import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type TestCustomer, type World } from '../journey/world.ts';
import { connectBrowser } from './open-page.ts';
import { button, isSeen, press, says, signIn, type Visit, visitAt } from './portal/visit.ts';

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(), connectBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** A customer whose card works, at their page. */
async function welcome(): Promise<{ readonly visit: Visit; readonly customer: TestCustomer }> {
  const customer = await world.customer({ primary: ['succeeded'], secondary: null });
  const visit = await visitAt(browser);
  await signIn(visit, world, customer);
  return { visit, customer };
}

const regionOf = ({ page }: Visit, name: string) => page.getByRole('region', { name, exact: true });
const peopleOf = (visit: Visit) => regionOf(visit, 'People with access');
const invoicesOf = (visit: Visit) => regionOf(visit, 'Invoices');
const listed = (visit: Visit, who: string) =>
  peopleOf(visit).getByRole('listitem').filter({ hasText: who });
const you = (visit: Visit) =>
  peopleOf(visit)
    .getByRole('listitem')
    .filter({ has: visit.page.getByText('You', { exact: true }) });

async function invite({ page, dialog, status }: Visit, email: string, name: string): Promise<void> {
  await press(button(page, 'Invite'));
  await dialog.getByLabel('Email address').fill(email);
  await dialog.getByLabel('Name').fill(name);
  await press(button(dialog, 'Invite'));
  await says(status, `${name} can sign in at ${new URL(page.url()).host} now.`);
}

test('the first view is one request to the API', async () => {
  const { visit } = await welcome();
  const asked: string[] = [];
  visit.page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/portal/')) asked.push(`${request.method()} ${pathname}`);
  });
  await visit.page.reload();
  await peopleOf(visit).waitFor();
  await visit.page.getByText(/^Signed in as /).waitFor();
  expect(asked).toEqual(['GET /portal/view']);
  visit.expectNoComplaint();
});

test('who signs out everywhere is signed out in their other browsers too', async () => {
  const { visit, customer } = await welcome();
  const elsewhere = await visitAt(browser);
  await signIn(elsewhere, world, customer);
  await press(button(visit.page.getByRole('contentinfo'), 'Sign out everywhere'));
  await visit.page.getByText('You are signed out.').waitFor();
  await elsewhere.page.reload();
  await elsewhere.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  visit.expectNoComplaint();
  elsewhere.expectNoComplaint('/portal/view 401');
});

describe('the people with access', () => {
  test('are invited and changed; who gives up the own role can change nothing more', async () => {
    const { visit } = await welcome();
    const { page, dialog, status } = visit;
    await says(you(visit), /You[\s\S]*Owner: sees everything and can change it/);
    await press(you(visit).getByRole('button', { name: /^Remove/ }));
    await says(dialog, 'Make somebody else an owner first.');
    expect(await button(dialog, 'Remove').getAttribute('aria-disabled')).toBe('true');
    await visit.inspect();
    await press(button(dialog, 'Cancel'));

    await press(button(page, 'Invite'));
    await dialog.getByLabel('Email address').fill('eve');
    await press(button(dialog, 'Invite'));
    await says(dialog.getByRole('alert'), 'Enter a complete email address');
    await visit.inspect();
    await press(button(dialog, 'Cancel'));
    await invite(visit, 'eve@test.example', 'Eve');
    await says(listed(visit, 'eve@test.example'), 'Viewer: sees everything and can change nothing');
    await visit.inspect();

    await press(button(page, 'Change Eve'));
    await dialog.getByRole('radio', { name: /^Owner/ }).press('Space');
    await press(button(dialog, 'Save'));
    await says(status, 'Eve: the changes are saved.');
    await says(listed(visit, 'eve@test.example'), 'Owner: sees everything');

    await press(you(visit).getByRole('button', { name: /^Change/ }));
    await dialog.getByRole('radio', { name: /^Viewer/ }).press('Space');
    await says(dialog, 'You will no longer be able to change anything here.');
    await visit.inspect();
    await press(button(dialog, 'Save'));
    await page.getByText('Only an owner can make changes.').waitFor();
    expect(await peopleOf(visit).getByRole('button').count()).toBe(0);
    visit.expectNoComplaint();
  });

  test('are removed; who removes themselves is asked to sign in', async () => {
    const { visit } = await welcome();
    const { page, dialog, status } = visit;
    await invite(visit, 'zoe@test.example', 'Zoe');
    await press(button(page, 'Invite'));
    await dialog.getByLabel('Email address').fill('ZOE@test.example');
    await press(button(dialog, 'Invite'));
    await says(dialog.getByRole('alert'), 'Somebody with this email address already has access.');
    await press(button(dialog, 'Cancel'));
    await press(button(page, 'Change Zoe'));
    await dialog.getByRole('radio', { name: /^Owner/ }).press('Space');
    await press(button(dialog, 'Save'));
    await says(status, 'Zoe: the changes are saved.');
    await invite(visit, 'kim@test.example', 'Kim');
    await press(button(page, 'Remove Kim'));
    await says(dialog, 'From now on, Kim can no longer see or change anything here.');
    await press(button(dialog, 'Remove'));
    await says(status, 'Kim no longer has access.');
    await isSeen(status);
    await listed(visit, 'Kim').waitFor({ state: 'detached' });

    await press(you(visit).getByRole('button', { name: /^Remove/ }));
    await says(dialog, 'You will no longer see or change anything here');
    await press(button(dialog, 'Remove'));
    await page.getByText('You no longer have access to this account.').waitFor();
    await visit.inspect();
    visit.expectNoComplaint('/portal/members 409', '/portal/view 403');
  });
});

describe('the invoices', () => {
  test('are shown page by page, with what became of them and where to see them', async () => {
    const { visit, customer } = await welcome();
    const { page } = visit;
    const invoice = await world.sdk.invoices.retrieve(world.renew(customer));
    const { customer: id } = customer;
    for (let made = 0; made < 10; made += 1) await world.sdk.invoices.create({ customer: id });
    await world.settle();
    const invoices = invoicesOf(visit);
    await page.route('**/portal/payments', (route) =>
      route.fulfill({ status: 503, body: 'Service Unavailable' }),
    );
    await press(button(invoices, 'Show invoices'));
    await says(invoices, 'We did not get an answer.');
    await page.unroute('**/portal/payments');
    await press(button(invoices, 'Try again'));
    await says(invoices.getByRole('listitem').first(), 'In preparation');
    expect(await invoices.getByRole('listitem').count()).toBe(10);
    await press(button(invoices, 'Show more'));
    const renewal = invoices.getByRole('listitem').filter({ hasText: `${invoice.number}` });
    await says(renewal, /\$49\.\d\d[\s\S]*Paid[\s\S]*Mastercard ending in 4444/);
    const link = renewal.getByRole('link', { name: `View invoice ${invoice.number}` });
    expect(await link.getAttribute('href')).toBe(invoice.hosted_invoice_url);
    await renewal.getByRole('link', { name: `PDF of invoice ${invoice.number}` }).waitFor();
    await invoices.getByRole('heading').and(page.locator(':focus')).waitFor();
    expect(await button(invoices, 'Show more').count()).toBe(0);
    await visit.inspect();
    visit.expectNoComplaint('/portal/payments 503');
  });

  test('are none, or asked for too often: the page says so', async () => {
    const email = 'nothing@test.example';
    const { id: customer } = await world.sdk.customers.create({ email });
    const visit = await visitAt(browser);
    await signIn(visit, world, { customer, email });
    const invoices = invoicesOf(visit);
    await visit.page.route('**/portal/payments', (route) =>
      route.fulfill({
        status: 429,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'urn:backstop:problem:too-many-requests' }),
      }),
    );
    await press(button(invoices, 'Show invoices'));
    await says(invoices, 'That was too many tries. Wait a while, then try again.');
    await visit.page.unroute('**/portal/payments');
    await press(button(invoices, 'Try again'));
    await says(invoices, 'There are no invoices yet.');
    await visit.inspect();
    visit.expectNoComplaint('/portal/payments 429');
  });
});
