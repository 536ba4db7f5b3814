import { describe, expect, it } from 'vitest';
import type { ApiAnswer, ApiRequest } from '../evidence.ts';
import { Story } from './story.ts';
import { type CaseTeller, tellCase } from './tell-case.ts';

const pk = 'CUSTOMER#cus_a';
const token = 'a'.repeat(43);
const cookie = `__Host-backstop=${token}`;
const owner = { kind: 'member', email: 'ada@a.example' };
const byStaff = { kind: 'staff', arn: 'arn:aws:iam::000000000000:user/sam' };
const members = [{ email: 'ada@a.example', role: 'owner' }];

let requests = 0;

/** Somebody asks; what is written until the answer is written by the process of that request. */
function ask(story: Story, route: string, change: Partial<ApiRequest> = {}): string {
  requests += 1;
  const id = `request-${requests}`;
  const api = route.includes('/staff/') ? 'staff' : 'customer';
  story.writer = `${api}-api ${requests}`;
  const asked = { id, process: story.writer, api, route, cookie: null, ...change } as const;
  story.happens({ kind: 'api_asked', request: asked });
  return id;
}

function answer(story: Story, request: string, given: Partial<ApiAnswer> = {}): void {
  const whole = { status: 200, body: {}, cookies: [], ...given };
  story.happens({ kind: 'api_answered', request, answer: whole });
}

/** Ada opens the link that staff made for her. */
function signedIn(story = new Story()): Story {
  const path = { customer: 'cus_a' };
  const body = { member: 'ada@a.example' };
  const link = ask(story, 'POST /staff/customers/{customer}/portal-sessions', { path, body });
  answer(story, link, { status: 201, body: { url: `https://x.example/#/sign-in/${token}` } });
  const opened = ask(story, 'POST /portal/session', { body: { token } });
  const cookies = [`${cookie}; Secure`];
  answer(story, opened, { status: 201, body: { customer: 'cus_a' }, cookies });
  return story;
}

/** What stands in the customer's item, with one change of it. */
const customer = (change: object) => ({
  secondary: 'pm_second',
  members,
  primary: 'pm_first',
  unfinished: [],
  ...change,
});

const entry = (id: string, what: string, by: object = owner) => ({ id, at: 1, by, what });
const owes = (...entries: readonly object[]) => ({
  unfinished: entries.map((each) => ({ kind: 'audit', entry: each })),
  dueAt: '2026-09-01T12:02:00.000Z',
  dueShard: 'DUE#1',
});

/** The customer's item changes, with its line of the audit log. */
function changeCustomer(story: Story, change: object, what: string, by: object = owner): void {
  const line = entry('customer-2-0', what, by);
  story.write(pk, 'V#CUSTOMER', customer({ ...change, ...owes(line) }));
  story.write(pk, 'AUDIT#1#customer-2-0', line);
  story.write(pk, 'V#CUSTOMER', customer(change));
}

const invited = { members: [...members, { email: 'bob@a.example', role: 'viewer' }] };

describe('9 admitted', () => {
  it('allows an owner, and staff', () => {
    const story = signedIn();
    ask(story, 'POST /portal/members', { cookie });
    changeCustomer(story, invited, 'member_invited');
    expect(story.breaches).toEqual([]);
    const other = new Story();
    ask(other, 'POST /staff/customers/{customer}/members');
    changeCustomer(other, invited, 'member_invited', byStaff);
    expect(other.breaches).toEqual([]);
  });

  it('finds a change by nobody, after a sign-out, by a viewer and by a removed member', () => {
    const nobody = signedIn();
    ask(nobody, 'POST /portal/members', { cookie: 'another' });
    changeCustomer(nobody, invited, 'member_invited');
    expect(nobody.broken).toEqual(['9 admitted']);

    const gone = signedIn();
    answer(gone, ask(gone, 'DELETE /portal/session', { cookie }), { status: 204, body: null });
    ask(gone, 'POST /portal/members', { cookie });
    changeCustomer(gone, invited, 'member_invited');
    expect(gone.broken).toEqual(['9 admitted']);

    for (const left of [[{ email: 'ada@a.example', role: 'viewer' }], []]) {
      const story = signedIn();
      ask(story, 'PATCH /staff/customers/{customer}/members/{member}');
      changeCustomer(story, { members: left }, 'member_changed', byStaff);
      ask(story, 'PUT /portal/roles', { cookie });
      const line = entry('customer-4-0', 'roles_changed');
      story.write(
        pk,
        'V#CUSTOMER',
        customer({ members: left, secondary: 'pm_third', ...owes(line) }),
      );
      expect(story.broken).toEqual(['9 admitted']);
    }
  });

  it('lets another look at an authority be nobody’s, and nothing else of billing info', () => {
    const leaves = (wish: string, by: object) => {
      const story = signedIn();
      const work = { kind: 'mirror_billing_info', wish: { wish }, by, change: 2, at: 1 };
      story.write(pk, 'V#CUSTOMER', customer({ ...owes(), unfinished: [work] }));
      return story.broken;
    };
    expect(leaves('see_verification', { kind: 'backstop' })).toEqual([]);
    expect(leaves('see_verification', owner)).toEqual(['9 admitted']);
    expect(leaves('add_tax_id', { kind: 'backstop' })).toEqual(['9 admitted']);
  });

  it("finds another customer's owner, and somebody else's name in the audit log", () => {
    const story = signedIn();
    ask(story, 'POST /portal/members', { cookie });
    const line = entry('customer-2-0', 'member_invited');
    story.write('CUSTOMER#cus_b', 'V#CUSTOMER', { members: [], unfinished: [] });
    story.write('CUSTOMER#cus_b', 'V#CUSTOMER', { members, ...owes(line) });
    expect(story.broken).toEqual(['9 admitted']);
    const named = signedIn();
    ask(named, 'POST /portal/members', { cookie });
    changeCustomer(named, invited, 'member_invited', byStaff);
    expect(named.broken).toEqual(['9 admitted']);
  });
});

describe('9 answers apart', () => {
  it("finds another customer's things in an answer to a member and to staff", () => {
    for (const route of ['GET /portal/view', 'GET /staff/customers/{customer}']) {
      const story = signedIn();
      story.addCustomer('b', 'bob@b.example', '4242', '5555');
      story.outside();
      const path = { customer: 'cus_a' };
      const request = ask(story, route, { cookie, path });
      answer(story, request, { body: { methods: ['pm_first'] } });
      expect(story.broken).toEqual([]);
      answer(story, request, { body: { methods: ['pm_firstb'] } });
      expect(story.broken).toEqual(['9 answers apart']);
    }
  });
});

describe('audited', () => {
  it('finds a change without its line, and a line that is not written or written twice', () => {
    const silent = new Story();
    silent.write(pk, 'V#CUSTOMER', customer(invited));
    expect(silent.broken).toEqual(['audited']);

    for (const places of [[], ['1', '2']]) {
      const story = new Story();
      ask(story, 'POST /staff/customers/{customer}/members');
      const line = entry('customer-2-0', 'member_invited', byStaff);
      story.write(pk, 'V#CUSTOMER', customer({ ...invited, ...owes(line) }));
      for (const place of places) story.write(pk, `AUDIT#${place}#customer-2-0`, line);
      story.write(pk, 'V#CUSTOMER', customer(invited));
      story.conclude();
      expect(story.broken).toEqual(['audited']);
    }
  });

  it('finds a consent that nobody told of, and a case that was closed by hand in silence', () => {
    const consent = new Story();
    consent.write(pk, 'V#METHOD#pm_second', { consent: { source: 'portal' } });
    expect(consent.broken).toEqual(['audited']);
    for (const [language, broken] of [
      ['de', []],
      ['en', ['audited']],
    ] as const) {
      const read = new Story();
      const line = { what: 'consent_given', about: 'pm_second', to: { language: 'de' } };
      read.write(pk, 'AUDIT#2026#consent-pm_second', { id: 'consent-pm_second', ...line });
      read.write(pk, 'V#METHOD#pm_second', { consent: { source: 'portal', language } });
      expect(read.broken).toEqual(broken);
    }
    const story = new Story();
    const told = tellCase(story);
    told.begin();
    const event = { kind: 'by_hand', action: 'hold' };
    const owed = [{ kind: 'history', entry: { sequence: 1, event } }];
    told.write({ owed, historyCount: 1 });
    expect(story.broken).toEqual(['audited']);
  });
});

describe('6 unfinished', () => {
  it('finds work that is in no index, and work that is left in the end', () => {
    const story = new Story();
    const work = [{ kind: 'set_primary', method: 'pm_first', change: 2 }];
    story.write(pk, 'V#CUSTOMER', customer({ unfinished: work }));
    expect(story.broken).toEqual(['6 unfinished']);
    const left = new Story();
    left.write(pk, 'V#CUSTOMER', customer({ ...owes(), unfinished: work }));
    expect(left.broken).toEqual([]);
    left.conclude();
    expect(left.broken).toEqual(['6 unfinished']);
  });
});

describe('primary at Stripe', () => {
  const setPrimary = (story: Story): void => {
    ask(story, 'PUT /staff/customers/{customer}/roles');
    const change = { primary: 'pm_second', secondary: null, primarySetBy: 2 };
    changeCustomer(story, change, 'roles_changed', byStaff);
  };

  it('finds a default at Stripe that is another one, unless somebody changed it later', () => {
    const story = new Story();
    setPrimary(story);
    story.conclude();
    expect(story.broken).toEqual(['primary at Stripe']);
    const later = new Story();
    setPrimary(later);
    const params = { default_payment_method: 'pm_first' };
    later.request('business', 'POST', '/v1/subscriptions/sub_a', params);
    later.conclude();
    expect(later.broken).toEqual([]);
  });
});

describe('removed methods', () => {
  it('finds one that is still attached in the end, and one that we charge', () => {
    const story = new Story();
    story.write(pk, 'V#METHOD#pm_second', { consent: { source: 'staff' }, removedAt: 1 });
    story.conclude();
    expect(story.broken).toEqual(['removed methods']);
    const { charged, told } = begun();
    charged.write(pk, 'V#METHOD#pm_first', { removedAt: 1 });
    told.claim('pm_first', 'primary');
    charged.pay('in_1', 'pm_first', 'generic_decline');
    expect(charged.broken).toEqual(['removed methods']);
  });
});

function begun(): { charged: Story; told: CaseTeller } {
  const charged = new Story();
  const told = tellCase(charged);
  told.begin();
  told.takeOver();
  return { charged, told };
}

describe('woken', () => {
  const change = { secondary: 'pm_third' };
  const newBackup = (story: Story): void => {
    story.addCard('pm_third', 'cus_a', 'visa', '1117');
    story.outside();
    ask(story, 'PUT /staff/customers/{customer}/roles');
    changeCustomer(story, change, 'roles_changed', byStaff);
  };

  it('finds an open invoice that is not tried with a new backup', () => {
    const { charged, told } = begun();
    newBackup(charged);
    charged.conclude();
    expect(charged.broken).toEqual(['woken']);
    const woken = begun();
    newBackup(woken.charged);
    woken.told.write({ retryWanted: 1, retryServed: 1 });
    woken.charged.conclude();
    expect(woken.charged.broken).toEqual([]);
    expect(told.key).toBe('');
  });
});

describe('5 in the page', () => {
  const inPage = (story: Story) => ({
    n: 1,
    key: 'backstop-in_1-1-pm_first',
    method: 'pm_first',
    role: 'primary',
    initiator: 'customer',
    sentAt: story.now,
  });
  const minutes = (story: Story, after: number) => story.now + after * 60_000;
  const progress = (story: Story, after: number) => ({
    progress: { state: 'due', dueAt: minutes(story, after) },
  });

  it('finds a claim that lasts too long', () => {
    const { charged, told } = begun();
    told.write({ ...progress(charged, 16), openAttempt: inPage(charged) });
    expect(charged.broken).toEqual(['5 in the page']);
  });

  it('finds a charge of ours beside the customer, and a claim in place of theirs', () => {
    const { charged, told } = begun();
    told.write({ ...progress(charged, 15), openAttempt: inPage(charged) });
    charged.pay('in_1', 'pm_first', 'generic_decline');
    expect(charged.broken).toEqual(['5 in the page']);
    const other = begun();
    const third = { ...inPage(other.charged), n: 3, key: 'backstop-in_1-3-pm_first' };
    other.told.write({ ...progress(other.charged, 15), openAttempt: third });
    other.told.claim('pm_second', 'secondary');
    expect(other.charged.broken).toEqual(['5 in the page']);
  });

  it('finds a page that got its secret without a claim', () => {
    const route = 'POST /portal/cases/{invoice}/payments';
    const path = { invoice: 'in_1' };
    const story = new Story();
    tellCase(story).begin();
    signedIn(story);
    const request = ask(story, route, { cookie, path });
    answer(story, request, { body: { clientSecret: 'x' } });
    expect(story.broken).toEqual(['5 in the page']);
  });

  it('finds one that is given up too early, and allows it once something has come of it', () => {
    const { charged, told } = begun();
    told.write({ ...progress(charged, 15), openAttempt: inPage(charged) });
    told.write({ openAttempt: null });
    expect(charged.broken).toEqual(['5 in the page']);
    const tried = begun();
    tried.told.write({ ...progress(tried.charged, 15), openAttempt: inPage(tried.charged) });
    tried.charged.stripeTries('in_1', 'pm_first', 'generic_decline');
    tried.told.write({ openAttempt: null });
    expect(tried.charged.broken).toEqual([]);
  });
});

describe('8 no tokens', () => {
  it('finds a token that was given away, wherever it stands, and a client secret', () => {
    const item = signedIn();
    item.write('LINK#1', 'LINK', { token });
    expect(item.broken).toEqual(['8 no tokens']);
    const earlier = new Story();
    earlier.say(`took ${token}`);
    expect(signedIn(earlier).broken).toEqual(['8 no tokens']);
    const secret = new Story();
    secret.say('seti_1_secret_Abcdefgh12345678');
    expect(secret.broken).toEqual(['8 no tokens']);
  });
});
