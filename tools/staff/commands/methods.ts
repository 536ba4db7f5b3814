import type { SetupView } from '../../../functions/account/start-set-up.ts';
import type { AddedBankAccount } from '../../../functions/staff-api/add-bank-account.ts';
import type { AuthorisedMethod } from '../../../functions/staff-api/record-authorisation.ts';
import type { StaffCustomer } from '../../../functions/staff-api/show-customer.ts';
import type { UnblockedMethod } from '../../../functions/staff-api/unblock.ts';
import { StartRefusal } from '../../../local/start/options.ts';
import {
  type Command,
  customer,
  customerOf,
  type Given,
  isSet,
  method,
  need,
  reason,
  type Shown,
  text,
} from '../command.ts';
import type { Desk } from '../connect-desk.ts';
import { describeCustomer } from '../describe-customer.ts';
import { amount, time, words } from '../layout.ts';

export const ofMethod = { customer, method };
const signed = {
  name: { value: 'NAME', says: 'who signed', required: true },
  reference: { value: 'TEXT', says: 'where it is kept: a ticket, a letter', required: true },
};

export const primary: Command = {
  summary: 'make a method the primary, here and at Stripe',
  options: ofMethod,
  notes: 'A backup that becomes the primary leaves the place of the backup empty.',
  run: (desk, given) =>
    setRoles(desk, given, (roles) => {
      const wanted = need(given, 'method');
      return { primary: wanted, secondary: roles.secondary === wanted ? null : roles.secondary };
    }),
};

export const secondary: Command = {
  summary: 'make a method the backup, or have none',
  options: {
    customer,
    method: { ...method, required: false },
    none: { value: null, says: 'in place of --method: there is no backup any more' },
  },
  notes:
    'It needs the consent of the customer, or authorise first. A primary cannot be the backup.',
  run: (desk, given) =>
    setRoles(desk, given, (roles) => ({
      primary: roles.primary,
      secondary: isSet(given, 'none') ? null : need(given, 'method'),
    })),
};

export const swap: Command = {
  summary: 'let the primary and the backup change places',
  options: { customer },
  notes: 'The one that becomes the backup needs the consent of the customer, or authorise first.',
  run: (desk, given) =>
    setRoles(desk, given, ({ primary: first, secondary: second }) => {
      if (second === null) throw new StartRefusal('There is no backup to change places with.');
      return { primary: second, secondary: first };
    }),
};

interface Roles {
  readonly primary: string | null;
  readonly secondary: string | null;
}

async function setRoles(desk: Desk, given: Given, change: (roles: Roles) => Roles): Promise<Shown> {
  const path = ['customers', customerOf(desk, given)];
  const before = await desk.api.ask<StaffCustomer>({ method: 'GET', path });
  const holder = (role: 'primary' | 'secondary') =>
    before.methods.find((each) => each.role === role)?.method ?? null;
  const roles = change({ primary: holder('primary'), secondary: holder('secondary') });
  const body = { version: before.version, ...roles };
  return shownCustomer(await desk.api.ask({ method: 'PUT', path: [...path, 'roles'], body }));
}

export const shownCustomer = (shown: StaffCustomer): Shown => ({
  json: shown,
  text: describeCustomer(shown),
});

export const authorise: Command = {
  summary: 'record where the customer signed that a method may be the backup',
  options: { ...ofMethod, ...signed },
  async run(desk, given) {
    const body = { name: need(given, 'name'), reference: need(given, 'reference') };
    const path = [...pathOf(desk, given), 'authorisation'];
    const shown = await desk.api.ask<AuthorisedMethod>({ method: 'PUT', path, body });
    const { name, reference } = shown.authorisation;
    return {
      json: shown,
      text: `${shown.method} may be charged as the backup: ${name} signed, ${reference}.`,
    };
  },
};

export const withdrawConsent: Command = {
  summary: 'the customer agrees no longer that a method is the backup',
  options: ofMethod,
  run: async (desk, given) =>
    shownCustomer(
      await desk.api.ask({ method: 'DELETE', path: [...pathOf(desk, given), 'consent'] }),
    ),
};

export const bankAccount: Command = {
  summary: 'make a bank account the backup',
  options: { ...ofMethod, ...signed },
  notes:
    'The account stands at Stripe already; its number is never typed here. One with an active\nmandate is the backup at once. An American one without is verified by two small deposits: give\nthe address to the account holder, and run the same command again afterwards.',
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'bank-accounts'];
    const body = {
      method: need(given, 'method'),
      name: need(given, 'name'),
      reference: need(given, 'reference'),
    };
    const shown = await desk.api.ask<AddedBankAccount>({ method: 'POST', path, body });
    return { json: shown, text: sayBankAccount(shown) };
  },
};

function sayBankAccount(shown: AddedBankAccount): string {
  if (shown.state === 'added') return `${shown.method} is the backup, by mandate ${shown.mandate}.`;
  if (shown.verificationUrl === null)
    return `Stripe is verifying ${shown.method}. Ask again later.`;
  return [
    `Two small deposits are on their way, there by ${time(shown.depositsArriveAt)}.`,
    `The account holder enters what they say at ${shown.verificationUrl}`,
    'Run this command again when that is done.',
  ].join('\n');
}

export const unblock: Command = {
  summary: 'let a blocked card be tried again',
  options: { ...ofMethod, reason },
  notes: 'For when the bank says that a refusal (lost, stolen, ...) was a mistake.',
  async run(desk, given) {
    const path = [...pathOf(desk, given), 'block'];
    const query = { reason: need(given, 'reason') };
    const shown = await desk.api.ask<UnblockedMethod>({ method: 'DELETE', path, query });
    const said =
      shown.lifted === null
        ? `Nothing stands against ${shown.method}.`
        : `${shown.method} may be tried again (${words(shown.lifted.kind)}, since ${time(shown.lifted.since)}).`;
    return { json: shown, text: said };
  },
};

export const setUp: Command = {
  summary: 'begin to add a method: a SetupIntent for a page of yours',
  options: {
    customer,
    role: { value: 'ROLE', says: 'primary or spare', required: true },
  },
  notes:
    "Card data go into Stripe's fields only: a page of yours takes the client secret. A customer\nneeds none of this in the portal: send a link. confirm-set-up takes the method over.",
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'setup-intents'];
    const body = { role: need(given, 'role') };
    const shown = await desk.api.ask<SetupView>({ method: 'POST', path, body });
    const tried = shown.willTry.map((each) => `${each.invoice} (${amount(each.amountDue)})`);
    const then = tried.length === 0 ? 'nothing is charged' : `tried is ${tried.join(', ')}`;
    return {
      json: shown,
      text: `${shown.setupIntent}\nclient secret: ${shown.clientSecret}\nOnce confirmed, ${then}.`,
    };
  },
};

export const confirmSetUp: Command = {
  summary: 'take over the method of a SetupIntent that has succeeded',
  options: {
    customer,
    'setup-intent': { value: 'SETI', says: "Stripe's id of it", required: true },
  },
  async run(desk, given) {
    const intent = need(given, 'setup-intent');
    const path = ['customers', customerOf(desk, given), 'setup-intents', intent, 'confirm'];
    return shownCustomer(await desk.api.ask({ method: 'POST', path }));
  },
};

export const removeMethod: Command = {
  summary: 'take a method away, here and at Stripe',
  options: {
    ...ofMethod,
    primary: { value: 'PM', says: 'what is the primary then, where it is the primary' },
  },
  async run(desk, given) {
    const { version } = await desk.api.ask<StaffCustomer>({
      method: 'GET',
      path: ['customers', customerOf(desk, given)],
    });
    const query = { version: String(version), primary: text(given, 'primary') };
    return shownCustomer(
      await desk.api.ask({ method: 'DELETE', path: pathOf(desk, given), query }),
    );
  },
};

export const pathOf = (desk: Desk, given: Given) => [
  'customers',
  customerOf(desk, given),
  'methods',
  need(given, 'method'),
];
