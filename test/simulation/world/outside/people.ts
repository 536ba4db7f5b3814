import type { ApiAnswer, SentMail } from '../../evidence.ts';
import { fieldOf } from '../coverage.ts';
import type { Browser, KnownCustomer, World } from '../world.ts';
import { type Ask, askAsStaff, granted, insist, type Said } from './asking.ts';

const minute = 60_000;

/** The browser of whoever reads mail at this address. */
export function browserOf({ people }: World, email: string): Browser {
  const found = people.get(email) ?? { email, cookie: null, customer: null };
  people.set(email, found);
  return found;
}

interface Named {
  readonly email: string;
  readonly role: string;
}

/** Who may sign in for the customer now; until they are on record, Stripe's mail address. */
export function membersOf({ table }: World, { customer, email }: KnownCustomer): readonly Named[] {
  const item = table.items.find(
    ({ pk, sk }) => pk === `CUSTOMER#${customer}` && sk === 'V#CUSTOMER',
  );
  const members: unknown = item?.members;
  if (!Array.isArray(members)) return [{ email, role: 'owner' }];
  return members.map((member) => ({
    email: String(fieldOf(member, 'email')),
    role: String(fieldOf(member, 'role')),
  }));
}

/** As this browser, with the cookie that it has by then. */
export const askAs =
  (world: World, browser: Browser): Ask =>
  (route, said: Said = {}) =>
    insist(world, { api: 'customer', cookie: browser.cookie, route, ...said });

/** An owner does something in the page; they sign in first where they are not, or no longer. */
export async function asOwner(
  world: World,
  known: KnownCustomer,
  act: (ask: Ask) => Promise<void>,
): Promise<void> {
  const owner = world.random.pickAny(
    membersOf(world, known).filter(({ role }) => role === 'owner'),
  );
  if (owner !== undefined) await asMember(world, known, owner.email, act);
}

export async function asMember(
  world: World,
  known: KnownCustomer,
  email: string,
  act: (ask: Ask) => Promise<void>,
): Promise<void> {
  const browser = browserOf(world, email);
  const ask = askAs(world, browser);
  if (browser.cookie !== null && browser.customer === known.customer) {
    const session = await ask('GET /portal/session');
    if (session?.status === 401) browser.cookie = null;
  }
  if (browser.cookie === null && !(await signIn(world, known, browser))) return;
  if (browser.customer !== known.customer && !(await choose(ask, browser, known))) return;
  await act(ask);
}

async function choose(ask: Ask, browser: Browser, { customer }: KnownCustomer): Promise<boolean> {
  const chosen = await ask('PUT /portal/session/customer', { body: { customer } });
  if (chosen?.status === 401) browser.cookie = null;
  if (granted(chosen) === null) return false;
  browser.customer = customer;
  return true;
}

/** How often somebody asks for another link whose link did not work. */
const mostLinks = 2;

/** By a link that staff made or that was mailed. @returns whether somebody is signed in. */
export async function signIn(
  world: World,
  known: KnownCustomer,
  browser: Browser,
): Promise<boolean> {
  for (let links = 0; links < mostLinks; links += 1) {
    if (await openLink(world, known, browser)) return true;
  }
  return false;
}

async function openLink(world: World, known: KnownCustomer, browser: Browser): Promise<boolean> {
  const { random, api } = world;
  const token = random.chance(0.6)
    ? await linkOfStaff(world, known, browser.email)
    : await linkByMail(world, browser.email);
  if (token === null) return false;
  // Some mails are read too late.
  if (random.chance(0.05)) await api.pause(11 * minute);
  const open = () => askAs(world, browser)('POST /portal/session', { body: { token } });
  adopt(browser, await open());
  // A link that is opened once more signs nobody in.
  if (random.chance(0.1)) adopt(browser, await open());
  return browser.cookie !== null;
}

function adopt(browser: Browser, answer: ApiAnswer | null): void {
  const cookie = answer?.cookies[0]?.split(';')[0];
  if (answer?.status !== 201 || cookie === undefined) return;
  browser.cookie = cookie;
  const customer = fieldOf(answer.body, 'customer');
  browser.customer = typeof customer === 'string' ? customer : null;
}

/** The business's backend sends its user to the page. */
async function linkOfStaff(
  world: World,
  { customer }: KnownCustomer,
  member: string,
): Promise<string | null> {
  const answer = await askAsStaff(world)('POST /staff/customers/{customer}/portal-sessions', {
    path: { customer },
    body: { member },
  });
  return tokenIn(String(fieldOf(granted(answer), 'url')));
}

/** The person asks for a mail, and opens the link in it. */
async function linkByMail(world: World, email: string): Promise<string | null> {
  const { api, random, mail } = world;
  const { promise, resolve } = Promise.withResolvers<string | null>();
  mail.onMail((sent: SentMail) => {
    const token = sent.to === email ? tokenIn(sent.text) : null;
    if (token !== null) void api.pause(random.below(2 * minute)).then(() => resolve(token));
  });
  const asked = await insist(world, {
    api: 'customer',
    cookie: null,
    route: 'POST /portal/login',
    body: { email },
  });
  if (granted(asked) === null) return null;
  // Whoever gets no mail does something else.
  void api.pause(30 * minute).then(() => resolve(null));
  return promise;
}

const tokenIn = (text: string): string | null => /\/#\/sign-in\/([\w-]+)/.exec(text)?.[1] ?? null;
