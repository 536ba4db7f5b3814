import {
  countryOfTaxId,
  hasTaxIdFormat,
  taxIdTypes,
} from '../../../../functions/domain/customer/tax-id.ts';
import type { TaxIdType } from '../../../../functions/domain/customer/tax-id-formats.ts';
import { beginVerification } from '../billing/verify-tax-id.ts';
import { invalidRequest, resourceMissing } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import { group, oneOf, required, text } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { TaxIdRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** The type and value of a new tax ID. */
export const taxIdDetails = { type: oneOf(...taxIdTypes), value: text };

const owner = group({ type: oneOf('customer', 'self'), customer: text });

export const taxIdRoutes: readonly Route[] = [
  route('POST', '/v1/customers/*/tax_ids', taxIdDetails, (tx, params, id) =>
    createTaxId(tx, tx.customer(id).id, params),
  ),
  route('GET', '/v1/customers/*/tax_ids/*', {}, (tx, _params, id, taxId) =>
    ofCustomer(tx, tx.customer(id).id, taxId),
  ),
  route('DELETE', '/v1/customers/*/tax_ids/*', {}, (tx, _params, id, taxId) =>
    remove(tx, ofCustomer(tx, tx.customer(id).id, taxId)),
  ),
  route('GET', '/v1/customers/*/tax_ids', listParameters, (tx, params, id) => {
    const { id: customer } = tx.customer(id);
    const url = `/v1/customers/${customer}/tax_ids`;
    return listRows(tx.rows('tax_ids'), (row) => row.customer === customer, params, url);
  }),
  route('POST', '/v1/tax_ids', { ...taxIdDetails, owner }, (tx, params) =>
    createTaxId(tx, ownerOf(tx, params.owner), params),
  ),
  route('GET', '/v1/tax_ids/*', {}, (tx, _params, id) => tx.get('tax_ids', id)),
  route('DELETE', '/v1/tax_ids/*', {}, (tx, _params, id) => remove(tx, tx.get('tax_ids', id))),
  route('GET', '/v1/tax_ids', { ...listParameters, owner }, (tx, params) => {
    const customer = ownerOf(tx, params.owner);
    return listRows(tx.rows('tax_ids'), (row) => row.customer === customer, params, '/v1/tax_ids');
  }),
];

/** The customer that owns it, or null for the account itself. */
function ownerOf(tx: Transaction, given: ReturnType<typeof owner> | undefined): string | null {
  if (given?.type !== 'customer') return null;
  return tx.customer(required(given.customer, 'owner[customer]'), 'owner[customer]').id;
}

function ofCustomer(tx: Transaction, customer: string, id: string): TaxIdRecord {
  const taxId = tx.get('tax_ids', id);
  if (taxId.customer !== customer) throw resourceMissing('tax ID', id);
  return taxId;
}

/** Puts a tax ID on record; its authority, if there is one, answers a little later. */
export function createTaxId(
  tx: Transaction,
  customer: string | null,
  given: { readonly type?: TaxIdType; readonly value?: string },
): TaxIdRecord {
  const type = required(given.type, 'type');
  const value = required(given.value, 'value');
  if (!hasTaxIdFormat({ type, value })) {
    throw invalidRequest(`Invalid value for ${type}.`, { code: 'tax_id_invalid', param: 'value' });
  }
  const created: TaxIdRecord = {
    id: tx.id('txi'),
    object: 'tax_id',
    country: countryOfTaxId({ type, value }),
    created: tx.now,
    customer,
    customer_account: null,
    livemode: false,
    owner:
      customer === null
        ? { customer_account: null, type: 'self' }
        : { customer, customer_account: null, type: 'customer' },
    type,
    value,
    verification: beginVerification(type),
  };
  tx.insert('tax_ids', created);
  if (customer !== null) tx.emit('customer.tax_id.created', created);
  return created;
}

function remove(tx: Transaction, taxId: TaxIdRecord) {
  tx.remove('tax_ids', taxId.id);
  if (taxId.customer !== null) tx.emit('customer.tax_id.deleted', taxId);
  return { id: taxId.id, object: 'tax_id', deleted: true };
}
