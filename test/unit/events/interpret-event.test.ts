import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { handledEventTypes } from '../../../functions/domain/stripe/stripe-events.ts';
import { interpretEvent } from '../../../functions/events/interpret-event.ts';

interface Data {
  readonly object: unknown;
  readonly previous_attributes?: Readonly<Record<string, unknown>> | null;
}

const hintOf = (type: string, data: Data) =>
  interpretEvent({ id: 'evt_1', type, created: 1_700_000_000, livemode: false, data }, false)?.hint;

const customer = { hint: 'customer', customer: 'cus_1' };
const invoice = { customer: 'cus_1', invoice: 'in_1' };

test('Stripe lists events of at most 20 types at once', () => {
  expect(handledEventTypes.length).toBeLessThanOrEqual(20);
});

test('the README listens to exactly the types that are handled', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, types = ''] = /--events (\S+)/.exec(readme) ?? [];
  expect(types.split(',')).toEqual(handledEventTypes);
});

describe('an event is a hint at the object that is worth a look', () => {
  test.each<[string, Data, object]>([
    [
      'invoice.paid',
      { object: { id: 'in_1', customer: 'cus_1' } },
      { hint: 'settled', ...invoice },
    ],
    [
      'charge.failed',
      { object: { id: 'ch_1', customer: 'cus_1' } },
      { hint: 'charge_failed', customer: 'cus_1', charge: 'ch_1' },
    ],
    [
      'charge.dispute.created',
      { object: { id: 'dp_1', charge: 'ch_1' } },
      { hint: 'disputed', charge: 'ch_1' },
    ],
    [
      'charge.dispute.closed',
      { object: { id: 'dp_1', charge: { id: 'ch_1' } } },
      { hint: 'disputed', charge: 'ch_1' },
    ],
    [
      'radar.early_fraud_warning.created',
      { object: { id: 'issfr_1', charge: 'ch_1' } },
      { hint: 'warned', charge: 'ch_1' },
    ],
    ['customer.deleted', { object: { id: 'cus_1' } }, customer],
    ['customer.subscription.deleted', { object: { id: 'sub_1', customer: 'cus_1' } }, customer],
    ['customer.subscription.paused', { object: { id: 'sub_1', customer: 'cus_1' } }, customer],
    ['payment_method.updated', { object: { id: 'pm_1', customer: 'cus_1' } }, customer],
    [
      'payment_method.automatically_updated',
      { object: { id: 'pm_1', customer: 'cus_1' } },
      { ...customer, byNetwork: { method: 'pm_1', at: 1_700_000_000_000 } },
    ],
    [
      'payment_method.detached',
      { object: { id: 'pm_1', customer: null }, previous_attributes: { customer: 'cus_1' } },
      customer,
    ],
    [
      'mandate.updated',
      { object: { id: 'mandate_1', payment_method: 'pm_1' } },
      { hint: 'method', method: 'pm_1' },
    ],
  ])('%s', (type, data, hint) => {
    expect(hintOf(type, data)).toEqual(hint);
  });
});

describe('of the types that tell of many changes only some are worth a look', () => {
  const subscription = { id: 'sub_1', customer: 'cus_1' };
  test.each(['default_payment_method', 'default_source', 'pause_collection', 'status', 'metadata'])(
    'a subscription whose %s is other',
    (name) => {
      const previous_attributes = { [name]: null, latest_invoice: 'in_0' };
      expect(
        hintOf('customer.subscription.updated', { object: subscription, previous_attributes }),
      ).toEqual(customer);
    },
  );

  test.each(['invoice_settings', 'default_source', 'metadata', 'address', 'shipping', 'email'])(
    'a customer whose %s is other',
    (name) => {
      const data = { object: { id: 'cus_1' }, previous_attributes: { [name]: null } };
      expect(hintOf('customer.updated', data)).toEqual(customer);
    },
  );

  test.each<[string, object]>([
    ['customer.subscription.updated', { items: {}, latest_invoice: 'in_0' }],
    ['customer.updated', { balance: 5, delinquent: false, next_invoice_sequence: 3 }],
  ])('%s of a healthy renewal is not', (type, before) => {
    const data = { object: { ...subscription }, previous_attributes: { ...before } };
    expect(hintOf(type, data)).toEqual({ hint: 'ignored', why: 'change' });
    expect(hintOf(type, { object: subscription })).toEqual({ hint: 'ignored', why: 'change' });
  });
});

test.each<[string, Data]>([
  ['charge.failed', { object: { id: 'ch_1', customer: null } }],
  ['charge.dispute.created', { object: { id: 'dp_1' } }],
  ['payment_method.updated', { object: { id: 'pm_1', customer: null } }],
  ['payment_method.detached', { object: { id: 'pm_1', customer: null } }],
  ['customer.deleted', { object: { id: '' } }],
])('%s that names nobody is ignored', (type, data) => {
  expect(hintOf(type, data)).toEqual({ hint: 'ignored', why: 'shape' });
});
