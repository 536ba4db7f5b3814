import { describe, expect, test } from 'vitest';
import { customerId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { dayMs, hourMs, isoInstant } from '../../../functions/domain/time.ts';
import { type Desk, ofCase, openDesk, openRenewal, type Renewal, sam } from './fixtures/desk.ts';

const method = '/staff/customers/{customer}/methods/{method}';
const unblock = `DELETE ${method}/block` as const;
const authorise = `PUT ${method}/authorisation` as const;
const bankAccounts = 'POST /staff/customers/{customer}/bank-accounts';
const show = 'GET /staff/customers/{customer}';
const retry = 'POST /staff/customers/{customer}/cases/{invoice}/retry';

const audited = (desk: Desk) =>
  desk.table
    .items()
    .filter(({ sk }) => sk.startsWith('AUDIT#'))
    .map(({ what }) => what);

const chargesWith = async (desk: Desk, { customer }: Renewal, card: string) =>
  (await desk.stripe.charges.list({ customer, limit: 100 })).data.filter(
    ({ payment_method }) => payment_method === card,
  );

describe('a block', () => {
  /** The backup is refused as stolen: no invoice tries it again. */
  async function openStolen() {
    const desk = await openDesk();
    const ada = await openRenewal(desk);
    desk.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
    desk.local.control.setCardOutcomes(ada.secondary, ['stolen_card']);
    await desk.work();
    return { desk, ada, path: { customer: ada.customer, method: ada.secondary } };
  }

  test('is lifted with a reason; seeing the old refusal again does not raise it anew', async () => {
    const { desk, ada, path } = await openStolen();
    const block = { scope: 'card', kind: 'card_dead' };
    expect((await desk.ask(show, { path: { customer: ada.customer } })).body).toMatchObject({
      blocks: [{ method: ada.secondary, ...block }],
    });
    desk.clock.advance(hourMs);
    await desk.ask(retry, ofCase(ada));
    await desk.work();
    expect(await chargesWith(desk, ada, ada.secondary)).toHaveLength(1);

    const query = { reason: 'the bank rang: a mistake' };
    const lift = () => desk.ask(unblock, { path, query });
    expect(await lift()).toMatchObject({ status: 200, body: { lifted: block } });
    expect(await lift()).toMatchObject({ status: 200, body: { lifted: null } });
    expect(audited(desk)).toContain('block_lifted');
    expect((await desk.ask(show, { path: { customer: ada.customer } })).body).toMatchObject({
      blocks: [],
    });

    // The pass sees the refusal as stolen at Stripe once more, and charges all the same.
    desk.local.control.setCardOutcomes(ada.secondary, ['succeeded']);
    await desk.ask(retry, ofCase(ada));
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({
      progress: { state: 'recovered', role: 'secondary' },
    });
  });

  test('comes back with the next refusal of its kind', async () => {
    const { desk, ada, path } = await openStolen();
    desk.clock.advance(hourMs);
    await desk.ask(unblock, { path, query: { reason: 'a mistake' } });
    await desk.ask(retry, ofCase(ada));
    await desk.work();
    expect(await chargesWith(desk, ada, ada.secondary)).toHaveLength(2);
    desk.clock.advance(dayMs);
    await desk.ask(retry, ofCase(ada));
    await desk.work();
    expect(await chargesWith(desk, ada, ada.secondary)).toHaveLength(2);
  });

  test('is lifted for all invoices of the card, also after a death in between', async () => {
    const { desk, ada, path } = await openStolen();
    desk.clock.advance(hourMs);
    const { saveLedger } = desk.staff.records;
    const dies = { now: true };
    Object.assign(desk.staff.records, {
      saveLedger: (ledger: Parameters<typeof saveLedger>[0]) =>
        dies.now ? Promise.reject(new Error('The process died.')) : saveLedger(ledger),
    });
    await expect(desk.ask(unblock, { path, query: { reason: 'a mistake' } })).rejects.toThrow();
    dies.now = false;
    await desk.ask('GET /staff/customers/{customer}/audit', { path: { customer: ada.customer } });
    const stored = await desk.staff.records.customer(customerId(ada.customer));
    expect(stored?.unfinished).toContainEqual(expect.objectContaining({ kind: 'lift_block' }));
    // The same request again finishes what was left.
    await desk.ask(unblock, { path, query: { reason: 'a mistake' } });
    expect((await desk.ask(show, { path: { customer: ada.customer } })).body).toMatchObject({
      blocks: [],
    });
  });

  test('of a method that is not theirs is not found', async () => {
    const { desk, ada } = await openStolen();
    const path = { customer: ada.customer, method: 'pm_other' };
    expect(await desk.ask(unblock, { path, query: { reason: 'x' } })).toMatchObject({
      status: 404,
    });
  });
});

describe('a signed authorisation', () => {
  const signed = { name: 'Ada', reference: 'ticket 4711' };

  test('is on record with who signed and where it is; the same again changes nothing', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk, { backup: false });
    const path = { customer: ada.customer, method: ada.secondary };
    const recordedAt = isoInstant(desk.clock.now());
    const answer = { status: 200, body: { authorisation: { ...signed, recordedAt } } };
    expect(await desk.ask(authorise, { path, body: signed })).toMatchObject(answer);
    desk.clock.advance(1000);
    expect(await desk.ask(authorise, { path, body: signed })).toMatchObject(answer);
    const stored = await desk.account.records.method(
      customerId(ada.customer),
      paymentMethodId(ada.secondary),
    );
    expect(stored?.consent).toMatchObject({
      source: 'staff',
      name: 'Ada',
      evidence: 'ticket 4711',
    });
    const { body } = await desk.ask('GET /staff/customers/{customer}/audit', {
      path: { customer: ada.customer },
    });
    expect(body).toMatchObject({
      entries: [
        {
          what: 'authorisation_recorded',
          about: ada.secondary,
          by: { arn: sam },
          to: { source: 'staff', ...signed },
        },
      ],
    });
  });

  test('of a backup without consent lets its open invoice be tried at once', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk, { backup: false });
    const customer = customerId(ada.customer);
    const stored = await desk.account.records.customer(customer);
    if (stored === null) throw new Error('The customer is on record.');
    const secondary = paymentMethodId(ada.secondary);
    await desk.account.records.saveCustomer({ ...stored, secondary, version: stored.version + 1 });
    desk.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({ progress: { state: 'waiting' } });
    const path = { customer: ada.customer, method: ada.secondary };
    await desk.ask(authorise, { path, body: signed });
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({
      progress: { state: 'recovered', role: 'secondary' },
    });
  });

  test('for a method of nobody is refused', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk);
    const path = { customer: ada.customer, method: 'pm_card_visa' };
    expect(await desk.ask(authorise, { path, body: signed })).toMatchObject({ status: 404 });
  });
});

describe('a bank account', () => {
  const signed = { name: 'Ada', reference: 'form 12' };

  async function openBank() {
    const desk = await openDesk();
    const ada = await openRenewal(desk, { backup: false });
    const { id } = await desk.stripe.paymentMethods.create({
      type: 'us_bank_account',
      billing_details: { name: 'Ada' },
      us_bank_account: {
        account_holder_type: 'individual',
        account_number: '000123456789',
        routing_number: '110000000',
      },
    });
    const add = (account = id) =>
      desk.ask(bankAccounts, {
        path: { customer: ada.customer },
        body: { method: account, ...signed },
      });
    return { desk, ada, account: id, add };
  }

  test('is verified by small deposits first, and the backup once that is done', async () => {
    const { desk, ada, account, add } = await openBank();
    const verifying = {
      status: 202,
      body: {
        state: 'verifying',
        method: account,
        setupIntent: expect.stringMatching(/^seti_/),
        verificationUrl: expect.stringMatching(/^http/),
        depositsArriveAt: expect.stringMatching(/Z$/),
      },
    };
    const first = await add();
    expect(first).toEqual(verifying);
    expect(await add()).toEqual(first);
    expect(
      audited(desk).filter((what) => what === 'bank_account_verification_started'),
    ).toHaveLength(1);

    const { data } = await desk.stripe.setupIntents.list({ customer: ada.customer });
    expect(data).toHaveLength(1);
    // Otherwise Stripe wants to know where to send somebody who is not there.
    expect(data[0]?.automatic_payment_methods).toMatchObject({ allow_redirects: 'never' });
    await desk.stripe.setupIntents.verifyMicrodeposits(data[0]?.id ?? '', { amounts: [32, 45] });
    const added = {
      status: 200,
      body: { state: 'added', mandate: expect.stringMatching(/^mandate_/) },
    };
    expect(await add()).toMatchObject(added);
    const log = audited(desk);
    expect(await add()).toMatchObject(added);
    expect(audited(desk)).toEqual(log);
    expect(log).toEqual(expect.arrayContaining(['bank_account_added', 'roles_changed']));
    const customer = await desk.account.records.customer(customerId(ada.customer));
    expect(customer).toMatchObject({ secondary: account });
    const stored = await desk.account.records.method(
      customerId(ada.customer),
      paymentMethodId(account),
    );
    expect(stored).toMatchObject({
      type: 'us_bank_account',
      consent: {
        source: 'staff',
        name: 'Ada',
        evidence: expect.stringMatching(/^form 12 \(mandate /),
      },
    });
  });

  test('with an active mandate is the backup at once, and pays what the card does not', async () => {
    const { desk, ada, account, add } = await openBank();
    const setup = await desk.stripe.setupIntents.create({
      customer: ada.customer,
      payment_method: account,
      payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
      mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
      confirm: true,
    });
    await desk.stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [32, 45] });
    expect(await add()).toMatchObject({ status: 200, body: { mandate: setup.mandate } });
    desk.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({ progress: { state: 'processing' } });
  });

  test('cannot be a card, nor somebody else’s', async () => {
    const { desk, ada, add } = await openBank();
    expect(await add(ada.secondary)).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:not-a-bank-account' },
    });
    const other = await desk.stripe.customers.create();
    const theirs = await desk.stripe.paymentMethods.attach('pm_card_visa', { customer: other.id });
    expect(await add(theirs.id)).toMatchObject({ status: 404 });
    expect(await add('pm_nothing')).toMatchObject({ status: 404 });
  });

  test('of a kind without deposits needs its mandate made at Stripe', async () => {
    const { desk, add } = await openBank();
    const { id } = await desk.stripe.paymentMethods.create({
      type: 'sepa_debit',
      billing_details: { name: 'Ada', email: 'ada@example.com' },
      sepa_debit: { iban: 'DE89370400440532013000' },
    });
    expect(await add(id)).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:no-mandate' },
    });
  });
});
