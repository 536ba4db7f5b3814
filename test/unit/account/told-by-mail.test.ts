import { describe, expect, test } from 'vitest';
import { personOf } from '../../../functions/runtime/hash.ts';
import { openPage, type Page } from '../customer-api/fixtures/page.ts';

const method = '/portal/methods/{method}';

/** Who gets which mail, in any order. */
const told = async (page: Page) =>
  (await page.mails()).map(({ to, subject }) => `${to}: ${subject}`).toSorted();

/** The version of the customer as somebody sees it who opens the page. */
async function versionOf(page: Page): Promise<number> {
  const { body } = await page.ask('GET /portal/view');
  return (body as { readonly version: number }).version;
}

const textOf = async (page: Page) => (await page.mails()).map(({ text }) => text).join('\n');

async function withEve(role: 'owner' | 'viewer'): Promise<Page> {
  const page = await openPage();
  const version = await versionOf(page);
  const body = { version, email: 'eve@example.com', name: 'Eve', role };
  await page.ask('POST /portal/members', { body });
  return page;
}

describe('a change of the methods is told to every owner, in one mail', () => {
  test('who did it, when, and what to do if it was somebody else', async () => {
    const page = await openPage();
    const body = { expMonth: 3, expYear: 2035 };
    await page.ask(`PATCH ${method}`, { path: { method: page.ids.primary }, body });

    const mails = await page.mails();
    expect(mails).toMatchObject([
      { to: 'ada@example.com', subject: 'Your Visa ending in 4242 was changed' },
    ]);
    const text = mails[0]?.text;
    expect(text).toContain('ada@example.com made this change on January 31, 2026.');
    expect(text).toContain('Was it not you or somebody you trust?');
  });

  test('the backup becomes the primary', async () => {
    const page = await openPage();
    const version = await versionOf(page);
    const body = { version, primary: page.ids.secondary, secondary: null };
    await page.ask('PUT /portal/roles', { body });

    expect(await told(page)).toEqual([
      'ada@example.com: Your Mastercard ending in 4444 is your primary payment method now',
    ]);
  });

  test('a primary that is removed, and the backup in its place', async () => {
    const page = await openPage();
    const { primary, secondary } = page.ids;
    const query = { version: String(await versionOf(page)), primary: secondary };
    await page.ask(`DELETE ${method}`, { path: { method: primary }, query });

    const text = await textOf(page);
    expect(text).toContain('Your Visa ending in 4242 was removed.');
    expect(text).toContain('Your Mastercard ending in 4444 is your primary payment method now');
  });

  test('staff did it: their names stay with them', async () => {
    const page = await openPage();
    const path = { customer: page.ids.customer, method: page.ids.primary };
    const body = { expMonth: 3, expYear: 2035 };
    await page.ask('PATCH /staff/customers/{customer}/methods/{method}', { path, body });

    const text = await textOf(page);
    expect(text).toContain('Our staff made this change on');
    expect(text).not.toContain('Was it not you');
    expect(text).not.toContain('arn:aws');
  });

  test('nothing is told of what was so already', async () => {
    const page = await openPage();
    const version = await versionOf(page);
    const { primary, secondary } = page.ids;
    await page.ask('PUT /portal/roles', { body: { version, primary, secondary } });
    expect(await told(page)).toEqual([]);
  });
});

describe('a consent', () => {
  test('is told with the backup that it was given for, in one mail', async () => {
    const page = await openPage();
    const version = await versionOf(page);
    const { primary, secondary } = page.ids;
    const { textVersion } = page.account.settings.consent;
    const body = { version, primary: secondary, secondary: primary, consent: { textVersion } };
    await page.ask('PUT /portal/roles', { body });

    expect(await told(page)).toEqual([
      'ada@example.com: Your Mastercard ending in 4444 is your primary payment method now',
      'ada@example.com: Your Visa ending in 4242 is your backup now',
    ]);
  });

  test('that is withdrawn is told once', async () => {
    const page = await openPage();
    await page.ask(`DELETE ${method}/consent`, { path: { method: page.ids.secondary } });
    await page.ask(`DELETE ${method}/consent`, { path: { method: page.ids.secondary } });

    expect(await told(page)).toEqual([
      'ada@example.com: Your Mastercard ending in 4444 is no longer your backup',
    ]);
  });
});

describe('people', () => {
  test('who are invited get a mail, and the owners another; it has no way in but the page', async () => {
    const page = await withEve('viewer');

    expect(await told(page)).toEqual([
      expect.stringMatching(
        /^ada@example.com: eve@example.com was invited to your billing page at /,
      ),
      expect.stringMatching(/^eve@example.com: You were invited to a billing page at /),
    ]);
  });

  test('whose role changes, or who are out, are told it too', async () => {
    const page = await withEve('owner');
    await page.mails();
    const eve = personOf('eve@example.com');
    const version = await versionOf(page);
    const path = { member: eve };
    await page.ask('PATCH /portal/members/{member}', { path, body: { version, role: 'viewer' } });
    const query = { version: String(await versionOf(page)) };
    await page.ask('DELETE /portal/members/{member}', { path, query });

    const mails = await page.mails();
    expect(mails.map(({ to }) => to).toSorted()).toEqual([
      'ada@example.com',
      'ada@example.com',
      'eve@example.com',
      'eve@example.com',
    ]);
    const texts = mails.filter(({ to }) => to === 'eve@example.com').map(({ text }) => text);
    expect(texts[0]).toContain('eve@example.com is a viewer now');
    expect(texts[1]).toContain('eve@example.com was removed');
  });

  test('whose name alone changes are told nothing', async () => {
    const page = await withEve('viewer');
    const before = page.notices().length;
    const path = { member: personOf('eve@example.com') };
    const version = await versionOf(page);
    await page.ask('PATCH /portal/members/{member}', { path, body: { version, name: 'Eva' } });
    expect(page.notices()).toHaveLength(before);
  });

  test('who are removed before their invitation was sent get none', async () => {
    const page = await withEve('viewer');
    const path = { member: personOf('eve@example.com') };
    const query = { version: String(await versionOf(page)) };
    await page.ask('DELETE /portal/members/{member}', { path, query });
    const toEve = (await page.mails()).filter(({ to }) => to === 'eve@example.com');
    expect(toEve.map(({ text }) => text.includes('was removed'))).toEqual([true]);
  });
});

test('an extension is told with its last day', async () => {
  const page = await openPage();
  const path = { customer: page.ids.customer };
  const body = { until: '2026-11-20T12:00:00.000Z', reason: 'The bank sends a new card.' };
  await page.ask('PUT /staff/customers/{customer}/extension', { path, body });

  expect(await told(page)).toEqual([
    expect.stringMatching(
      /^ada@example.com: Your access to .* is extended until November 20, 2026$/,
    ),
  ]);
  expect(await textOf(page)).not.toContain('new card');
});
