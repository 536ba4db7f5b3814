import { money, words } from '../words.ts';
import type { Action } from './action.ts';
import { makeDemoCustomer } from './make-demo-customer.ts';

export const subscriptionActions: readonly Action[] = [
  {
    path: 'subscriptions/*/renew',
    run({ control }, _fields, id) {
      const { total, currency, status } = control.renewNow(id);
      const outcome = status === 'paid' ? 'it was paid' : `it is ${words(status)}`;
      return {
        place: id,
        text: `It renewed: a new invoice of ${money(total, currency)}, and ${outcome}.`,
      };
    },
  },
  {
    path: 'demo',
    place: 'customers',
    run({ account }) {
      const { customer, name } = makeDemoCustomer(account);
      return {
        place: customer,
        text: `${name} has two cards and a subscription, and has paid the first month. Renew it below, or let a card fail first.`,
      };
    },
  },
];
