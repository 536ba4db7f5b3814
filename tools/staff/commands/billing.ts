import type { StaffCustomer } from '../../../functions/staff-api/show-customer.ts';
import { addressOf, addressOptions } from '../address.ts';
import { type Command, customer, customerOf, need, text } from '../command.ts';

export const billing: Command = {
  summary: 'change whom invoices are made out to',
  options: {
    customer,
    name: { value: 'NAME', says: 'the name on invoices' },
    mail: { value: 'ADDRESS', says: 'where Stripe sends invoices; makes nobody a member' },
    phone: { value: 'NUMBER', says: 'the telephone number' },
    ...addressOptions,
  },
  notes: 'What is not named stays as it is.',
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given)];
    const before = await desk.api.ask<StaffCustomer>({ method: 'GET', path });
    const { name, email, phone, address } = before.billing;
    const changed = addressOf(given, address);
    const body = {
      version: before.version,
      name: text(given, 'name') ?? name,
      email: text(given, 'mail') ?? email,
      phone: text(given, 'phone') ?? phone,
      address: Object.values(changed).every((part) => part === null) ? null : changed,
    };
    const json = await desk.api.ask({ method: 'PUT', path: [...path, 'billing-info'], body });
    return { json, text: 'The billing info is changed, at Stripe and here.' };
  },
};

export const addTaxId: Command = {
  summary: 'add a tax id',
  options: {
    customer,
    type: { value: 'TYPE', says: "Stripe's name of its kind: eu_vat, gb_vat, ...", required: true },
    value: { value: 'NUMBER', says: 'the tax id', required: true },
  },
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'tax-ids'];
    const body = { type: need(given, 'type'), value: need(given, 'value') };
    const json = await desk.api.ask({ method: 'POST', path, body });
    return { json, text: 'The tax id is added; Stripe verifies it where it can.' };
  },
};

export const removeTaxId: Command = {
  summary: 'take a tax id away',
  options: { customer, id: { value: 'TXI', says: "Stripe's id of it: txi_...", required: true } },
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'tax-ids', need(given, 'id')];
    const json = await desk.api.ask({ method: 'DELETE', path });
    return { json, text: 'The tax id is removed.' };
  },
};
