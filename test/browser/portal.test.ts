import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { askStaff } from '../journey/doors.ts';
import { hour, openWorld, type TestCustomer, type Wishes, type World } from '../journey/world.ts';
import { connectBrowser } from './open-page.ts';
import {
  button,
  looks,
  press,
  says,
  signIn,
  typeCard,
  type Visit,
  type VisitOptions,
  visitAt,
} from './portal/visit.ts';

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(), connectBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

interface Guest {
  readonly visit: Visit;
  readonly customer: TestCustomer;
}

/** A customer of the test's own who has come to their page. */
async function welcome(wishes: Wishes, options: VisitOptions = {}): Promise<Guest> {
  const customer = await world.customer(wishes);
  const visit = await visitAt(browser, options);
  await signIn(visit, world, customer);
  return { visit, customer };
}

/** The same, of whom an invoice is open: their renewal was refused. */
async function welcomeUnpaid(
  wishes: Partial<Wishes> = {},
  options: VisitOptions = {},
): Promise<Guest & { readonly invoice: string }> {
  const customer = await world.customer({
    primary: ['insufficient_funds'],
    secondary: null,
    ...wishes,
  });
  const invoice = world.renew(customer);
  await world.settle();
  const visit = await visitAt(browser, options);
  await signIn(visit, world, customer);
  return { visit, customer, invoice };
}

const works: Wishes = { primary: ['succeeded'], secondary: null };
const worksTwice: Wishes = { primary: ['succeeded'], secondary: ['succeeded'] };

const linked = z.object({ url: z.string() });
const versioned = z.object({ version: z.int() });

const statusOf = async (invoice: string) => (await world.sdk.invoices.retrieve(invoice)).status;

/** The method that is charged for their subscription. */
async function primaryOf({ subscription }: TestCustomer): Promise<string> {
  const { default_payment_method } = await world.sdk.subscriptions.retrieve(subscription);
  return z.string().parse(default_payment_method);
}

/** Nobody is signed in when the page asks who is. */
const nobodyYet = ['/portal/view 401'];

describe('signing in', () => {
  test('by the link that was mailed, which works once', async () => {
    const { email, customer } = await world.customer(works);
    // The business knows the customer before they come.
    await askStaff(world, 'GET /staff/customers/{customer}', { path: { customer } });
    const visit = await visitAt(browser);
    const { page } = visit;
    await page.goto(world.stack.cloud.pageUrl);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await visit.inspect();
    await page.getByLabel('Email address').fill('ada');
    await press(button(page, 'Email me a link'));
    await says(page.getByRole('alert'), 'Enter a complete email address');
    await page.getByLabel('Email address').fill(email);
    await press(button(page, 'Email me a link'));
    await says(visit.status, `If we know ${email}, an email with a link is on its way.`);
    await visit.inspect();

    await world.settle();
    const inbox = await page.context().newPage();
    await inbox.goto(world.stack.cloud.inboxUrl);
    const card = inbox.locator('.email').filter({ hasText: email });
    await card.getByRole('button', { name: 'Toggle HTML view' }).press('Enter');
    const mailed = card.frameLocator('iframe').getByRole('link', { name: 'Sign in' });
    const address = (await mailed.getAttribute('href')) ?? '';
    await page.goto(address);
    await visit.primary.waitFor();
    expect(page.url()).toBe(`${world.stack.cloud.pageUrl}/`);
    expect(await page.title()).toBe('Payment methods · Lumen Weather');
    await looks(visit.primary, 'ok');
    await looks(visit.secondary, 'empty');
    await visit.inspect();

    await press(button(page, 'Sign out'));
    await page.getByText('You are signed out.').waitFor();
    await page.goto(address);
    await page.getByText('This link no longer works.').waitFor();
    await visit.inspect();
    visit.expectNoComplaint(...nobodyYet, '/portal/session 410');
  });
});

describe('the methods', () => {
  test('a backup card is added with consent, and says when that was given', async () => {
    const { visit } = await welcome(works);
    const { dialog, page, secondary, status } = visit;
    const opener = button(secondary, 'Add');
    await press(opener);
    await dialog.getByRole('heading', { name: 'Add a secondary payment method' }).waitFor();
    expect(await button(dialog, 'Save').getAttribute('aria-disabled')).toBe('true');
    await visit.inspect();
    await page.keyboard.press('Escape');
    await opener.and(page.locator(':focus')).waitFor();
    await press(opener);
    await dialog.getByRole('checkbox').press('Space');
    await visit.fields.getByLabel('Card number').waitFor();
    await dialog.getByText('Nothing is charged when you save.').waitFor();
    await visit.inspect();
    await typeCard(visit, '4242424242424242');
    await press(button(dialog, 'Save'));
    await says(status, 'Your payment method is added.');
    await looks(secondary, 'ok');
    await says(secondary, /Visa ending in 4242[\s\S]*You agreed on .* that it may be charged\./);
    await visit.inspect();
    visit.expectNoComplaint();
  });

  test('the secondary becomes the primary, and the other one the secondary', async () => {
    const { visit } = await welcome(worksTwice);
    const { dialog, primary, secondary, status } = visit;
    await press(button(secondary, 'Make primary'));
    await dialog.getByText('It is charged first from now on.').waitFor();
    await dialog.getByRole('checkbox', { name: /^Keep Mastercard ending in 4444/ }).press('Space');
    await dialog.getByRole('group', { name: 'Your agreement' }).waitFor();
    await press(button(dialog, 'Save'));
    await says(dialog.getByRole('alert'), 'Tick the box to agree first.');
    await visit.inspect();
    await dialog.getByRole('group').getByRole('checkbox').press('Space');
    await press(button(dialog, 'Save'));
    await says(status, 'Your change is saved.');
    await says(primary, 'ending in 8210');
    await says(secondary, 'ending in 4444');
    visit.expectNoComplaint();
  });

  test('an expiry date is changed, but not to one that is over', async () => {
    const { visit } = await welcome(works);
    const { dialog, page, primary, status } = visit;
    await press(button(primary, 'Change expiry'));
    await dialog.getByLabel('Month').selectOption('01');
    await dialog.getByLabel('Year').selectOption(String(new Date().getUTCFullYear()));
    await press(button(dialog, 'Save'));
    await says(dialog.getByRole('alert'), 'That date is in the past.');
    await visit.inspect();
    await dialog.getByLabel('Month').selectOption('11');
    await dialog.getByLabel('Year').selectOption('2037');
    await press(button(dialog, 'Save'));
    await says(status, 'The new expiry date is saved.');
    await says(primary, 'Expires 11/2037');
    await button(primary, 'Change expiry').and(page.locator(':focus')).waitFor();
    visit.expectNoComplaint();
  });

  test('a method that has expired turns its section pink, and a new date ends that', async () => {
    const customer = await world.customer(works);
    world.stripe.control.expireCard(customer.primary);
    await world.settle();
    const visit = await visitAt(browser);
    await signIn(visit, world, customer);
    const { dialog, primary, status } = visit;
    await looks(primary, 'expired');
    await says(primary, /Expired \d\d\/\d{4}/);
    await visit.inspect();
    await press(button(primary, 'Change expiry'));
    await dialog.getByLabel('Year').selectOption('2037');
    await press(button(dialog, 'Save'));
    await says(status, 'The new expiry date is saved.');
    await looks(primary, 'ok');
    visit.expectNoComplaint();
  });

  test('are removed, the primary with one that takes its place', async () => {
    const { visit } = await welcome(worksTwice);
    const { dialog, page, primary, secondary, status } = visit;
    await press(button(primary, 'Remove'));
    await dialog.getByRole('radio', { name: /ending in 8210/ }).waitFor();
    await dialog.getByText('You will then have no secondary payment method.').waitFor();
    await visit.inspect();
    await press(button(dialog, 'Remove'));
    await says(status, 'The payment method was removed.');
    await says(primary, 'ending in 8210');
    await looks(secondary, 'empty');
    await page.getByRole('heading', { name: 'Payment methods', level: 1 }).waitFor();
    visit.expectNoComplaint();
  });

  test('a card that is not right says why at once and keeps what was entered', async () => {
    const { visit } = await welcome(works);
    const { dialog, fields, primary, status } = visit;
    await press(button(primary, 'Update'));
    await typeCard(visit, '4242424242424241');
    await press(button(dialog, 'Save'));
    await says(fields.getByRole('alert'), 'Your card number is invalid.');
    await fields.getByLabel('Card number').and(fields.locator(':focus')).waitFor();
    expect(await fields.getByLabel('Security code').inputValue()).toBe('123');
    await button(dialog, 'Save').and(dialog.locator('[aria-disabled="false"]')).waitFor();
    // It is said once.
    expect(await dialog.getByRole('alert').innerText()).toBe('');
    await visit.inspect();
    await fields.getByLabel('Card number').fill('');
    await fields.getByLabel('Card number').pressSequentially('4000000000009995');
    await press(button(dialog, 'Save'));
    await says(dialog.getByRole('alert'), 'Your card has insufficient funds.');
    await says(primary, 'ending in 4444');
    await fields.getByLabel('Card number').fill('');
    await fields.getByLabel('Card number').pressSequentially('4242424242424242');
    await press(button(dialog, 'Save'));
    await says(status, 'Your payment method is updated.');
    await says(primary, 'Visa ending in 4242');
    visit.expectNoComplaint('/confirm 402');
  });
});

describe('an invoice that is open', () => {
  test('is said in one sentence, is paid when the card is updated, and the pink goes', async () => {
    const { visit, invoice } = await welcomeUnpaid();
    const { banner, dialog, page, primary, status } = visit;
    await looks(primary, 'refused');
    await says(primary, /Declined on .*: there was not enough money on the account\./);
    await says(banner, /\$49\.\d\d for invoice \S+ is not paid yet: we try again on \w+day, /);
    await press(banner.getByText('What was tried'));
    await says(
      banner.getByRole('listitem'),
      /Mastercard ending in 4444 was declined: there was not/,
    );
    await visit.inspect();
    await page.evaluate('window.wasLoadedOnce = true');
    await press(button(primary, 'Update'));
    await dialog.getByText(/When you save, we charge it at once with \$49/).waitFor();
    await typeCard(visit, '4242424242424242');
    await press(button(dialog, 'Save and pay'));
    await says(status, /is updated\.\s*Paying the open invoice now…/);
    await looks(primary, 'ok');
    await says(status, /is updated\.\s*Paid: invoice \S+\./);
    await says(banner, 'Everything is paid. Nothing to do.');
    expect(await statusOf(invoice)).toBe('paid');
    expect(await page.evaluate('window.wasLoadedOnce')).toBe(true);
    await visit.inspect();
    visit.expectNoComplaint();
  });

  test('says how it went where the new card is refused too', async () => {
    const { visit, invoice } = await welcomeUnpaid();
    const { banner, dialog, primary, status } = visit;
    await press(button(banner, 'Pay now'));
    await press(button(dialog, 'Use a new card or account'));
    // Can be saved; each charge is declined.
    await typeCard(visit, '4000000000000341');
    await press(button(dialog, 'Save and pay'));
    await says(
      status,
      /is not paid yet\. Visa ending in 0341 was declined: the bank did not approve the payment\./,
    );
    await looks(primary, 'refused');
    expect(await statusOf(invoice)).toBe('open');
    await visit.inspect();
    visit.expectNoComplaint();
  });

  test('is paid at once with another method', async () => {
    const { visit, invoice } = await welcomeUnpaid({
      secondary: ['insufficient_funds', 'succeeded'],
    });
    const { banner, dialog, primary, secondary, status } = visit;
    await looks(primary, 'refused');
    await looks(secondary, 'refused');
    await press(button(banner, 'Pay now'));
    await dialog.getByText(/^\$49\.\d\d is charged at once\.$/).waitFor();
    await dialog.getByRole('radio', { name: /ending in 8210/ }).press('Space');
    await visit.inspect();
    await press(dialog.getByRole('button', { name: /^Pay \$49\.\d\d$/ }));
    await says(status, /^Paid: invoice \S+\.$/);
    await says(banner, 'Everything is paid. Update your primary payment method');
    expect(await statusOf(invoice)).toBe('paid');
    visit.expectNoComplaint();
  });
});

describe('3-D Secure', () => {
  test('of a new card is finished in place; one that fails can be tried again', async () => {
    const { visit } = await welcome(works);
    const { bank, dialog, primary, status } = visit;
    await press(button(primary, 'Update'));
    await typeCard(visit, '4000002500003155');
    await press(button(dialog, 'Save'));
    await press(button(bank, 'Fail'));
    await says(dialog.getByRole('alert'), 'It was not confirmed.');
    await visit.inspect();
    await press(button(dialog, 'Save'));
    await press(button(bank, 'Complete'));
    await says(status, 'Your payment method is updated.');
    await says(primary, 'Visa ending in 3155');
    visit.expectNoComplaint();
  });

  test('of an open invoice is asked for in the banner and finished in place', async () => {
    const customer = await world.customer(works);
    const method = await world.sdk.paymentMethods.attach('pm_card_authenticationRequired', {
      customer: customer.customer,
    });
    await world.sdk.subscriptions.update(customer.subscription, {
      default_payment_method: method.id,
    });
    const invoice = world.renew(customer);
    await world.settle();
    const visit = await visitAt(browser);
    await signIn(visit, world, customer);
    const { bank, banner, dialog, status } = visit;
    await says(banner, 'your bank wants you to confirm the payment. Press “Pay now”.');
    await press(button(banner, 'Pay now'));
    await press(dialog.getByRole('button', { name: /^Pay \$49\.\d\d$/ }));
    await press(button(bank, 'Fail'));
    await says(dialog.getByRole('alert'), 'It was not confirmed.');
    await press(dialog.getByRole('button', { name: /^Pay \$49\.\d\d$/ }));
    await press(button(bank, 'Complete'));
    await says(status, /^Paid: invoice \S+\.$/);
    expect(await statusOf(invoice)).toBe('paid');
    visit.expectNoComplaint();
  });
});

describe('more than one', () => {
  test('tab: what was changed in the other one meanwhile is not overwritten', async () => {
    const { visit } = await welcome(worksTwice);
    const other = await visit.anotherTab();
    await press(button(visit.secondary, 'Remove'));
    await press(button(other.secondary, 'Stop using as secondary'));
    await press(button(other.dialog, 'Save'));
    await says(other.status, 'You no longer have a secondary payment method.');
    await looks(other.secondary, 'empty');
    await press(button(visit.dialog, 'Remove'));
    await says(visit.status, 'Something was changed meanwhile');
    await visit.dialog.waitFor({ state: 'detached' });
    await looks(visit.secondary, 'empty');
    await says(visit.others, 'ending in 8210');
    await visit.inspect();
    other.expectNoComplaint();
    visit.expectNoComplaint('409');
  });

  test('role: a viewer sees all and can change nothing', async () => {
    const customer = await world.customer({ primary: ['insufficient_funds'], secondary: null });
    world.renew(customer);
    await world.settle();
    const { customer: id } = customer;
    const { body } = await askStaff(world, 'GET /staff/customers/{customer}', {
      path: { customer: id },
    });
    const email = 'viewer@test.example';
    await askStaff(world, 'POST /staff/customers/{customer}/members', {
      path: { customer: id },
      body: { version: versioned.parse(body).version, email, name: null, role: 'viewer' },
    });
    const visit = await visitAt(browser);
    await signIn(visit, world, { customer: id, email });
    await visit.page.getByText('Only an owner can make changes.').waitFor();
    await looks(visit.primary, 'refused');
    await says(visit.banner, 'is not paid yet');
    const buttons = visit.page.getByRole('main').getByRole('button');
    expect(await buttons.allTextContents()).toEqual(['Show invoices']);
    await visit.inspect();
    visit.expectNoComplaint();
  });
});

describe('when something is in the way', () => {
  test('a slow answer shows what is coming, one that fails can be asked for again', async () => {
    const customer = await world.customer(works);
    const visit = await visitAt(browser);
    await signIn(visit, world, customer);
    const { page } = visit;
    let answer = () => {};
    const isAsked = new Promise<void>((asked) => {
      void page.route('**/portal/view', async (route) => {
        asked();
        await new Promise<void>((go) => {
          answer = go;
        });
        await route.fulfill({ status: 503, body: 'Service Unavailable' });
      });
    });
    const isLoaded = page.reload();
    await isAsked;
    await isLoaded;
    await says(visit.status, 'Loading your payment methods…');
    await visit.inspect();
    answer();
    await says(page.getByRole('alert'), 'The page could not be loaded');
    await visit.inspect();
    await page.unroute('**/portal/view');
    await press(button(page, 'Try again'));
    await looks(visit.primary, 'ok');
    visit.expectNoComplaint('/portal/view 503');
  });

  test('Stripe does not answer: the dialog says so, and nothing is lost', async () => {
    const { visit } = await welcome(works);
    const { dialog, page, primary, status } = visit;
    const { faults } = world.stripe.control;
    await page.route('**/portal/setup-intents', (route) =>
      route.fulfill({ status: 503, body: 'Service Unavailable' }),
    );
    await press(button(primary, 'Update'));
    await says(dialog.getByRole('alert'), 'We did not get an answer.');
    await visit.inspect();
    await page.unroute('**/portal/setup-intents');
    await press(button(dialog, 'Try again'));
    await typeCard(visit, '4242424242424242');
    const cut = { kind: 'cut_before', probability: 1, seed: 'always' } as const;
    faults.add({ method: 'POST', path: '/v1/setup_intents/*/confirm', ...cut });
    await press(button(dialog, 'Save'));
    await says(dialog.getByRole('alert'), 'We did not get an answer.');
    faults.clear();
    await press(button(dialog, 'Save'));
    await says(status, 'Your payment method is updated.');
    await says(primary, 'Visa ending in 4242');
    visit.expectNoComplaint('/portal/setup-intents 503', '/confirm failed');
  });

  test('there is no network: the page says so and goes on by itself', async () => {
    const { visit, customer } = await welcome(works);
    const { dialog, page, primary } = visit;
    await press(button(primary, 'Change expiry'));
    await dialog.getByLabel('Year').selectOption('2038');
    await page.context().setOffline(true);
    await press(button(dialog, 'Save'));
    await says(dialog.getByRole('alert'), 'You are offline.');
    await page.getByText('What you see may be out of date.').first().waitFor();
    await visit.inspect();
    await page.context().setOffline(false);
    await press(button(dialog, 'Save'));
    await says(primary, /2038/);
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
    visit.expectNoComplaint(`/portal/methods/${await primaryOf(customer)} failed`);
  });

  test('the session has ended: the page says so, and offers to sign in', async () => {
    const { visit } = await welcome(works);
    const { page, primary } = visit;
    world.stack.clock.advance(hour);
    await press(button(primary, 'Remove'));
    await press(button(visit.dialog, 'Remove'));
    await page.getByText('Your session has ended. Sign in again to go on.').waitFor();
    expect(await page.getByLabel('Email address').inputValue()).toMatch(/@test\.example$/);
    await visit.inspect();
    visit.expectNoComplaint('401');
  });
});

test('a German browser is answered in German', async () => {
  const customer = await world.customer({ primary: ['insufficient_funds'], secondary: null });
  world.renew(customer);
  await world.settle();
  const { body } = await askStaff(world, 'POST /staff/customers/{customer}/portal-sessions', {
    path: { customer: customer.customer },
    body: { member: customer.email },
  });
  const visit = await visitAt(browser, { locale: 'de-DE' });
  const { page, dialog, fields } = visit;
  await page.goto(linked.parse(body).url);
  const primary = page.getByRole('region', { name: 'Standard-Zahlungsart' });
  await looks(primary, 'refused');
  await says(page.getByRole('main'), /49,\d\d\s\$ für Rechnung \S+ sind noch nicht bezahlt: Wir/);
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  expect(await page.title()).toBe('Zahlungsarten · Lumen Weather');
  await visit.inspect();
  await press(button(primary, 'Aktualisieren'));
  await fields.getByLabel('Kartennummer').waitFor();
  await press(button(dialog, 'Speichern und bezahlen'));
  await says(fields.getByRole('alert'), 'Die Kartennummer ist unvollständig.');
  await visit.inspect();
  await press(button(dialog, 'Abbrechen'));
  await press(button(page.getByRole('region', { name: 'Ersatz-Zahlungsart' }), 'Hinzufügen'));
  await says(
    dialog.getByRole('checkbox').locator('..'),
    'Ich erlaube Lumen Weather, von dieser Zahlungsart',
  );
  visit.expectNoComplaint();
});
