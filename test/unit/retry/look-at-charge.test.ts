import { describe, expect, test } from 'vitest';
import { hintedCase } from '../../../functions/domain/case/dunning-case.ts';
import { recordPaymentMethod } from '../../../functions/domain/customer/payment-method.ts';
import { ledgerCard, standingBlock } from '../../../functions/domain/decline/card-ledger.ts';
import { chargeId, customerId, invoiceId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { minuteMs } from '../../../functions/domain/time.ts';
import { ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { openPage, type Page } from '../customer-api/fixtures/page.ts';
import { lastCharge, look, lookIn, methodOf, openPaid, save, told } from './fixtures/looks.ts';

const ledgerOf = async (page: Page, which: 'primary' | 'secondary') =>
  page.account.records.ledger(ledgerCard(await methodOf(page, which)));

/** What stands against the primary and its case. */
async function standing(page: Page) {
  const method = await methodOf(page, 'primary');
  const block = standingBlock(await ledgerOf(page, 'primary'), method);
  return {
    block: block && { kind: block.kind, source: block.source },
    suspended: method.suspended && { why: method.suspended.why, source: method.suspended.source },
    troubles: ((await page.theCase()).troubles ?? []).map(({ source }) => source),
  };
}

const disputeOf = ({ local }: Page) => local.control.state().tables.disputes[0]?.id ?? '';
const inOpenIndex = ({ table }: Page) =>
  table.items().some((item) => item.sk.startsWith('V#CASE#') && item.openShard !== undefined);

describe('a refused charge', () => {
  test("takes a slot of its card's ledger, once", async () => {
    const page = await openPage({ owes: true });
    const charge = lastCharge(page);
    await look(page, 'failed', charge);
    await look(page, 'failed', charge);
    const { slots } = await ledgerOf(page, 'primary');
    expect(slots).toMatchObject([{ key: charge, amount: { amount: 2900, currency: 'usd' } }]);
  });

  test('that says the card is dead blocks it', async () => {
    const page = await openPage({ owes: true });
    page.local.control.setCardOutcomes(page.ids.primary, ['stolen_card']);
    await page.stripe.invoices.pay(page.ids.invoice).catch(() => undefined);
    const charge = lastCharge(page);
    await look(page, 'failed', charge);
    expect(await standing(page)).toMatchObject({ block: { kind: 'card_dead', source: charge } });
  });

  test('of a card that nobody here knows counts for the day on which it is added', async () => {
    const page = await openPage();
    const stranger = await page.stripe.customers.create({});
    const card = await page.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: stranger.id,
    });
    await page.stripe.paymentIntents
      .create({
        amount: 500,
        currency: 'usd',
        customer: stranger.id,
        payment_method: card.id,
        confirm: true,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      })
      .catch(() => undefined);
    const charge = lastCharge(page);
    await look(page, 'failed', charge);
    const ledger = await page.account.records.ledger(card.card?.fingerprint ?? '');
    expect(ledger).toMatchObject({ slots: [{ key: charge }], blocks: [] });
  });

  test('of a card that nobody here knows, and that says it is dead, blocks it for that day', async () => {
    const page = await openPage();
    const { id: customer } = await page.stripe.customers.create({});
    const card = await page.stripe.paymentMethods.attach('pm_card_visa', { customer });
    page.local.control.setCardOutcomes(card.id, ['stolen_card']);
    const automatic = { enabled: true, allow_redirects: 'never' } as const;
    await page.stripe.paymentIntents
      .create({
        ...{ amount: 500, currency: 'usd', customer, payment_method: card.id, confirm: true },
        automatic_payment_methods: automatic,
      })
      .catch(() => undefined);
    const charge = lastCharge(page);
    await look(page, 'failed', charge);
    const { blocks } = await page.account.records.ledger(card.card?.fingerprint ?? '');
    expect(blocks).toMatchObject([{ kind: 'card_dead', scope: 'card', source: charge }]);
  });

  test('that Stripe does not know changes nothing', async () => {
    const page = await openPage();
    const before = page.table.items();
    await look(page, 'failed', chargeId('ch_unknown'));
    expect(page.table.items()).toEqual(before);
  });
});

describe('a dispute', () => {
  test('blocks the card, suspends the consent, and is an item for staff; nothing is charged', async () => {
    const page = await openPaid();
    const charge = lastCharge(page);
    page.local.control.openDispute(charge, 'fraudulent');
    const charges = page.local.control.charges().length;
    await look(page, 'dispute', charge);
    await page.work();
    const source = disputeOf(page);
    expect(await standing(page)).toEqual({
      block: { kind: 'dispute', source },
      suspended: { why: 'dispute', source },
      troubles: [source],
    });
    expect(await told(page)).toMatchObject([
      { kind: 'trouble', trouble: { source, kind: 'dispute', reason: 'fraudulent', charge } },
    ]);
    expect(inOpenIndex(page)).toBe(true);
    expect((await page.theCase()).progress.state).toBe('recovered');
    expect(page.local.control.charges()).toHaveLength(charges);
  });

  test('that is won ends by itself; the block stays until staff lift it', async () => {
    const page = await openPaid();
    const charge = lastCharge(page);
    page.local.control.openDispute(charge, 'general');
    await look(page, 'dispute', charge);
    const source = disputeOf(page);
    page.local.control.decideDispute(source, true);
    await look(page, 'dispute', charge);
    await page.work();
    expect(await standing(page)).toMatchObject({ block: { source }, troubles: [] });
    expect(inOpenIndex(page)).toBe(false);
    expect((await told(page)).at(-1)).toEqual({ kind: 'trouble_ended', source, how: 'won' });
  });

  test('that is lost stays until staff have dealt with it, and is told once', async () => {
    const page = await openPaid();
    const charge = lastCharge(page);
    page.local.control.openDispute(charge, 'general');
    await look(page, 'dispute', charge);
    const source = disputeOf(page);
    page.local.control.decideDispute(source, false);
    await look(page, 'dispute', charge);
    await page.work();
    await look(page, 'dispute', charge);
    await page.work();
    expect(await standing(page)).toMatchObject({ troubles: [source] });
    expect(await told(page)).toMatchObject([
      { kind: 'trouble' },
      { kind: 'trouble_ended', source, how: 'lost' },
    ]);
  });

  test('that was over before it was seen needs nobody', async () => {
    const page = await openPaid();
    const charge = lastCharge(page);
    page.local.control.openDispute(charge, 'general');
    page.local.control.decideDispute(disputeOf(page), true);
    await look(page, 'dispute', charge);
    expect(await standing(page)).toEqual({ block: null, suspended: null, troubles: [] });
  });

  test.each([
    ['an invoice without a case', 'in_other'],
    ['an invoice that is none of ours', null],
  ])('of %s is none of ours', async (_, invoice) => {
    const page = await openPaid();
    const stored = await page.theCase();
    if (invoice === null) {
      const progress = { state: 'closed', reason: 'not_ours', endedAt: page.clock.now() } as const;
      await save(page, stored, { progress });
    }
    const charge =
      invoice === null
        ? lastCharge(page)
        : chargeId(
            String(
              (
                await page.stripe.paymentIntents.create({
                  amount: 500,
                  currency: 'usd',
                  customer: page.ids.customer,
                  payment_method: page.ids.primary,
                  confirm: true,
                  automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
                })
              ).latest_charge,
            ),
          );
    page.local.control.openDispute(charge, 'fraudulent');
    await look(page, 'dispute', charge);
    expect(await standing(page)).toEqual({ block: null, suspended: null, troubles: [] });
  });
});

test('a warning of fraud does what a dispute does, and both stand side by side', async () => {
  const page = await openPaid();
  const charge = lastCharge(page);
  page.local.control.warnOfFraud(charge, 'unauthorized_use_of_card');
  await look(page, 'warning', charge);
  const warning = page.local.control.state().tables.early_fraud_warnings[0]?.id ?? '';
  expect(await standing(page)).toEqual({
    block: { kind: 'early_fraud_warning', source: warning },
    suspended: { why: 'early_fraud_warning', source: warning },
    troubles: [warning],
  });
  page.local.control.openDispute(charge, 'fraudulent');
  await look(page, 'dispute', charge);
  expect(await standing(page)).toMatchObject({ troubles: [warning, disputeOf(page)] });
});

describe('where the process dies', () => {
  test.each(['before', 'after'] as const)('%s any call, all is there once', async (when) => {
    const life = startLife();
    const counted = await disputed();
    await lookIn(counted, life, 'dispute', lastCharge(counted));
    expect(life.calls()).toBeGreaterThan(5);
    for (let call = 1; call <= life.calls(); call += 1) {
      const page = await disputed();
      const charge = lastCharge(page);
      const dying = lookIn(page, startLife({ call, when }), 'dispute', charge);
      await expect(dying).rejects.toThrow(ProcessDied);
      await look(page, 'dispute', charge);
      page.clock.advance(20 * minuteMs);
      await page.work();
      const source = disputeOf(page);
      expect(await standing(page)).toEqual({
        block: { kind: 'dispute', source },
        suspended: { why: 'dispute', source },
        troubles: [source],
      });
      expect(await told(page)).toMatchObject([{ kind: 'trouble' }]);
    }
  });

  async function disputed(): Promise<Page> {
    const page = await openPaid();
    page.local.control.openDispute(lastCharge(page), 'fraudulent');
    return page;
  }
});

describe('a bank debit that comes back after it had settled', () => {
  /** A renewal that was debited from an American account and came back with this code. */
  async function returned(code: string) {
    const page = await openPage();
    const { stripe, local, clock, ids } = page;
    const setup = await stripe.setupIntents.create({
      customer: ids.customer,
      payment_method: 'pm_usBankAccount_success',
      mandate_data: { customer_acceptance: { type: 'offline' } },
      confirm: true,
    });
    const { payment_method: account } = await stripe.setupIntents.verifyMicrodeposits(setup.id, {
      amounts: [32, 45],
    });
    const debit = paymentMethodId(String(account));
    await stripe.customers.update(ids.customer, {
      invoice_settings: { default_payment_method: debit },
    });
    const { data } = await stripe.subscriptions.list({ customer: ids.customer });
    const invoice = local.control.renewNow(data[0]?.id ?? '');
    const charge = lastCharge(page);
    local.control.settleDebit(charge);
    const customer = customerId(ids.customer);
    await page.account.records.addCase(hintedCase(customer, invoiceId(invoice.id), clock.now()));
    const facts = await page.account.stripe.paymentMethod(debit);
    if (facts === null) throw new Error('Stripe has the account.');
    await page.account.records.addMethod(recordPaymentMethod(customer, facts, null));
    local.control.returnDebit(charge, code);
    await look(page, 'dispute', charge);
    const method = await page.account.records.method(customer, debit);
    if (method === null) throw new Error('The account is on record.');
    return {
      method,
      ledger: await page.account.records.ledger(ledgerCard(method)),
      stored: await page.account.records.case(customer, invoiceId(invoice.id)),
      source: disputeOf(page),
    };
  }

  test('because the account holder says so: it is debited no more', async () => {
    const { method, ledger, stored, source } = await returned('R10');
    expect(stored?.troubles).toMatchObject([{ kind: 'reversal', source, method: method.method }]);
    expect(method.suspended).toMatchObject({ why: 'reversal', source });
    expect(standingBlock(ledger, method)).toMatchObject({ kind: 'dispute', source });
  });

  test('for want of money: staff see it, and nothing stands against the account', async () => {
    const { method, ledger, stored } = await returned('R01');
    expect(stored?.troubles).toMatchObject([{ kind: 'reversal', reason: 'insufficient_funds' }]);
    expect(method.suspended).toBeNull();
    expect(standingBlock(ledger, method)).toBeNull();
  });
});
