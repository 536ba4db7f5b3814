import { words } from '../../../pages/words.ts';
import type { ChargeRecord } from '../../engine/records.ts';
import { money } from '../words.ts';
import type { Action } from './action.ts';
import { type DemoMethods, demoMethods, makeDemoCustomer } from './make-demo-customer.ts';

const begun: Readonly<Record<DemoMethods, string>> = {
  cards:
    'has two cards and a subscription, and has paid the first month. Renew it below, or let a card fail first.',
  bank_account:
    'has a bank account and a subscription, whose first debit is on its way. Its invoice below says what the bank answers.',
};

/** Why an invoice that was charged is not paid. */
function whyOf(charge: ChargeRecord | undefined): string {
  if (charge?.status === 'pending') return ', while the bank answers its debit';
  const reason = charge?.outcome.reason ?? null;
  return reason === null ? '' : `, as its charge failed: ${words(reason)}`;
}

export const subscriptionActions: readonly Action[] = [
  {
    path: 'subscriptions/*/renew',
    run({ control }, _fields, id) {
      const chargesBefore = control.charges().length;
      const { total, currency, status } = control.renewNow(id);
      const charge = control.charges().slice(chargesBefore).at(-1);
      const outcome = status === 'paid' ? 'it was paid' : `it is ${words(status)}${whyOf(charge)}`;
      return {
        place: id,
        text: `It renewed: a new invoice of ${money(total, currency)}, and ${outcome}.`,
      };
    },
  },
  {
    path: 'demo',
    place: 'customers',
    run({ account }, fields) {
      const kind = fields.oneOf('methods', demoMethods);
      const { customer, name } = makeDemoCustomer(account, kind);
      return { place: customer, text: `${name} ${begun[kind]}` };
    },
  },
];
