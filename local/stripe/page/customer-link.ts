import { type Html, html } from '../../pages/html.ts';
import type { StripeState } from '../engine/state.ts';

/** A customer as people call them: by name, else by mail address, else by id. */
export function nameOfCustomer({ tables }: StripeState, id: string): string {
  const customer = tables.customers.find((each) => each.id === id);
  if (customer === undefined || customer.deleted) return id;
  return customer.name ?? customer.email ?? id;
}

/** The way to where a customer stands on the page. */
export const customerLink = (state: StripeState, id: string): Html =>
  html`<a href="#${id}">${nameOfCustomer(state, id)}</a>`;
