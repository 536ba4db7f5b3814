import { describe, expect, test } from 'vitest';
import { hintedCase } from '../../../functions/domain/case/dunning-case.ts';
import { invoiceId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { dayMs, hourMs } from '../../../functions/domain/time.ts';
import {
  cardFacts,
  declined,
  invoiceFactsOf,
  noon,
  theCustomer,
  theInvoice,
  thePrimary,
  theSecondary,
} from '../../twins/examples.ts';
import { createWorld, expectAtRest, type World } from './fixtures/world.ts';

const mastercard = { brand: 'mastercard' };
/** "Try again after two days". */
const inTwoDays = declined('generic_decline', { networkAdviceCode: '26' });

/** The same customer owes a second invoice. */
async function oweAnother({ stripe, records, clock }: World) {
  const invoice = invoiceId('in_2');
  const { charges, paymentProcessing, customer, ...example } = invoiceFactsOf();
  stripe.putInvoice({ ...example, invoice, primary: thePrimary });
  await records.addCase(hintedCase(theCustomer, invoice, clock.now()));
}

describe('a dead card', () => {
  test('is dead as well where it was added again before anybody looked', async () => {
    const world = await createWorld({
      primary: { bank: declined('pickup_card') },
      secondary: null,
    });
    world.stripe.tryByItself(theInvoice);
    const again = paymentMethodId('pm_again');
    world.stripe.putMethod(cardFacts({ method: again, fingerprint: 'fp-pm_primary' }), 'pays');
    world.stripe.changeInvoice(theInvoice, { primary: again });
    await world.event('invoice.payment_failed');
    await world.work();
    expect(world.ourCharges()).toEqual([]);
    const { blocks } = await world.ledger('fp-pm_primary');
    expect(blocks).toMatchObject([{ kind: 'card_dead', scope: 'card', source: 'ch_1' }]);
  });
});

describe('a network that asks to wait', () => {
  test('after Stripe’s own try: it is no try of ours, and no pass runs before', async () => {
    const world = await createWorld({
      primary: { bank: inTwoDays, facts: mastercard },
      secondary: null,
    });
    await world.renewalFails();
    await world.work();

    expect(world.ourCharges()).toEqual([]);
    const { nextScheduledAt } = await world.theCase();
    expect(nextScheduledAt).toBeGreaterThanOrEqual(noon + 2 * dayMs);
    expect((await world.ledger('fp-pm_primary')).waits).toEqual([
      { source: 'ch_1', until: noon + 2 * dayMs },
    ]);
    world.stripe.setBank(thePrimary, 'pays');
    await world.later(2 * dayMs - hourMs);
    expect(world.ourCharges()).toEqual([]);
    await world.later(2 * hourMs);
    expect(world.ourCharges()).toEqual(['primary succeeded']);
    await expectAtRest(world);
  });

  test('keeps other invoices from that card too, wanted or not', async () => {
    const world = await createWorld({
      primary: { bank: inTwoDays, facts: mastercard },
      secondary: null,
    });
    await world.renewalFails();
    await world.work();
    await oweAnother(world);
    await world.minutes(3);
    expect(world.ourCharges()).toEqual([]);
    const other = await world.records.case(theCustomer, invoiceId('in_2'));
    expect(other?.progress).toMatchObject({ state: 'waiting' });
    expect(other?.nextScheduledAt).toBeGreaterThanOrEqual(noon + 2 * dayMs);
  });

  test('leaves the backup free', async () => {
    const world = await createWorld({ primary: { bank: inTwoDays, facts: mastercard } });
    await world.renewalFails();
    await world.work();
    expect(world.ourCharges()).toEqual(['secondary succeeded']);
  });

  test('in the answer to a try of ours: known before the outcome is on record', async () => {
    const world = await createWorld({
      secondary: { bank: inTwoDays, facts: mastercard },
    });
    await world.renewalFails();
    await world.work();
    expect(world.ourCharges()).toEqual(['primary failed', 'secondary failed']);
    const { waits } = await world.ledger('fp-pm_secondary');
    expect(waits).toMatchObject([{ source: 'ch_3' }]);
    // The schedule's next pass comes before: it has the primary to try, and leaves the backup.
    await world.later(22 * hourMs);
    expect(world.ourCharges().slice(2)).toEqual(['primary failed']);
    await expectAtRest(world);
  });
});

describe('the ledger of a card', () => {
  test('counts Stripe’s own try and ours, each once', async () => {
    const world = await createWorld({ secondary: null });
    await world.renewalFails();
    await world.work();
    await world.later(22 * hourMs);
    const { slots } = await world.ledger('fp-pm_primary');
    expect(slots.map(({ key, charge }) => [key, charge])).toEqual([
      ['ch_1', undefined],
      ['backstop-in_1-1-pm_primary', 'ch_2'],
      ['backstop-in_1-2-pm_primary', 'ch_3'],
    ]);
  });

  test('counts a try once whose answer was lost', async () => {
    const world = await createWorld({ secondary: null });
    world.stripe.disturbNext('lost_after');
    await world.renewalFails();
    await world.work();
    await world.minutes(20);
    await world.later(22 * hourMs);
    const { slots } = await world.ledger('fp-pm_primary');
    expect(slots.map(({ charge }) => charge)).toEqual([undefined, 'ch_2', 'ch_3']);
  });

  test('counts a bank’s request to confirm once', async () => {
    const world = await createWorld({
      primary: { bank: declined('insufficient_funds') },
      secondary: { bank: declined('authentication_required') },
    });
    await world.renewalFails();
    await world.work();
    await world.later(22 * hourMs);
    const { slots } = await world.ledger('fp-pm_secondary');
    expect(slots).toMatchObject([{ key: 'backstop-in_1-1-pm_secondary', charge: 'ch_2' }]);
  });

  test('counts a debit once that came back', async () => {
    const world = await createWorld({ secondary: { bank: 'processes' } });
    await world.renewalFails();
    await world.work();
    world.stripe.settleProcessing(theInvoice, 'failed');
    await world.event('invoice.payment_failed');
    await world.work();
    const { slots } = await world.ledger('fp-pm_secondary');
    expect(slots).toMatchObject([{ key: 'backstop-in_1-2-pm_secondary', charge: 'ch_3' }]);
  });
});

describe('a bank debit', () => {
  const account = {
    type: 'us_bank_account',
    brand: null,
    expMonth: null,
    expYear: null,
  };

  test('whose mandate ended is not tried, and the backup is next', async () => {
    const world = await createWorld({ primary: { facts: account } });
    world.stripe.setMandate(thePrimary, 'inactive');
    await world.renewalFails();
    await world.work();
    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    expect((await world.ledger('fp-pm_primary')).slots).toHaveLength(1);
  });

  test('is presented three times at most, Stripe’s own try included', async () => {
    const world = await createWorld({
      primary: { bank: declined('insufficient_funds'), facts: account },
      secondary: null,
    });
    await world.renewalFails();
    await world.work();
    for (let days = 0; days < 40; days += 1) await world.later(dayMs);
    expect(world.ourCharges()).toEqual(['primary failed', 'primary failed']);
    expect((await world.theCase()).progress.state).toBe('exhausted');
  });
});

test('a card of another brand is not what was agreed to: it is not tried, nor is it as backup', async () => {
  const world = await createWorld({ secondary: { facts: { brand: 'visa' } } });
  await world.renewalFails();
  world.stripe.putMethod(
    { ...((await world.stripe.paymentMethod(theSecondary)) ?? never()), brand: 'mastercard' },
    'pays',
  );
  await world.work();
  expect(world.ourCharges()).toEqual(['primary failed']);
  const method = await world.records.method(theCustomer, theSecondary);
  expect(method?.brandBefore).toBe('visa');
});

function never(): never {
  throw new Error('The test has that method.');
}
