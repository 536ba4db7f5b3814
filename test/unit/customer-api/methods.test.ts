import { describe, expect, test } from 'vitest';
import { mirrorFromStripe } from '../../../functions/account/mirror-customer.ts';
import { type SetupView, startSetUp } from '../../../functions/account/start-set-up.ts';
import type { CustomerView } from '../../../functions/account/view.ts';
import { customerId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { dayMs, minuteMs } from '../../../functions/domain/time.ts';
import { startLife } from '../../twins/mortal-ports.ts';
import { refusalOf } from '../local-stripe/world.ts';
import { byAda, openPage, type Page, type Told } from './fixtures/page.ts';

const consent = { textVersion: '2026-11' };
const setupRoute = 'POST /portal/setup-intents';
const confirmRoute = 'POST /portal/setup-intents/{setupIntent}/confirm';

const viewOf = async (page: Page) => bodyOf(await page.ask('GET /portal/view'));
// The shape of the view is what the first test is about.
const bodyOf = (told: Told) => told.body as CustomerView;
const rolesOf = ({ methods }: CustomerView) =>
  Object.fromEntries(
    methods.flatMap(({ role, method }) => (role === null ? [] : [[role, method]])),
  );

const setRoles = async (page: Page, roles: object): Promise<Told> => {
  const { version } = await viewOf(page);
  return page.ask('PUT /portal/roles', { body: { version, ...roles } });
};

const begin = async (page: Page, body: object): Promise<SetupView> => {
  const told = await page.ask(setupRoute, { body });
  expect(told.status).toBe(200);
  return told.body as SetupView;
};
const confirm = (page: Page, { setupIntent }: SetupView) =>
  page.ask(confirmRoute, { path: { setupIntent } });

/** Adds a card as the page does: Stripe's fields confirm the SetupIntent. */
async function add(page: Page, body: object, card: string): Promise<string> {
  const setup = await begin(page, body);
  const { payment_method: method } = await page.stripe.setupIntents.confirm(setup.setupIntent, {
    payment_method: card,
  });
  expect(await confirm(page, setup)).toMatchObject({ status: 200 });
  return String(method);
}

const remove = async (page: Page, method: string, query: object = {}): Promise<Told> => {
  const { version } = await viewOf(page);
  const path = { method };
  return page.ask('DELETE /portal/methods/{method}', {
    path,
    query: { version: String(version), ...query },
  });
};

async function defaultsOf({ stripe, ids }: Page) {
  const customer = await stripe.customers.retrieve(ids.customer);
  const { data: subscriptions } = await stripe.subscriptions.list({ customer: ids.customer });
  return {
    customer: customer.deleted ? null : customer.invoice_settings.default_payment_method,
    subscriptions: subscriptions.map((each) => each.default_payment_method),
  };
}

/** A failed renewal that both cards refused; the next pass is days away. */
async function openRefused(): Promise<Page> {
  const page = await openPage({ owes: true });
  refuse(page, page.ids.primary);
  refuse(page, page.ids.secondary);
  await page.work();
  page.clock.advance(minuteMs);
  await page.work();
  expect((await page.theCase()).progress.state).toBe('waiting');
  return page;
}

const refuse = ({ local }: Page, card: string) =>
  local.control.setCardOutcomes(card, Array(9).fill('insufficient_funds'));

describe('the view', () => {
  test('has all that the page shows, in one query', async () => {
    const page = await openRefused();
    const { clock, ids } = page;
    const { progress } = await page.theCase();
    const dueAt = 'dueAt' in progress ? progress.dueAt : 0;
    const at = expect.stringMatching(/^20\d\d-.*Z$/);
    await page.ask('GET /portal/view');
    const view = await viewOf(page);
    expect(view).toEqual({
      customer: ids.customer,
      version: expect.any(Number),
      billing: expect.objectContaining({ email: 'ada@example.com', name: 'Ada' }),
      standing: {
        standing: 'past_due',
        since: at,
        until: null,
        why: [
          {
            invoice: ids.invoice,
            amountDue: { amount: 2900, currency: 'usd' },
            reason: 'unpaid',
          },
        ],
      },
      extension: null,
      members: [
        {
          member: expect.any(String),
          email: 'ada@example.com',
          name: 'Ada',
          role: 'owner',
          mail: 'ok',
        },
      ],
      methods: [
        expect.objectContaining({
          method: ids.primary,
          role: 'primary',
          brand: 'visa',
          last4: '4242',
          health: 'refused',
          refused: { at, reason: 'insufficient_funds' },
          consent: null,
        }),
        expect.objectContaining({
          method: ids.secondary,
          role: 'secondary',
          health: 'refused',
          consent: { source: 'terms', version: '2026-01', at },
        }),
      ],
      consent: {
        textVersion: '2026-11',
        texts: {
          en: expect.stringMatching(/^I allow Example Ltd/),
          de: expect.stringMatching(/^Ich erlaube Example Ltd/),
        },
      },
      cases: [
        {
          invoice: ids.invoice,
          number: expect.any(String),
          hostedInvoiceUrl: expect.stringContaining('http'),
          amountDue: { amount: 2900, currency: 'usd' },
          state: 'waiting',
          openedAt: at,
          tried: [
            {
              role: 'primary',
              method: ids.primary,
              at,
              result: 'refused',
              reason: 'insufficient_funds',
            },
            {
              role: 'secondary',
              method: ids.secondary,
              at,
              result: 'refused',
              reason: 'insufficient_funds',
            },
          ],
          next: { next: 'try', at: new Date(dueAt).toISOString() },
          heldUntil: null,
          underWay: null,
        },
      ],
      paymentsUnderWay: [],
      support: { business: 'Example Ltd', email: 'support@example.com' },
      session: {
        email: 'ada@example.com',
        customers: [{ customer: ids.customer, name: 'Ada', role: 'owner' }],
        customer: ids.customer,
        role: 'owner',
        returnUrl: null,
        endsAt: at,
      },
    });
    expect(dueAt).toBeGreaterThan(clock.now());
  });

  test('is of one query, and asks Stripe only for a customer whom nobody has looked at', async () => {
    const page = await openPage();
    const queries: string[] = [];
    const reads: string[] = [];
    const account = {
      ...page.account,
      records: {
        ...page.account.records,
        account: (id: ReturnType<typeof customerId>) => {
          queries.push(id);
          return page.account.records.account(id);
        },
        customer: (id: ReturnType<typeof customerId>) => {
          reads.push(id);
          return page.account.records.customer(id);
        },
      },
    };
    const atStripe = startLife();
    const around = { ...account, stripe: atStripe.wrap(page.account.stripe) };
    await page.askOf(around, 'GET /portal/view');
    queries.length = 0;
    reads.length = 0;
    const before = atStripe.calls();
    expect(before).toBeGreaterThan(0);
    await page.askOf(around, 'GET /portal/view');
    expect(queries).toEqual([page.ids.customer]);
    // Once to let the reader in; who is signed in is told by the same record.
    expect(reads).toEqual([page.ids.customer]);
    expect(atStripe.calls()).toBe(before);
  });
});

describe('the roles', () => {
  test('are swapped in one change, and Stripe charges the new primary everywhere', async () => {
    const page = await openPage();
    const { stripe, ids } = page;
    const { data } = await stripe.subscriptions.list({ customer: ids.customer });
    await stripe.subscriptions.update(String(data[0]?.id), { default_payment_method: ids.primary });
    const draft = await stripe.invoices.create({
      customer: ids.customer,
      default_payment_method: ids.primary,
    });
    const swapped = { primary: ids.secondary, secondary: ids.primary };

    const before = await page.theCustomer();
    const told = await setRoles(page, { ...swapped, consent });
    expect(told.status).toBe(200);
    expect(rolesOf(bodyOf(told))).toEqual(swapped);
    expect((await page.theCustomer()).unfinished).toEqual([]);
    expect(before.primary).toBe(ids.primary);
    expect(await defaultsOf(page)).toEqual({
      customer: ids.secondary,
      subscriptions: [ids.secondary],
    });
    const { default_payment_method: ofDraft } = await stripe.invoices.retrieve(draft.id);
    expect(ofDraft).toBe(ids.secondary);
    const entry = page.audit().find(({ what }) => what === 'roles_changed');
    expect(entry).toMatchObject({
      by: { kind: 'member', email: 'ada@example.com' },
      from: { primary: ids.primary, secondary: ids.secondary },
      to: swapped,
    });

    // The same again is as wished, whatever version it was asked with.
    const again = await page.ask('PUT /portal/roles', {
      body: { version: 1, ...swapped, consent },
    });
    expect(again.status).toBe(200);
    expect(bodyOf(again).version).toBe(bodyOf(told).version);
  });

  test('take a consent to the text of now, with where it came from', async () => {
    const page = await openPage();
    const { ids, account } = page;
    const swapped = { primary: ids.secondary, secondary: ids.primary };
    expect(await setRoles(page, swapped)).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:consent-missing' },
    });
    for (const never of [{ textVersion: '2025-01' }, { ...consent, language: 'fr' }]) {
      expect(await setRoles(page, { ...swapped, consent: never })).toMatchObject({
        status: 409,
        body: { type: 'urn:backstop:problem:changed-meanwhile' },
      });
    }
    expect(rolesOf(await viewOf(page))).toEqual({ primary: ids.primary, secondary: ids.secondary });

    await setRoles(page, { ...swapped, consent: { ...consent, language: 'de' } });
    const method = await account.records.method(
      customerId(ids.customer),
      paymentMethodId(ids.primary),
    );
    expect(method?.consent).toEqual({
      source: 'portal',
      textVersion: '2026-11',
      language: 'de',
      address: '192.0.2.1',
      userAgent: 'test/1.0',
      at: expect.any(Number),
    });
    expect(page.audit().filter(({ what }) => what === 'consent_given')).toMatchObject([
      { to: { source: 'portal', textVersion: '2026-11', language: 'de' } },
    ]);
  });

  test('are refused where they make no sense', async () => {
    const page = await openPage();
    const { primary, secondary } = page.ids;
    const twin = await page.stripe.paymentMethods.attach('pm_card_visa', {
      customer: page.ids.customer,
    });
    const refusals = [
      [{ primary, secondary: primary, consent }, 'same-card'],
      [{ primary, secondary: twin.id, consent }, 'same-card'],
      [{ primary: 'pm_of_nobody', secondary }, 'not-found'],
      [{ primary, secondary: 'pm_of_nobody', consent }, 'not-found'],
      [{ primary: null, secondary }, 'replacement-needed'],
    ] as const;
    for (const [roles, name] of refusals) {
      const told = await setRoles(page, roles);
      expect(told.body, name).toMatchObject({ type: `urn:backstop:problem:${name}` });
    }
    // What was refused leaves no consent behind.
    const stored = await page.account.records.method(
      customerId(page.ids.customer),
      paymentMethodId(twin.id),
    );
    expect(stored?.consent ?? null).toBeNull();
  });

  test('of two tabs: the one that saw less is refused', async () => {
    const page = await openPage();
    const { primary, secondary } = page.ids;
    const { version } = await viewOf(page);
    const first = await page.ask('PUT /portal/roles', {
      body: { version, primary, secondary: null },
    });
    expect(first.status).toBe(200);
    const second = await page.ask('PUT /portal/roles', {
      body: { version, primary: secondary, secondary: primary, consent },
    });
    expect(second).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:changed-meanwhile' },
    });
  });
});

describe('a consent', () => {
  test('is withdrawn: the method is no backup any more, and again changes nothing', async () => {
    const page = await openPage();
    const path = { method: page.ids.secondary };
    const told = await page.ask('DELETE /portal/methods/{method}/consent', { path });
    expect(told.status).toBe(200);
    expect(rolesOf(bodyOf(told))).toEqual({ primary: page.ids.primary });
    expect(bodyOf(told).methods.find(({ method }) => method === path.method)?.consent).toBeNull();
    const again = await page.ask('DELETE /portal/methods/{method}/consent', { path });
    expect(bodyOf(again).version).toBe(bodyOf(told).version);
    expect(page.audit().filter(({ what }) => what === 'consent_withdrawn')).toHaveLength(1);
  });
});

describe('a new method', () => {
  test('takes its role once Stripe says that it is ready', async () => {
    const page = await openPage();
    const setup = await begin(page, { role: 'primary' });
    expect(setup).toMatchObject({ clientSecret: expect.stringContaining('_secret_') });
    expect(await confirm(page, setup)).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:setup-not-finished' },
    });
    await refusalOf(
      page.stripe.setupIntents.confirm(setup.setupIntent, {
        payment_method: 'pm_card_chargeDeclined',
      }),
    );
    expect((await confirm(page, setup)).body).toMatchObject({
      detail: expect.stringContaining('The bank did not accept it'),
    });

    const { payment_method: method } = await page.stripe.setupIntents.confirm(setup.setupIntent, {
      payment_method: 'pm_card_amex',
    });
    const told = await confirm(page, setup);
    expect(rolesOf(bodyOf(told))).toEqual({ primary: method, secondary: page.ids.secondary });
    expect((await defaultsOf(page)).customer).toBe(method);
    expect(page.audit().map(({ what }) => what)).toEqual(
      expect.arrayContaining(['method_added', 'roles_changed']),
    );

    // The page sends it again, long after the roles were changed otherwise.
    await setRoles(page, { primary: page.ids.primary, secondary: page.ids.secondary });
    const late = await confirm(page, setup);
    expect(rolesOf(bodyOf(late))).toEqual({
      primary: page.ids.primary,
      secondary: page.ids.secondary,
    });
  });

  test('is begun once: the same wish again, or twice at once, is one SetupIntent', async () => {
    const page = await openPage();
    const wish = {
      customer: customerId(page.ids.customer),
      role: 'spare',
      consent: null,
      madeFor: 'one session',
    } as const;
    const start = async (more = {}) => {
      const told = await startSetUp(page.account, { ...wish, ...more });
      return 'problem' in told ? told.problem.type : told.setupIntent;
    };
    await start({ madeFor: 'to mirror the customer first' });
    const [one, other] = await Promise.all([start(), start()]);
    expect(one).toMatch(/^seti_/);
    expect(other).toBe(one);
    expect(await start()).toBe(one);
    expect(await start({ role: 'primary' })).not.toBe(one);
    expect(await start({ madeFor: 'another session' })).not.toBe(one);
    expect(await page.stripe.setupIntents.retrieve(one)).toMatchObject({
      customer: page.ids.customer,
      allowed_payment_method_types: ['card'],
      usage: 'off_session',
      metadata: { backstop_role: 'spare' },
    });
    await page.stripe.setupIntents.cancel(one);
    expect(await start()).not.toBe(one);
  });

  test('is of a kind that is configured, and that people have where the customer lives', async () => {
    const page = await openPage();
    const { settings } = page.account;
    const methodTypes: typeof settings.portal.methodTypes = [
      'card',
      'sepa_debit',
      'us_bank_account',
    ];
    const account = {
      ...page.account,
      settings: { ...settings, portal: { ...settings.portal, methodTypes } },
    };
    const nowhere = { line1: null, line2: null, city: null, postalCode: null, state: null };
    const offeredIn = async (country: string) => {
      const { version } = await viewOf(page);
      const details = { name: 'Ada', email: null, phone: null, address: { ...nowhere, country } };
      await page.ask('PUT /portal/billing-info', { body: { version, ...details } });
      const told = await page.askOf(account, setupRoute, { body: { role: 'spare' } });
      // As the route answers; the first test is about its shape.
      const { setupIntent } = told.body as SetupView;
      return (await page.stripe.setupIntents.retrieve(setupIntent)).allowed_payment_method_types;
    };
    expect(await offeredIn('DE')).toEqual(['card', 'sepa_debit']);
    // The one that is open would be answered again.
    const [open] = (await page.stripe.setupIntents.list({ customer: page.ids.customer })).data;
    await page.stripe.setupIntents.cancel(open?.id ?? '');
    expect(await offeredIn('US')).toEqual(['card', 'us_bank_account']);
  });

  test('as the backup needs a consent, which stands on record with it', async () => {
    const page = await openPage();
    expect(await page.ask(setupRoute, { body: { role: 'secondary' } })).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:consent-missing' },
    });
    const read = { ...consent, language: 'en' };
    const method = await add(page, { role: 'secondary', consent: read }, 'pm_card_amex');
    const view = await viewOf(page);
    expect(rolesOf(view)).toEqual({ primary: page.ids.primary, secondary: method });
    const added = view.methods.find((each) => each.method === method);
    expect(added?.consent).toMatchObject({ source: 'portal', version: '2026-11' });
    const stored = await page.account.records.method(
      customerId(page.ids.customer),
      paymentMethodId(method),
    );
    expect(stored?.consent).toMatchObject(read);
  });

  test('as the backup is refused where it is the card of the primary, and kept', async () => {
    const page = await openPage();
    const setup = await begin(page, { role: 'secondary', consent });
    const { payment_method: method } = await page.stripe.setupIntents.confirm(setup.setupIntent, {
      payment_method: 'pm_card_visa',
    });
    expect(await confirm(page, setup)).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:same-card' },
    });
    const roles = { primary: method, secondary: page.ids.secondary };
    expect(rolesOf(await viewOf(page))).toEqual(roles);
    // The page asks again, having heard: nothing more happens.
    expect(rolesOf(bodyOf(await confirm(page, setup)))).toEqual(roles);
  });

  test('of another customer, or made elsewhere, is nobody’s here', async () => {
    const page = await openPage();
    const stranger = await page.stripe.customers.create();
    const theirs = await page.stripe.setupIntents.create({
      customer: stranger.id,
      metadata: { backstop_role: 'primary' },
    });
    const foreign = await page.stripe.setupIntents.create({ customer: page.ids.customer });
    for (const { id: setupIntent } of [theirs, foreign, { id: 'seti_none' }]) {
      const told = await page.ask(confirmRoute, { path: { setupIntent } });
      expect(told.status).toBe(404);
    }
  });

  test('is begun no more than some times an hour, and a day', async () => {
    const page = await openPage();
    const one = await begin(page, { role: 'spare' });
    await page.stripe.setupIntents.cancel(one.setupIntent);
    let refused: Told | undefined;
    let made = 1;
    // Each request has a session of its own here: the customer's limit is the one that is met.
    for (; made < 30 && refused === undefined; made += 1) {
      const told = await page.ask(setupRoute, { body: { role: 'spare' } });
      if (told.status !== 200) refused = told;
    }
    expect(made).toBe(21);
    expect(refused).toMatchObject({
      status: 429,
      body: { type: 'urn:backstop:problem:too-many-requests' },
    });
    page.clock.advance(dayMs);
    expect((await page.ask(setupRoute, { body: { role: 'spare' } })).status).toBe(200);
  });

  test('that is the same card takes the place of the older one, which goes', async () => {
    const page = await openPage();
    const method = await add(page, { role: 'spare' }, 'pm_card_visa');
    const view = await viewOf(page);
    expect(rolesOf(view)).toEqual({ primary: method, secondary: page.ids.secondary });
    expect(view.methods.map((each) => each.method)).not.toContain(page.ids.primary);
    expect((await page.stripe.paymentMethods.retrieve(page.ids.primary)).customer).toBeNull();
    expect((await defaultsOf(page)).customer).toBe(method);
  });

  test('that is the card of the backup keeps its consent', async () => {
    const page = await openPage();
    const method = await add(page, { role: 'spare' }, 'pm_card_mastercard');
    const view = await viewOf(page);
    expect(rolesOf(view)).toEqual({ primary: page.ids.primary, secondary: method });
    expect(view.methods.find((each) => each.method === method)?.consent?.source).toBe('terms');
  });
});

describe('a method', () => {
  const change = (page: Page, body: object) =>
    page.ask('PATCH /portal/methods/{method}', { path: { method: page.ids.primary }, body });

  test('is on the audit log with who changed it, although another room saw the change first', async () => {
    const page = await openPage();
    const { stripe } = page.account;
    const seenByOthers: typeof stripe.updateMethod = async (...asked) => {
      const answer = await stripe.updateMethod(...asked);
      await mirrorFromStripe(page.account, customerId(page.ids.customer));
      return answer;
    };
    const account = { ...page.account, stripe: { ...stripe, updateMethod: seenByOthers } };
    const path = { method: page.ids.primary };
    const request = { path, body: { expMonth: 3, expYear: 2035 } };
    const told = await page.askOf(account, 'PATCH /portal/methods/{method}', request);
    expect(told.status).toBe(200);
    expect(page.audit().filter(({ what }) => what === 'method_changed')).toMatchObject([
      { by: byAda, from: { revision: 1 }, to: { revision: 2, changed: ['expiry'] } },
    ]);
  });

  test('gets another expiry and address, at Stripe and here', async () => {
    const page = await openPage();
    const address = {
      line1: '1 Main St',
      line2: null,
      city: 'Town',
      postalCode: '10001',
      state: null,
      country: 'US',
    };
    const body = { expMonth: 7, expYear: 2033, billing: { name: 'Ada L', address } };
    const told = await change(page, body);
    expect(told.status).toBe(200);
    expect(bodyOf(told).methods[0]).toMatchObject(body);
    const atStripe = await page.stripe.paymentMethods.retrieve(page.ids.primary);
    expect(atStripe).toMatchObject({
      card: { exp_month: 7, exp_year: 2033 },
      billing_details: { name: 'Ada L', address: { line1: '1 Main St', postal_code: '10001' } },
    });
    const entry = page.audit().find(({ what }) => what === 'method_changed');
    expect(entry).toMatchObject({
      about: page.ids.primary,
      from: { revision: 1 },
      to: { revision: 2, changed: ['expiry', 'name', 'address'] },
    });
    const again = await change(page, body);
    expect(bodyOf(again).version).toBe(bodyOf(told).version);
  });

  test('keeps its expiry where the month that was sent is over', async () => {
    const page = await openPage();
    const before = (await viewOf(page)).methods[0];
    expect(await change(page, { expMonth: 1, expYear: 2021 })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.expYear', message: 'must name a month that is not over.' }] },
    });
    expect((await viewOf(page)).methods[0]).toEqual(before);
  });

  test('that has another expiry is tried again; the same expiry wakes nothing', async () => {
    const page = await openRefused();
    const [visa] = (await viewOf(page)).methods;
    await change(page, { expMonth: visa?.expMonth, expYear: visa?.expYear });
    expect((await page.theCase()).retryWanted).toBe(0);
    page.local.control.setCardOutcomes(page.ids.primary, ['succeeded']);
    await change(page, { expMonth: 1, expYear: 2035 });
    expect((await page.theCase()).retryWanted).toBe(1);
    await page.work();
    expect((await page.theCase()).progress).toMatchObject({ state: 'recovered', role: 'primary' });
    expect((await viewOf(page)).methods[0]?.health).toBe('usable');
  });

  test('is removed, and detached at Stripe', async () => {
    const page = await openPage();
    const told = await remove(page, page.ids.secondary);
    expect(told.status).toBe(200);
    expect(bodyOf(told).methods.map(({ method }) => method)).toEqual([page.ids.primary]);
    expect((await page.stripe.paymentMethods.retrieve(page.ids.secondary)).customer).toBeNull();
    expect((await page.theCustomer()).secondary).toBeNull();
    expect((await remove(page, page.ids.secondary)).status).toBe(200);
    expect(page.audit().filter(({ what }) => what === 'method_removed')).toHaveLength(1);
  });

  test('that was detached at Stripe is no backup any more, and the audit log says why', async () => {
    const page = await openPage();
    const { primary, secondary } = page.ids;
    await page.ask('GET /portal/view');
    await page.stripe.paymentMethods.detach(secondary);
    await mirrorFromStripe(page.account, customerId(page.ids.customer));
    await page.finish();
    expect(rolesOf(await viewOf(page))).toEqual({ primary });
    expect(page.audit()).toMatchObject([
      {
        by: { kind: 'backstop' },
        what: 'roles_changed',
        from: { primary, secondary },
        to: { primary, secondary: null },
        reason: expect.stringContaining('not attached'),
      },
    ]);
    await mirrorFromStripe(page.account, customerId(page.ids.customer));
    expect(page.audit()).toHaveLength(1);
  });

  test('that is the primary goes once another takes its place', async () => {
    const page = await openPage();
    const { primary, secondary } = page.ids;
    expect(await remove(page, primary)).toMatchObject({
      status: 409,
      body: {
        type: 'urn:backstop:problem:replacement-needed',
        detail: expect.stringContaining(secondary),
        offered: secondary,
      },
    });
    expect((await remove(page, primary, { primary: 'pm_of_nobody' })).status).toBe(404);
    const told = await remove(page, primary, { primary: secondary });
    expect(told.status).toBe(200);
    expect(rolesOf(bodyOf(told))).toEqual({ primary: secondary });
    expect((await defaultsOf(page)).customer).toBe(secondary);
  });

  test('that is the last stays while a subscription needs it', async () => {
    const page = await openPage();
    const { ids, stripe } = page;
    await remove(page, ids.secondary);
    expect(await remove(page, ids.primary)).toMatchObject({
      status: 409,
      body: {
        type: 'urn:backstop:problem:method-needed',
        detail: expect.stringContaining('subscription'),
      },
    });
    const { data } = await stripe.subscriptions.list({ customer: ids.customer });
    await stripe.subscriptions.cancel(String(data[0]?.id));
    expect((await remove(page, ids.primary)).status).toBe(200);
    expect((await viewOf(page)).methods).toEqual([]);
  });

  test('with which a payment is under way is not removed', async () => {
    const page = await openRefused();
    const pay = await page.ask('POST /portal/cases/{invoice}/payments', {
      path: { invoice: page.ids.invoice },
      body: { method: page.ids.secondary },
    });
    expect(pay.status).toBe(200);
    const { paymentsUnderWay } = await viewOf(page);
    expect(paymentsUnderWay).toMatchObject([{ invoice: page.ids.invoice }]);
    expect(await remove(page, page.ids.secondary)).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:method-in-use' },
    });
    // Another change is made, and says that a payment may still complete.
    const told = await setRoles(page, { primary: page.ids.primary, secondary: null });
    expect(bodyOf(told).paymentsUnderWay).toEqual(paymentsUnderWay);
  });
});

describe('open invoices', () => {
  test('are tried at once with a new card; before, the page is told which', async () => {
    const page = await openRefused();
    const setup = await begin(page, { role: 'primary' });
    expect(setup.willTry).toEqual([
      {
        invoice: page.ids.invoice,
        number: expect.any(String),
        amountDue: { amount: 2900, currency: 'usd' },
      },
    ]);
    // The same card as one with a role takes that role: what a spare may lead to is told as well.
    expect((await begin(page, { role: 'spare' })).willTry).toEqual(setup.willTry);
    await page.stripe.setupIntents.confirm(setup.setupIntent, { payment_method: 'pm_card_amex' });
    await confirm(page, setup);
    expect(page.queues.waiting().filter(({ queue }) => queue === 'retryNow')).toHaveLength(1);
    await page.work();
    expect((await page.theCase()).progress).toMatchObject({ state: 'recovered', role: 'primary' });
  });

  test('are not told as about to be tried while the business holds them', async () => {
    const page = await openRefused();
    const { invoice } = page.ids;
    const until = new Date(page.clock.now() + 40 * dayMs).toISOString();
    await page.ask('POST /staff/customers/{customer}/cases/{invoice}/hold', {
      path: { customer: page.ids.customer, invoice },
      body: { until, reason: 'a payment by cheque is awaited' },
    });
    expect((await viewOf(page)).cases).toMatchObject([
      { invoice, heldUntil: until, next: { next: 'try', at: until } },
    ]);
    expect((await begin(page, { role: 'primary' })).willTry).toEqual([]);
  });

  test('are woken where the schedule was used up', async () => {
    const page = await openRefused();
    for (let { progress } = await page.theCase(); 'dueAt' in progress; ) {
      page.clock.advance(progress.dueAt - page.clock.now() + minuteMs);
      await page.work();
      ({ progress } = await page.theCase());
    }
    expect((await page.theCase()).progress.state).toBe('exhausted');
    expect((await viewOf(page)).cases).toMatchObject([
      { state: 'given_up', next: { next: 'nothing' } },
    ]);
    await add(page, { role: 'secondary', consent }, 'pm_card_amex');
    await page.work();
    expect((await page.theCase()).progress).toMatchObject({
      state: 'recovered',
      role: 'secondary',
    });
  });

  test('are tried although Stripe has a fault under the key of the new primary', async () => {
    const page = await openRefused();
    const fresh = await add(page, { role: 'spare' }, 'pm_card_amex');
    const path = '/v1/customers/*';
    page.local.control.faults.add({ method: 'POST', path, kind: '500_before', count: 1 });
    expect((await setRoles(page, { primary: fresh, secondary: null })).status).toBe(503);
    const { unfinished } = await page.theCustomer();
    expect(unfinished).toMatchObject([{ kind: 'set_primary', method: fresh }]);
    expect(page.audit().map(({ what }) => what)).toContain('roles_changed');
    await page.work();
    expect(await page.theCase()).toMatchObject({
      progress: { state: 'recovered', role: 'primary' },
    });
    // The old primary stays until Stripe has the new one.
    const version = (await page.theCustomer()).version;
    const method = { path: { method: page.ids.primary }, query: { version: String(version) } };
    expect((await page.ask('DELETE /portal/methods/{method}', method)).status).toBe(503);
    const { customer } = await page.stripe.paymentMethods.retrieve(page.ids.primary);
    expect(customer).toBe(page.ids.customer);
  });

  test('stay asleep where no usable method took a role', async () => {
    const page = await openRefused();
    const { primary, secondary } = page.ids;
    // Refused cards swap their roles; a spare one has none; the same refused card comes again.
    await setRoles(page, { primary: secondary, secondary: primary, consent });
    await add(page, { role: 'spare' }, 'pm_card_amex');
    const again = await add(page, { role: 'spare' }, 'pm_card_visa');
    expect(rolesOf(await viewOf(page))).toMatchObject({ secondary: again });
    await setRoles(page, { primary: secondary, secondary: null });
    expect(await page.theCase()).toMatchObject({ retryWanted: 0, progress: { state: 'waiting' } });
    expect(page.queues.waiting().filter(({ queue }) => queue === 'retryNow')).toEqual([]);
  });

  test('are tried with nothing behind a block, which no role and no new copy lifts', async () => {
    const page = await openPage({ owes: true });
    const { ids, local, account } = page;
    local.control.setCardOutcomes(ids.secondary, ['stolen_card']);
    await page.work();
    page.clock.advance(minuteMs);
    await page.work();
    const dead = await account.records.method(
      customerId(ids.customer),
      paymentMethodId(ids.secondary),
    );
    const ledger = () => account.records.ledger(dead?.fingerprint ?? '');
    const before = await ledger();
    expect(before.blocks).toMatchObject([{ scope: 'card' }]);

    await setRoles(page, { primary: ids.secondary, secondary: ids.primary, consent });
    await add(page, { role: 'primary' }, 'pm_card_mastercard');
    await page.work();
    expect((await ledger()).blocks).toEqual(before.blocks);
    expect((await page.theCase()).retryWanted).toBe(0);
    const { data } = await page.stripe.charges.list({ customer: ids.customer, limit: 100 });
    const tries = data.filter(
      ({ payment_method_details: details }) => details?.card?.brand === 'mastercard',
    );
    expect(tries).toHaveLength(1);
  });
});
