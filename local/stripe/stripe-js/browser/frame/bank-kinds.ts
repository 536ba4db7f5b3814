import {
  isIban,
  sepaAccountOfToken,
  testRoutingNumber,
  usAccountOfToken,
} from '../../../engine/published/test-bank-accounts.ts';
import type { Example, Field, Kind, Problem, Values } from './kind.ts';

const holder: readonly Field[] = [
  { name: 'name', autocomplete: 'billing name' },
  { name: 'email', autocomplete: 'billing email', inputMode: 'email' },
];

const holderValues = { name: 'Jenny Rosen', email: 'jenny.rosen@example.com' };

function holderProblem({ name, email }: Values): Problem | undefined {
  if (name.trim() === '') return { field: 'name', code: 'incomplete_name' };
  const isAddress = /^\S+@\S+$/.test(email.trim());
  return isAddress ? undefined : { field: 'email', code: 'incomplete_email' };
}

const detailsOf = ({ name, email }: Values) => ({ name: name.trim(), email: email.trim() });

function usExample(name: string, outcome: Example['outcome']): Example {
  const account = usAccountOfToken(`pm_usBankAccount_${name}`);
  if (account === undefined) throw new Error(`There is no test account called ${name}.`);
  const values = { ...holderValues, routing: testRoutingNumber, account: account.number };
  return { shown: account.number, outcome, values };
}

/** Stripe's own asks the bank at once; by number an account waits for two small deposits. */
export const usBankKind: Kind = {
  type: 'us_bank_account',
  fields: [
    ...holder,
    { name: 'routing', autocomplete: 'off', inputMode: 'numeric' },
    { name: 'account', autocomplete: 'off', inputMode: 'numeric' },
  ],
  examples: [usExample('success', 'pays'), usExample('insufficientFunds', 'failsLater')],
  findProblem(values) {
    const wrong = holderProblem(values);
    if (wrong !== undefined) return wrong;
    if (values.routing.trim().length < 9) {
      return { field: 'routing', code: 'incomplete_routing_number' };
    }
    const isMissing = values.account.trim() === '';
    return isMissing ? { field: 'account', code: 'incomplete_account_number' } : undefined;
  },
  describe: (values) => ({
    type: 'us_bank_account',
    billing_details: detailsOf(values),
    us_bank_account: {
      account_holder_type: 'individual',
      account_number: values.account.trim(),
      routing_number: values.routing.trim(),
    },
  }),
  fieldOf: (code) => (code === 'routing_number_invalid' ? 'routing' : 'account'),
};

function sepaExample(name: string, outcome: Example['outcome']): Example {
  const account = sepaAccountOfToken(`pm_sepaDebit_${name}`);
  if (account === undefined) throw new Error(`There is no test account called ${name}.`);
  return { shown: account.iban, outcome, values: { ...holderValues, iban: account.iban } };
}

const ibanOf = ({ iban }: Values) => iban.replaceAll(/\s/g, '').toUpperCase();

export const sepaKind: Kind = {
  type: 'sepa_debit',
  fields: [...holder, { name: 'iban', autocomplete: 'off' }],
  examples: [
    sepaExample('success_de', 'pays'),
    sepaExample('success_fr', 'pays'),
    sepaExample('failed_de', 'failsLater'),
  ],
  findProblem(values) {
    const wrong = holderProblem(values);
    if (wrong !== undefined) return wrong;
    const iban = ibanOf(values);
    if (iban.length < 15) return { field: 'iban', code: 'incomplete_iban' };
    return isIban(iban) ? undefined : { field: 'iban', code: 'invalid_iban' };
  },
  describe: (values) => ({
    type: 'sepa_debit',
    billing_details: detailsOf(values),
    sepa_debit: { iban: ibanOf(values) },
  }),
  fieldOf: () => 'iban',
};
