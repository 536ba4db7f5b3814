import { expect, test } from 'vitest';
import { auditItem, ledgerItem, methodItem, noticeItem } from '../../../functions/domain/items.ts';
import { viewCustomers } from '../../../local/console/view/customers-view.ts';
import { readItems } from '../../../local/console/view/items.ts';
import {
  cus,
  customerRecord,
  declinedHistory,
  firstCase,
  itemOfCase,
  method,
  visa,
  visaItem,
} from './items.ts';

test('groups what the table has by customer, with roles, ledgers, cases and notices', () => {
  const ledger = ledgerItem({
    card: `fp-${visa}`,
    slots: [{ key: 'k', at: 1, amount: { amount: 4900, currency: 'usd' } }],
    blocks: [
      {
        scope: 'card',
        kind: 'card_dead',
        at: 1,
        source: 's',
        method: visa,
        revision: 1,
        expMonth: 9,
        expYear: 2030,
      },
    ],
    waits: [],
    lifted: null,
    version: 1,
  });
  const notice = noticeItem({
    customer: cus,
    id: 'payment_failed#in_1-pass-1#hash',
    status: { state: 'sent', messageId: 'ses-1', at: 9 },
    version: 2,
  });
  const amountDue = { amount: 4900, currency: 'usd' };
  const [ada, ...others] = viewCustomers(
    readItems([
      declinedHistory,
      notice,
      ledger,
      itemOfCase({ ...firstCase(1000), amountDue, attemptCount: 1 }),
      visaItem,
      customerRecord,
      auditItem(cus, {
        id: 'customer-2-0',
        at: 7,
        by: { kind: 'member', email: 'ada@x.example' },
        what: 'roles_changed',
        about: null,
        from: null,
        to: null,
        reason: null,
      }),
      { pk: 'SWITCH', sk: 'CHARGING', v: 1, version: 1 },
    ]),
  );
  expect(others).toEqual([]);
  expect(ada).toMatchObject({
    id: 'cus_ada',
    name: 'Ada',
    audit: [{ at: 7, text: 'roles changed, by ada@x.example' }],
    emails: ['viewer@x.example', 'ada@x.example'],
    methods: [
      {
        id: 'pm_visa',
        label: 'Visa ending in 4242',
        expiry: '09/2030',
        role: 'primary',
        consent: undefined,
        tries: 1,
        blocks: ['the card is blocked (card dead)'],
      },
    ],
    cases: [
      {
        invoice: 'in_1',
        customerName: 'Ada',
        amount: '$49.00',
        state: { text: 'due for a look', kind: 'wait' },
        dueAt: 1000,
        attempts: 1,
        history: [{ at: 5000, text: 'attempt 1, the primary: declined: generic decline' }],
      },
    ],
    notices: [
      { kind: 'A payment failed', invoice: 'in_1', state: { text: 'sent' }, mail: 'ses-1' },
    ],
  });
});

test('a customer of whom only a case is there is called by id', () => {
  expect(viewCustomers(readItems([itemOfCase(firstCase(1))]))).toMatchObject([
    { id: 'cus_ada', name: 'cus_ada', methods: [], cases: [{ amount: 'amount not known yet' }] },
  ]);
});

test('the primary stands first, and a method without a role last', () => {
  const ids = ['pm_other', 'pm_backup', 'pm_visa'] as const;
  // Ids of a test need no check.
  const methods = ids.map((id) => methodItem({ ...method(), method: id as typeof visa }));
  const [ada] = viewCustomers(readItems([...methods, customerRecord]));
  expect(ada?.methods.map(({ id, role }) => [id, role])).toEqual([
    ['pm_visa', 'primary'],
    ['pm_backup', 'secondary'],
    ['pm_other', undefined],
  ]);
});
