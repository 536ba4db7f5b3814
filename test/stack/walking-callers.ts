import { type Customer, recordCustomer } from '../../functions/domain/customer/customer.ts';
import { type CustomerId, customerId } from '../../functions/domain/ids.ts';
import {
  absoluteMs,
  idleMs,
  type Session,
  signOutEverywhere,
  startSession,
} from '../../functions/domain/sign-in/session.ts';
import { hashSecret, personOf } from '../../functions/runtime/hash.ts';
import { noon } from '../twins/examples.ts';
import { openPortalWorld, type PortalWorld, portalOrigin } from '../twins/portal-world.ts';

const ada = 'ada@example.com';
const eve = 'eve@example.com';
const olga = 'olga@example.com';
const rita = 'rita@example.com';

export interface Walk {
  readonly world: PortalWorld;
  /** Ada owns it, Eve sees it, Rita was removed from it, Olga owns another one. */
  readonly customer: CustomerId;
  readonly others: CustomerId;
}

/** Two customers whom Stripe knows, so that whatever is let in can do its work. */
export async function beginWalk(): Promise<Walk> {
  const world = await openPortalWorld();
  const record = async (members: Customer['members']) => {
    const { id } = await world.stripe.customers.create({ email: members[0]?.email ?? ada });
    const facts = {
      deleted: false,
      email: null,
      name: null,
      locale: null,
      timeZone: null,
      place: null,
    };
    const customer = recordCustomer({ customer: customerId(id), ...facts }, null);
    await world.account.records.addCustomer({ ...customer, members });
    return customer.customer;
  };
  const customer = await record([
    { email: ada, name: null, role: 'owner' },
    { email: eve, name: null, role: 'viewer' },
  ]);
  await world.account.records.noteMember(customer, rita);
  const others = await record([{ email: olga, name: null, role: 'owner' }]);
  return { world, customer, others };
}

type Headers = Readonly<Record<string, string>>;
type SomeSession = Partial<Session> & { readonly email: string };

let secrets = 0;

/** The cookie of a session that is put into the table as it is told. */
async function cookieOf({ world }: Walk, { email, ...more }: SomeSession): Promise<string> {
  secrets += 1;
  const token = `walk-${secrets}`;
  const person = personOf(email);
  const signOuts = (await world.account.records.signedOut(person))?.version ?? 0;
  const start = { id: hashSecret(token), person, customer: null, signOuts, returnUrl: null };
  await world.account.records.addSession({ ...startSession(start, noon), ...more });
  return `__Host-backstop=${token}`;
}

const onThePage = { origin: portalOrigin };

const signedInAs =
  (more: (walk: Walk) => SomeSession, headers: Headers = onThePage) =>
  async (walk: Walk): Promise<Headers> => ({
    ...headers,
    cookie: await cookieOf(walk, more(walk)),
  });

async function signedOutEverywhere(walk: Walk): Promise<Headers> {
  const { records } = walk.world.account;
  const cookie = await cookieOf(walk, { email: ada, customer: walk.customer });
  const before = await records.signedOut(personOf(ada));
  await records.saveSignedOut(signOutEverywhere(personOf(ada), before, noon));
  return { ...onThePage, cookie };
}

/** Every kind of caller of the public API, and the headers that they send. */
export const callers = {
  nobody: async () => onThePage,
  'nobody, with a guessed cookie': async () => ({ ...onThePage, cookie: '__Host-backstop=x' }),
  'staff, signed': async () => ({ ...onThePage, authorization: 'AWS4-HMAC-SHA256 Credential=x' }),
  'an owner, idle for too long': signedInAs(({ customer }) => ({
    email: ada,
    customer,
    usedAt: noon - idleMs,
  })),
  'an owner, signed in for too long': signedInAs(({ customer }) => ({
    email: ada,
    customer,
    startedAt: noon - absoluteMs,
  })),
  'an owner, signed out': signedInAs(({ customer }) => ({ email: ada, customer, endedAt: noon })),
  'an owner, signed out everywhere': signedOutEverywhere,
  'a member, removed': signedInAs(({ customer }) => ({ email: rita, customer })),
  "another customer's owner": signedInAs(({ customer }) => ({ email: olga, customer })),
  'a person who has not chosen': signedInAs(() => ({ email: ada })),
  'a viewer': signedInAs(({ customer }) => ({ email: eve, customer })),
  'an owner': signedInAs(({ customer }) => ({ email: ada, customer })),
  'an owner, from another site': signedInAs(({ customer }) => ({ email: ada, customer }), {
    origin: 'https://evil.example',
  }),
  'an owner, from nowhere': signedInAs(({ customer }) => ({ email: ada, customer }), {}),
} as const satisfies Readonly<Record<string, (walk: Walk) => Promise<Headers>>>;

export type CallerName = keyof typeof callers;

/** The other customer's owner, on the page of their own customer. */
export const atTheirOwnPage = signedInAs(({ others }) => ({ email: olga, customer: others }));
