import type { ApiAnswer, ApiRequest, StoredItem } from '../../evidence.ts';
import { countOf, fieldsOf, listIn, listOf, textOf } from '../read.ts';
import type { Moment } from '../rule.ts';

/** A request with the moment at which it reached its room. */
export interface Asking {
  readonly request: ApiRequest;
  readonly at: number;
}

/** Somebody who is signed in, known by the cookie that they were given. */
export interface Session {
  readonly email: string;
  /** For whom they may act by what they have chosen so far. */
  readonly customers: Set<string>;
  /** When signing out was answered; null while it was not. */
  endedAt: number | null;
}

export interface Member {
  readonly email: string;
  readonly role: string;
}

/** Who asks for what, by the answers that they got and the mails that they read. */
export interface People {
  /** What the process was asked for; undefined for one that nobody asks. */
  asking(process: string | null): Asking | undefined;
  request(id: string): Asking | undefined;
  session(cookie: string | null): Session | undefined;
  /** Every list of members that the customer had at some moment from one to another. */
  membersBetween(customer: string, from: number, to: number): readonly (readonly Member[])[];
  /** Every list of members that the customer had from a time on; epoch milliseconds. */
  membersSince(customer: string, time: number): readonly (readonly Member[])[];
  /** Whether the address is that of a member of any customer now. */
  isMember(email: string): boolean;
  /** What staff asked to be done with the invoice by hand, by the last word of the route. */
  byHand(invoice: string): ReadonlySet<string>;
  /**
   * The primaries that somebody chose here, at some moment from one to another: Stripe is told a
   * moment later.
   */
  chosenPrimaries(customer: string, from: number, to: number): readonly string[];
  /** What staff asked to be lifted of the blocks of cards. */
  readonly lifts: readonly Lift[];
  /** Addresses for which somebody asked for a link. */
  readonly wantLinks: ReadonlySet<string>;
  follow(moment: Moment): void;
}

/** Staff want the blocks of a method's card lifted. */
export interface Lift {
  readonly request: string;
  readonly method: string;
  readonly at: number;
  /** When that was answered. */
  endedAt: number;
}

interface Since {
  readonly at: number;
  readonly time: number;
  readonly members: readonly Member[];
  /** As it was chosen here; `null` where nobody ever chose one. */
  readonly primary: string | null;
}

export function followPeople(): People {
  const byProcess = new Map<string, Asking>();
  const byId = new Map<string, Asking>();
  const sessions = new Map<string, Session & { readonly startedAt: number }>();
  /** Whom the token of a link signs in. */
  const links = new Map<string, string>();
  const wantLinks = new Set<string>();
  const members = new Map<string, Since[]>();
  const byHand = new Map<string, Set<string>>();
  const lifts: Lift[] = [];

  const takeRequest = (at: number, request: ApiRequest): void => {
    const asking = { request, at };
    byProcess.set(request.process, asking);
    byId.set(request.id, asking);
    const { route, body, cookie } = request;
    if (route === 'POST /portal/login') wantLinks.add(emailIn(body, 'email'));
    const action = /^POST \/staff\/.*\/cases\/\{invoice\}\/([\w-]+)$/.exec(route)?.[1];
    if (route === liftRoute) {
      const method = request.path?.method ?? '';
      lifts.push({ request: request.id, method, at, endedAt: Number.POSITIVE_INFINITY });
    }
    const invoice = request.path?.invoice ?? '';
    if (action !== undefined) byHand.set(invoice, (byHand.get(invoice) ?? new Set()).add(action));
    const customer = textOf(fieldsOf(body)?.customer);
    if (route !== 'PUT /portal/session/customer' || customer === null) return;
    sessions.get(cookie ?? '')?.customers.add(customer);
  };

  const takeAnswer = (at: number, { request, at: asked }: Asking, answer: ApiAnswer): void => {
    const { route, body, cookie } = request;
    const end = (one: Session | undefined): void => {
      if (one !== undefined) one.endedAt ??= at;
    };
    if (route.endsWith('/portal-sessions') && answer.status === 201) {
      const token = tokenIn(textOf(fieldsOf(answer.body)?.url) ?? '');
      if (token !== null) links.set(token, emailIn(body, 'member'));
    }
    if (route === 'POST /portal/session' && answer.status === 201) {
      const given = answer.cookies[0]?.split(';')[0] ?? '';
      const email = links.get(textOf(fieldsOf(body)?.token) ?? '') ?? '';
      const customer = textOf(fieldsOf(answer.body)?.customer);
      const customers = new Set(customer === null ? [] : [customer]);
      sessions.set(given, { email, customers, endedAt: null, startedAt: at });
      end(sessions.get(cookie ?? ''));
    }
    if (answer.status !== 204) return;
    const session = sessions.get(cookie ?? '');
    if (route === 'DELETE /portal/session') end(session);
    if (route !== 'POST /portal/session/sign-out-everywhere') return;
    for (const each of sessions.values()) {
      if (each.email === session?.email && each.startedAt < asked) end(each);
    }
  };

  const takeItem = (at: number, time: number, item: StoredItem): void => {
    const { pk, sk, members: listed, primarySetBy } = item;
    if (sk !== 'V#CUSTOMER') return;
    const primary = countOf(primarySetBy) > 0 ? textOf(item.primary) : null;
    const customer = pk.slice('CUSTOMER#'.length);
    listIn(members, customer).push({ at, time, members: listOf(listed).map(memberOf), primary });
  };

  return {
    asking: (process) => byProcess.get(process ?? ''),
    request: (id) => byId.get(id),
    session: (cookie) => sessions.get(cookie ?? ''),
    membersBetween(customer, from, to) {
      const all = members.get(customer) ?? [];
      const last = all.findLastIndex(({ at }) => at <= from);
      return all
        .slice(Math.max(0, last))
        .filter(({ at }) => at <= to)
        .map((since) => since.members);
    },
    membersSince(customer, time) {
      const all = members.get(customer) ?? [];
      const last = all.findLastIndex((since) => since.time <= time);
      return all.slice(Math.max(0, last)).map((since) => since.members);
    },
    chosenPrimaries(customer, from, to) {
      const all = members.get(customer) ?? [];
      const last = all.findLastIndex(({ at }) => at <= from);
      return all
        .slice(Math.max(0, last))
        .flatMap(({ at, primary }) => (at <= to && primary !== null ? [primary] : []));
    },
    lifts,
    isMember: (email) =>
      [...members.values()].some((all) => all.at(-1)?.members.some((each) => each.email === email)),
    byHand: (invoice) => byHand.get(invoice) ?? new Set(),
    wantLinks,
    follow({ at, happening, evidence }) {
      if (at === 1) for (const item of evidence.items) takeItem(0, 0, item);
      switch (happening.kind) {
        case 'item_written':
          return takeItem(at, evidence.now, happening.after);
        case 'mail_sent': {
          const token = tokenIn(happening.mail.text);
          if (token !== null) links.set(token, happening.mail.to.toLowerCase());
          return;
        }
        case 'api_asked':
          return takeRequest(at, happening.request);
        case 'api_answered': {
          const asking = byId.get(happening.request);
          const lift = lifts.find(({ request }) => request === happening.request);
          if (lift !== undefined) lift.endedAt = at;
          if (asking !== undefined && happening.answer !== null)
            takeAnswer(at, asking, happening.answer);
          return;
        }
        default:
          return;
      }
    },
  };
}

const liftRoute = 'DELETE /staff/customers/{customer}/methods/{method}/block';

const memberOf = (member: unknown): Member => ({
  email: emailIn(member, 'email'),
  role: textOf(fieldsOf(member)?.role) ?? '',
});

const emailIn = (thing: unknown, name: string): string =>
  (textOf(fieldsOf(thing)?.[name]) ?? '').trim().toLowerCase();

/** The token of a link that signs somebody in. */
export const tokenIn = (text: string): string | null =>
  /\/#\/sign-in\/([\w-]+)/.exec(text)?.[1] ?? null;
