import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askStaff } from '../journey/doors.ts';
import { openWorld, type World } from '../journey/world.ts';
import { connectBrowser } from './open-page.ts';
import { button, looks, press, says, signIn, visitAt } from './portal/visit.ts';

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(), connectBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

test('a card of another brand says why it is not charged, and is charged once that is agreed to', async () => {
  const customer = await world.customer({
    primary: ['insufficient_funds'],
    secondary: ['succeeded'],
  });
  const { primary: mastercard, secondary: visa } = customer;
  // The cards are on record before the bank moves them.
  await askStaff(world, 'GET /staff/customers/{customer}', {
    path: { customer: customer.customer },
  });
  if (visa === null) throw new Error('The customer has a backup.');
  for (const card of [mastercard, visa]) {
    world.stripe.control.updateCardByNetwork(card, 'brand');
  }
  world.stripe.control.setCardOutcomes(mastercard, ['insufficient_funds']);
  await world.settle();
  const invoice = world.renew(customer);
  await world.settle();
  const visit = await visitAt(browser);
  await signIn(visit, world, customer);
  const { dialog, primary, secondary, status } = visit;
  await looks(primary, 'refused');
  await says(primary, 'Your bank changed this card from Mastercard to Visa, so we do not charge');
  await looks(secondary, 'refused');
  await says(secondary, /changed this card from \w+ to \w+\. .* press “Agree”\./);
  await visit.inspect();
  await press(button(secondary, 'Agree'));
  await dialog.getByRole('heading', { name: /^Agree that .* is charged$/ }).waitFor();
  await press(button(dialog, 'Save'));
  await says(dialog.getByRole('alert'), 'Tick the box to agree first.');
  await dialog.getByRole('group', { name: 'Your agreement' }).getByRole('checkbox').press('Space');
  await visit.inspect();
  await press(button(dialog, 'Save'));
  await says(status, /Your change is saved\.\s*Paid: invoice \S+\./);
  await looks(secondary, 'ok');
  await says(secondary, /You agreed on .* that it may be charged\./);
  expect((await world.sdk.invoices.retrieve(invoice)).status).toBe('paid');
  visit.expectNoComplaint();
});

test("the business's own sentences stand in the place of the page's", async () => {
  const customer = await world.customer({ primary: ['succeeded'], secondary: null });
  const visit = await visitAt(browser);
  const { page, primary } = visit;
  // As a deployment with such texts writes them into the document.
  const own = { en: { 'methods.usable': 'All well', 'page.signedInAs': '{email}, hello!' } };
  await page.route(`${world.stack.cloud.pageUrl}/`, async (route) => {
    const answer = await route.fetch();
    const html = await answer.text();
    expect(html).toContain('"texts":{}');
    const body = html.replace('"texts":{}', `"texts":${JSON.stringify(own)}`);
    await route.fulfill({ response: answer, body });
  });
  await signIn(visit, world, customer);
  await says(primary, 'All well');
  await page.getByText(`${customer.email}, hello!`).waitFor({ state: 'attached' });
  await visit.inspect();
  visit.expectNoComplaint();
});

// The last one: it blocks a card that others have as well.
test('a method is not charged after a dispute, and says no more of it than what to do', async () => {
  const customer = await world.customer({
    primary: ['insufficient_funds'],
    secondary: ['succeeded'],
  });
  const invoice = world.renew(customer);
  await world.settle();
  const paid = (await world.charges(invoice)).at(-1);
  world.stripe.control.openDispute(paid?.id ?? '', 'fraudulent');
  await world.settle();
  const visit = await visitAt(browser);
  await signIn(visit, world, customer);
  const { banner, secondary } = visit;
  await looks(secondary, 'refused');
  await says(
    secondary,
    'We do not charge it at the moment. Use another payment method, or contact',
  );
  await says(banner, /A payment of \$\d+\.\d\d is being asked back through your bank\./);
  await visit.inspect();
  visit.expectNoComplaint();
});
