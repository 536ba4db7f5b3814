import { request } from 'node:http';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { handledEventTypes } from '../../functions/domain/stripe/stripe-events.ts';
import { createMovableClock } from '../../local/clock.ts';
import { type Console, startConsole } from '../../local/console/start-console.ts';
import { connectStripe } from '../../local/start/connect-stripe.ts';
import { secretNames } from '../../local/start/demo-configuration.ts';
import { assignDemoSecondary, createDemoCustomer } from '../../local/start/demo-customer.ts';
import { startLocalStack } from '../../local/start/local-stack.ts';
import { connectOperator, operatorAccess } from '../../local/start/operator.ts';
import { startLocalStripe } from '../../local/stripe/server.ts';
import { day, hour, minute, openWorld, type TestCustomer, type World } from '../journey/world.ts';
import { connectBrowser, measurePage, openPage, readable, type Screen } from './open-page.ts';

let world: World;
let browser: Browser;
let page: Console;
let ada: TestCustomer;
let bob: TestCustomer;
let paid: string;
let open: string;

const oddName = `<script>alert(1)</script>"'`;

// Ada's renewal fails and her backup pays; Bob has no backup, and his invoice stays open.
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(), connectBrowser()]);
  page = await startConsole(world.stack, 0);
  ada = await world.customer({
    primary: ['generic_decline'],
    secondary: ['succeeded'],
    card: 'pm_card_amex',
  });
  bob = await world.customer({ primary: ['insufficient_funds'], secondary: null });
  await world.sdk.customers.update(bob.customer, { name: oddName });
  paid = world.renew(ada);
  open = world.renew(bob);
  await world.settle();
});
afterAll(async () => {
  await browser.close();
  await page.stop();
  await world.stop();
});

const desk: Screen = { width: 1100, scheme: 'light' };
/** Each width once, and the desk, which has all that narrower screens have, in both schemes. */
const screens: readonly Screen[] = [
  { width: 320, scheme: 'light' },
  { width: 640, scheme: 'dark' },
  desk,
  { width: 1100, scheme: 'dark' },
];

const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name });
const said = (tab: Page) => tab.getByRole('status').innerText();

/** Uses a button as one does without a mouse. */
async function press(target: Locator): Promise<void> {
  await target.focus();
  await target.press('Enter');
}

async function visit(path: string, screen: Screen = desk) {
  const { page: tab, complaints } = await openPage(browser, screen);
  await tab.goto(`${page.url}${path}`);
  return { tab, complaints };
}

const everyPage = (): readonly string[] => [
  '/',
  '/invoices',
  `/invoices/${paid}`,
  `/invoices/${paid}?records=all`,
  `/invoices/${open}`,
  '/customers',
  `/customers/${ada.customer}`,
  `/customers/${bob.customer}`,
  '/mails',
  ...world.mails(ada).map(({ id }) => `/mails/${id}`),
];

test('every page opens without complaint and can be read on every screen, folds open', async () => {
  for (const path of everyPage()) {
    const { tab, complaints } = await visit(path);
    if (path !== `/invoices/${paid}?records=all`) {
      // Each fold has the same kinds of content; a few of a page stand for all.
      for (const summary of (await tab.locator('summary').all()).slice(0, 6)) {
        await summary.press('Enter');
      }
    }
    for (const { width, scheme } of screens) {
      await tab.setViewportSize({ width, height: 900 });
      await tab.emulateMedia({ colorScheme: scheme });
      const seen = await measurePage(tab);
      const where = `${path} at ${width} px, ${scheme}`;
      expect(seen, where).toMatchObject(readable(scheme));
      expect(seen.texts, where).toBeGreaterThan(15);
    }
    expect(complaints(), path).toEqual([]);
    await tab.close();
  }
});

test.each(['/', '/invoices', '/customers', '/mails'])(
  'every control of %s is reached with the Tab key, and is seen',
  async (path) => {
    const { tab } = await visit(path);
    const controls = await tab.evaluate(
      '[...document.querySelectorAll("a, button, input:not([type=hidden]), summary")].filter((each) => each.checkVisibility()).length',
    );
    const seen = new Set<string>();
    for (let step = 0; step < Number(controls); step += 1) {
      await tab.keyboard.press('Tab');
      const at = await tab.evaluate(
        'getComputedStyle(document.activeElement).outlineStyle + " " + [...document.querySelectorAll("*")].indexOf(document.activeElement)',
      );
      expect(at).not.toMatch(/^none/);
      seen.add(String(at));
    }
    expect(seen.size).toBe(controls);
  },
);

describe("an invoice's way", () => {
  test('tells the story in order, each line in its room', async () => {
    const { tab } = await visit(`/invoices/${paid}`);
    const lines = (await tab.locator('.entry').allInnerTexts()).map((text) =>
      text.replaceAll(/\s+/g, ' '),
    );
    const story = [
      /Stripe Stripe charges the renewal declined: generic decline/,
      /stripe-webhook Starts for POST \/webhooks\/stripe/,
      /Table The case is recorded/,
      /Queues RetryDueQueue gets a message: look at the case/,
      /retry Starts with a message of RetryDueQueue/,
      /Table Attempt 1 is on record before Stripe is asked: the primary, Amex/,
      /retry Asks Stripe to charge the primary, Amex.*declined: generic decline/,
      /Table Attempt 2 is on record before Stripe is asked: the secondary/,
      /retry Asks Stripe to charge the secondary, Mastercard ending in \d{4} paid/,
      /Table The outcome of attempt 2 is on record paid The case: paid by the secondary\./,
      /notify Starts with a message of NotifyNoticeQueue/,
      /Table Notice “The backup was charged” being sent/,
      /SES Mail to customer-\d+@test\.example: “.* charged .* to your backup/,
    ];
    let from = 0;
    for (const line of story) {
      const found = lines.findIndex((text, at) => at >= from && line.test(text));
      expect(found, `${line} after line ${from} of\n${lines.join('\n')}`).not.toBe(-1);
      from = found + 1;
    }
    expect(lines.some((text) => /The refusal is definite/.test(text))).toBe(true);
  });

  test('a line opens to the record behind it', async () => {
    const { tab } = await visit(`/invoices/${paid}`);
    const line = tab.locator('.entry').filter({ hasText: 'Asks Stripe to charge the secondary' });
    await press(line.locator('summary'));
    const record = await line.locator('pre').innerText();
    expect(record).toContain(`"idempotencyKey": "backstop-${paid}-2-${ada.secondary}"`);
    expect(record).toContain('"status": 200');
  });

  test('tells nothing of another invoice', async () => {
    const { tab } = await visit(`/invoices/${paid}?records=all`);
    expect(await tab.content()).not.toContain(open);
  });

  test('links lead on: to the customer, its method, and the mail', async () => {
    const { tab, complaints } = await visit(`/invoices/${paid}`);
    await tab.locator('article.story a').click();
    await tab.waitForURL(`**/customers/${ada.customer}`);
    await press(tab.locator(`article[id="${ada.primary}"] summary`).first());
    await tab.getByRole('link', { name: ada.primary }).first().click();
    await tab.waitForURL(`**/customers/${ada.customer}#${ada.primary}`);
    const [mail] = world.mails(ada);
    await tab.getByRole('link', { name: mail?.id ?? 'no mail' }).click();
    const looks = tab.frameLocator('iframe');
    expect(await looks.locator('h1').innerText()).toBe(
      'Your invoice is paid: we charged your backup',
    );
    expect(await tab.locator('pre').innerText()).toContain(
      'Your invoice is paid: we charged your backup',
    );
    const opened = tab.waitForEvent('popup');
    await looks.getByRole('link', { name: 'See the invoice' }).click();
    expect(await (await opened).locator('h1').first().innerText()).not.toBe('');
    await tab.getByRole('link', { name: paid }).click();
    await tab.waitForURL(`**/invoices/${paid}`);
    expect(complaints()).toEqual([]);
  });
});

test('names of any kind stay in their place', async () => {
  for (const path of [`/customers/${bob.customer}`, '/customers', '/invoices']) {
    const { tab, complaints } = await visit(path);
    expect(await tab.locator('main').innerText()).toContain(oddName);
    expect(complaints()).toEqual([]);
  }
});

test.each([
  '/nowhere',
  '/constructor',
  '/invoices/in_that_never_was',
  '/invoices/constructor',
  '/customers/cus_that_never_was',
  '/mails/ses-1',
  '/mails/ses-1/more/than/that',
])('%s is a sentence, a way back, and 404', async (path) => {
  const answer = await fetch(`${page.url}${path}`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toMatch(
    /<main>\s*<h2>Not there<\/h2>.*\.<\/p><p><a href="\/">Back to the overview<\/a>/,
  );
});

describe('a request from elsewhere', () => {
  test.each([
    ['the Host of another name', { host: 'console.example' }],
    ['another Origin', { origin: 'http://elsewhere.example' }],
  ])('with %s is refused', async (_, headers) => {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    request(`${page.url}/`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
    expect(await promise).toBe(403);
  });

  test('a form is not sent by a link, and leads back to this page alone', async () => {
    const path = `${page.url}/_local/do/clock/forward`;
    expect((await fetch(path)).status).toBe(405);
    const body = new URLSearchParams({ milliseconds: 'soon', back: '//elsewhere.example' });
    const answer = await fetch(path, { method: 'POST', body, redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/^\/\?news=\d+#clock$/);
  });
});

test.each([
  ['troubles', { seed: 'a', throttledMails: '200' }, /0 to 100/],
  ['troubles', { throttledMails: '20' }, /Fill in &quot;seed&quot;/],
  ['redrive', { queue: 'NoSuchQueue' }, /no queue NoSuchQueue/],
  ['redrive', { queue: 'RetryDueQueue' }, /not the dead-letter queue/],
  ['parts/stop', { part: 'moon' }, /one of table, queue, mail, secret/],
  ['clock/forward', { milliseconds: '-5' }, /by how many milliseconds/],
  ['constructor', {}, /nothing to do/],
])('a wish that cannot be is said on the page: %s %o', async (path, fields, sentence) => {
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${page.url}/_local/do/${path}`, { method: 'POST', body });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toMatch(
    new RegExp(`<p class="said bad" role="status">[^<]*${sentence.source}`),
  );
});

describe('a person', () => {
  test('refreshes by hand, or lets the page do it', async () => {
    const { tab } = await visit('/invoices');
    await press(tab.getByRole('link', { name: /Refresh every/ }));
    await tab.waitForURL('**/invoices?refresh=5');
    expect(await tab.locator('meta[http-equiv=refresh]').getAttribute('content')).toBe('5');
    await press(tab.getByRole('link', { name: 'Stop refreshing' }));
    await tab.waitForURL('**/invoices');
    expect(await tab.locator('meta[http-equiv=refresh]').count()).toBe(0);
  });

  test('redrives what lies in a dead-letter queue', async () => {
    const body = { v: 1, type: 'pass', customer: ada.customer, invoice: paid };
    await world.stack.cloud.send('RetryDueDeadLetters', JSON.stringify(body));
    const { tab, complaints } = await visit('/');
    const queue = tab.locator('#RetryDueDeadLetters');
    await press(queue.locator('summary'));
    expect(await queue.locator('pre').innerText()).toContain(`"invoice": "${paid}"`);
    await press(button(queue, 'Send 1 message back to RetryDueQueue'));
    expect(await said(tab)).toBe('1 message went back to where it failed, to be tried anew.');
    await world.settle();
    expect((await world.stack.cloud.messages('RetryDueDeadLetters')).ready).toEqual([]);
    expect(complaints()).toEqual([]);
  });

  test('sets troubles and ends them', async () => {
    const { tab, complaints } = await visit('/');
    const troubles = tab.locator('#troubles');
    await troubles.getByLabel('% of messages delivered twice').fill('40');
    await troubles.getByLabel('Every start is cold').check();
    await troubles.getByLabel(/^Seed/).fill('tuesday');
    await press(button(troubles, 'Set these troubles'));
    expect(world.stack.cloud.troubles()).toMatchObject({
      seed: 'tuesday',
      duplicatedMessages: 40,
      coldStarts: true,
      reorderedMessages: false,
    });
    expect(await troubles.innerText()).toContain('in force');
    expect(await troubles.getByLabel('% of messages delivered twice').inputValue()).toBe('40');

    await press(button(troubles, 'No troubles'));
    expect(world.stack.cloud.troubles()).toMatchObject({
      duplicatedMessages: 0,
      coldStarts: false,
    });
    expect(complaints()).toEqual([]);
  });

  test('stops a part and resumes it', async () => {
    const { tab, complaints } = await visit('/');
    await press(button(tab, 'Stop: mail'));
    expect(await said(tab)).toBe('The mail does not answer from now on.');
    expect(world.stack.cloud.stoppedParts()).toEqual(['mail']);
    await press(button(tab, 'Resume: mail'));
    expect(world.stack.cloud.stoppedParts()).toEqual([]);
    expect(complaints()).toEqual([]);
  });

  test('moves one clock for the cloud and Stripe, and comes back to the same page', async () => {
    const { clock, cloud, stripe } = world.stack;
    const { tab, complaints } = await visit('/invoices');
    const moves = [
      ['+ 1 minute', minute],
      ['+ 1 hour', hour],
      ['+ 1 day', day],
    ] as const;
    for (const [name, length] of moves) {
      const before = clock.now();
      await press(button(tab, name));
      expect(await said(tab)).toMatch(
        /^The clock moved on by .*: \d+ invocations? and \d+ mails? since\.$/,
      );
      expect(new URL(tab.url()).pathname).toBe('/invoices');
      expect(clock.now() - before).toBeGreaterThanOrEqual(length);
    }
    const due = Math.min((await cloud.nextDue()) ?? 0, stripe?.control.nextDue() ?? 0);
    await press(button(tab, 'To what is next'));
    expect(await said(tab)).toContain('The clock moved on by');
    expect(clock.now()).toBeGreaterThanOrEqual(due);
    expect(complaints()).toEqual([]);
  });

  test('goes to the next due case, which is then tried again', async () => {
    const before = await world.case(bob, open);
    if (!('dueAt' in before.progress)) throw new Error(`The case is ${before.progress.state}.`);
    const { tab } = await visit(`/invoices/${open}`);
    await press(button(tab, /^To the next due case, in /));
    expect(world.stack.clock.now()).toBeGreaterThanOrEqual(before.progress.dueAt);
    const after = await world.case(bob, open);
    expect(after.attemptCount).toBeGreaterThan(before.attemptCount);
    expect(await tab.locator('.way').innerText()).toMatch(/\d days? .*later/);
    const history = await tab.locator('article.story').innerText();
    expect(history).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: attempt 1/);
  });
});

test("with Stripe's sandbox pages say that nothing happened yet, then what our side knows", async () => {
  // A Stripe of which the stack knows the key and the address alone stands in for the sandbox.
  const clock = createMovableClock();
  const sandbox = await startLocalStripe({ clock });
  const { apiKey, publishableKey, url: apiBase } = sandbox;
  const stack = await startLocalStack({
    assemblyDirectory: inject('assembly'),
    port: 0,
    sandbox: { apiKey, publishableKey, webhookSecret: 'whsec_none_yet', apiBase },
  });
  const watched = await startConsole(stack, 0);
  const operator = connectOperator(operatorAccess(stack.cloud));
  try {
    const url = `${stack.cloud.apiUrl}/webhooks/stripe`;
    const endpoint = sandbox.addWebhookEndpoint({ url, enabledEvents: handledEventTypes });
    stack.cloud.setSecret(secretNames.stripeWebhook, endpoint.secret);
    const { page: tab, complaints } = await openPage(browser, { width: 320, scheme: 'dark' });
    for (const path of ['/', '/invoices', '/customers', '/mails']) {
      await tab.goto(`${watched.url}${path}`);
      expect(await tab.locator('article.empty').first().innerText()).toMatch(/yet|None|empty/);
      expect(await measurePage(tab)).toMatchObject(readable('dark'));
    }

    const demo = await createDemoCustomer(connectStripe(apiKey, apiBase));
    await assignDemoSecondary(operator, { apiKey, apiBase }, demo, stack.clock.now());
    const { id } = sandbox.control.renewNow(demo.subscription);
    await sandbox.idle();
    await stack.idle();
    await tab.goto(`${watched.url}/invoices/${id}`);
    const way = await tab.locator('.way').innerText();
    expect(way).toMatch(
      /Asks Stripe to charge the primary, Visa ending in 0341\s+declined \(402\)/,
    );
    expect(way).toMatch(/charge the secondary, Mastercard ending in 4444\s+answered 200/);
    expect(await tab.locator('form').count()).toBe(0);
    expect(await tab.locator('#clock').innerText()).toContain('has a time of its own');
    expect(complaints()).toEqual([]);
  } finally {
    operator.close();
    await watched.stop();
    await stack.stop();
    await sandbox.stop();
    clock.stop();
  }
});
