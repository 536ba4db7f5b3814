import { describe, expect, test } from 'vitest';
import { ledgerCard, standingBlock } from '../../../functions/domain/decline/card-ledger.ts';
import { lastCharge, look, methodOf, openPaid, told } from '../retry/fixtures/looks.ts';

const list = 'GET /staff/cases';
const acknowledge = 'POST /staff/customers/{customer}/cases/{invoice}/acknowledge';
const unblock = 'DELETE /staff/customers/{customer}/methods/{method}/block';

/** A payment that is disputed. */
async function openDisputed() {
  const page = await openPaid();
  const charge = lastCharge(page);
  page.local.control.openDispute(charge, 'fraudulent');
  await look(page, 'dispute', charge);
  await page.work();
  const source = page.local.control.state().tables.disputes[0]?.id ?? '';
  const { customer, invoice, primary } = page.ids;
  const listed = async (query: Record<string, string>) => {
    const { status, body } = await page.ask(list, { query });
    expect(status).toBe(200);
    const cases: readonly { readonly invoice: string }[] = Object(body).cases;
    return cases.map((each) => each.invoice);
  };
  return {
    page,
    source,
    charge,
    listed,
    path: { customer, invoice },
    ofMethod: { customer, method: primary },
    block: async () => {
      const method = await methodOf(page, 'primary');
      const ledger = await page.account.records.ledger(ledgerCard(method));
      return { block: standingBlock(ledger, method), suspended: method.suspended };
    },
  };
}

describe('a disputed payment', () => {
  test('is listed although its case has ended, and shown with its case', async () => {
    const { page, source, charge, listed, path } = await openDisputed();
    expect(await listed({})).toEqual([path.invoice]);
    expect(await listed({ troubles: 'true' })).toEqual([path.invoice]);
    expect(await listed({ state: 'waiting' })).toEqual([]);
    const show = 'GET /staff/customers/{customer}/cases/{invoice}';
    const { body } = await page.ask(show, { path });
    expect(body).toMatchObject({
      state: 'recovered',
      troubles: [
        {
          source,
          kind: 'dispute',
          reason: 'fraudulent',
          charge,
          method: page.ids.primary,
          amount: { amount: 2900, currency: 'usd' },
        },
      ],
    });
  });

  test('that staff have dealt with leaves the list, with who did it and why; the block stays', async () => {
    const { page, source, listed, path, block } = await openDisputed();
    const body = { reason: 'refunded' };
    const done = await page.ask(acknowledge, { path, body });
    expect(done).toMatchObject({ status: 200, body: { state: 'recovered', troubles: [] } });
    await page.work();
    expect(await listed({})).toEqual([]);
    expect((await told(page)).slice(-2)).toMatchObject([
      { kind: 'by_hand', action: 'acknowledge', reason: 'refunded' },
      { kind: 'trouble_ended', source, how: 'acknowledged' },
    ]);
    expect(page.audit()).toMatchObject([
      { what: 'trouble_acknowledged', reason: 'refunded', from: { troubles: [source] } },
    ]);
    expect(await block()).toMatchObject({ block: { source }, suspended: { source } });
    // The same once more changes nothing.
    const before = page.table.items();
    expect(await page.ask(acknowledge, { path, body })).toMatchObject({ status: 200 });
    expect(page.table.items()).toEqual(before);
  });

  test('does not come back when Stripe tells of it once more', async () => {
    const { page, charge, listed, path } = await openDisputed();
    await page.ask(acknowledge, { path, body: { reason: 'refunded' } });
    await look(page, 'dispute', charge);
    await page.work();
    await look(page, 'dispute', charge);
    expect(await listed({})).toEqual([]);
  });

  test('blocks until staff lift it, and is not blocked anew', async () => {
    const { page, charge, ofMethod, block } = await openDisputed();
    const lifted = await page.ask(unblock, { path: ofMethod, query: { reason: 'a mistake' } });
    expect(lifted).toMatchObject({ status: 200, body: { lifted: { kind: 'dispute' } } });
    expect(await block()).toEqual({ block: null, suspended: null });
    await look(page, 'dispute', charge);
    expect(await block()).toEqual({ block: null, suspended: null });
    expect(page.audit()).toMatchObject([
      { what: 'block_lifted', from: { kind: 'dispute', suspended: 'dispute' } },
    ]);
  });
});

test('a case without a trouble is not among those with one, and needs no acknowledging', async () => {
  const page = await openPaid();
  const { customer, invoice } = page.ids;
  const { body } = await page.ask(list, { query: { troubles: 'true' } });
  expect(body).toMatchObject({ cases: [] });
  const asked = { path: { customer, invoice }, body: { reason: 'nothing' } };
  expect(await page.ask(acknowledge, asked)).toMatchObject({ status: 200 });
  expect(page.audit()).toEqual([]);
  expect(await page.ask(list, { query: { troubles: 'yes' } })).toMatchObject({ status: 400 });
});
