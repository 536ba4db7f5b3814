import { describe, expect, it } from 'vitest';
import type { JudgedPolicy } from '../evidence.ts';
import { dayOf, instantOf, isPayday } from './published/local-time.ts';
import { defaultPolicy, type Outcome, Story } from './story.ts';
import { type CaseTeller, tellCase } from './tell-case.ts';
import { tellNotice } from './tell-mail.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const noon = Date.UTC(2026, 8, 1, 12);

interface Told {
  readonly story: Story;
  readonly told: CaseTeller;
}

/** The primary was refused by Stripe for this reason, and our case is taken over. */
function begun(code: Outcome = 'generic_decline', policy: Partial<JudgedPolicy> = {}): Told {
  const story = new Story();
  story.policy = { ...defaultPolicy, ...policy };
  if (code !== 'generic_decline') story.stripeTries('in_1', 'pm_first', code);
  const told = tellCase(story);
  told.begin();
  told.takeOver();
  return { story, told };
}

function payByBackup({ story, told }: Told): void {
  told.begin();
  told.claim('pm_second', 'secondary');
  story.pay('in_1', 'pm_second', 'succeeded');
}

const ruleOf = (kind: string, fallback: JudgedPolicy['declines'][string]['fallback']) => ({
  declines: { ...defaultPolicy.declines, [kind]: { tryAgainAtOnce: false, fallback } },
});

describe('local days', () => {
  it('knows the days of changes, paydays and leap years', () => {
    const on = (month: number, day: number, year = 2027) => ({ year, month, day });
    const berlin = (day: ReturnType<typeof on>, time: string) =>
      new Date(instantOf('Europe/Berlin', day, time)).toISOString();
    expect(berlin(on(3, 28), '02:30')).toBe('2027-03-28T01:00:00.000Z');
    expect(berlin(on(10, 31), '02:30')).toBe('2027-10-31T00:30:00.000Z');
    expect(berlin(on(7, 1), '09:00')).toBe('2027-07-01T07:00:00.000Z');
    expect(dayOf('Pacific/Auckland', Date.UTC(2028, 1, 28, 12))).toEqual(on(2, 29, 2028));
    expect(isPayday(on(2, 26), ['last_business_day'])).toBe(true);
    expect(isPayday(on(2, 28), ['last_business_day'])).toBe(false);
    expect(isPayday(on(4, 30), [31])).toBe(false);
  });
});

describe('6 schedule', () => {
  /** A pass ends now, and the next one is planned for then. */
  function endsWith(given: Told, at: number | null, change: object = {}): readonly string[] {
    const { story, told } = given;
    told.claim('pm_first', 'primary');
    told.settleAs(story.pay('in_1', 'pm_first', 'insufficient_funds'));
    const event = {
      kind: 'pass_ended',
      nextPassAt: at,
      trace: [{ rule: 'scheduled_after_days', about: null, at }],
    };
    told.write({
      progress:
        at === null ? { state: 'exhausted', endedAt: story.now } : { state: 'waiting', dueAt: at },
      pass: null,
      nextScheduledAt: at,
      scheduleUsed: at === null ? 0 : 1,
      historyCount: 2,
      owed: [{ kind: 'history', entry: { sequence: 2, event } }],
      ...change,
    });
    return story.broken;
  }
  const live = (story: Story, home: object) => {
    story.set('customers', { ...story.row('customers', 'cus_a'), ...home });
    story.outside();
  };

  it('goes by the time of day where the customer is', () => {
    const there = begun();
    live(there.story, { metadata: { timezone: 'Asia/Kolkata' } });
    expect(endsWith(there, Date.UTC(2026, 8, 2, 3, 40))).toEqual([]);
    const elsewhere = begun();
    live(elsewhere.story, { address: { country: 'US', state: 'CA' } });
    expect(endsWith(elsewhere, Date.UTC(2026, 8, 2, 9, 10))).toEqual(['6 schedule']);
  });

  it('is never sooner than twelve hours after the pass before', () => {
    const soon = begun('generic_decline', { retryAt: '00:00' });
    soon.story.wait(180);
    expect(endsWith(soon, Date.UTC(2026, 8, 2, 0, 10))).toEqual(['6 schedule']);
    const later = begun('generic_decline', { retryAt: '00:00' });
    later.story.wait(180);
    expect(endsWith(later, Date.UTC(2026, 8, 3, 0, 10))).toEqual([]);
  });

  it('is moved to a payday after insufficient funds', () => {
    const paydays = { paydays: [4] };
    expect(endsWith(begun('generic_decline', paydays), Date.UTC(2026, 8, 2, 9, 10))).toEqual([
      '6 schedule',
    ]);
    expect(endsWith(begun('generic_decline', paydays), Date.UTC(2026, 8, 4, 9, 10))).toEqual([]);
    const late = { paydays: [6] };
    expect(endsWith(begun('generic_decline', late), Date.UTC(2026, 8, 2, 9, 10))).toEqual([]);
  });

  it('is over with its window', () => {
    const policy = { windowDays: 3, retryAfterDays: [5] };
    expect(endsWith(begun('generic_decline', policy), null)).toEqual([]);
    expect(endsWith(begun('generic_decline', policy), Date.UTC(2026, 8, 6, 9))).toEqual([
      '6 schedule',
    ]);
  });

  it('stays as it was after a pass for the backup alone', () => {
    const given = begun();
    const { story, told } = given;
    expect(endsWith(given, Date.UTC(2026, 8, 2, 9, 10), { fallbackAt: noon + hourMs })).toEqual([]);
    told.write({ owed: [] });
    story.wait(70);
    const moved = Date.UTC(2026, 8, 4, 9, 10);
    const event = {
      kind: 'pass_ended',
      nextPassAt: moved,
      trace: [{ rule: 'schedule_stands', at: moved }],
    };
    told.write({
      passCount: 2,
      nextScheduledAt: moved,
      scheduleUsed: 2,
      historyCount: 3,
      owed: [{ kind: 'history', entry: { sequence: 3, event } }],
    });
    expect(story.broken).toEqual(['6 schedule']);
  });
});

describe('4 fallback waits', () => {
  it('keeps the backup until the hours have passed, unless somebody wanted it', () => {
    const soon = begun('authentication_required');
    payByBackup(soon);
    expect(soon.story.broken).toEqual(['4 fallback waits']);
    const later = begun('authentication_required');
    later.story.wait(24 * 60);
    payByBackup(later);
    expect(later.story.broken).toEqual([]);
    const wanted = begun('authentication_required');
    wanted.told.write({ passCount: 1, retryWanted: 1 });
    payByBackup(wanted);
    expect(wanted.story.broken).toEqual([]);
  });

  it('keeps it until payday, and for good where the policy says so', () => {
    const payday = { ...ruleOf('insufficient_funds', 'after_payday'), paydays: [3] };
    const soon = begun('insufficient_funds', payday);
    soon.story.wait(24 * 60);
    payByBackup(soon);
    expect(soon.story.broken).toEqual(['4 fallback waits']);
    const later = begun('insufficient_funds', payday);
    later.story.wait(45 * 60);
    payByBackup(later);
    expect(later.story.broken).toEqual([]);
    const never = begun('fraudulent', ruleOf('risk', 'never'));
    never.told.write({ passCount: 1, retryWanted: 1 });
    payByBackup(never);
    expect(never.story.broken).toEqual(['4 fallback waits']);
  });

  it('knows the ceiling and the marks', () => {
    const fallback = { ceilings: { usd: 1000 }, subscriptions: 'all_but_marked' } as const;
    const dear = begun('insufficient_funds', { fallback });
    payByBackup(dear);
    expect(dear.story.broken).toEqual(['4 fallback scope']);
    const marked = begun('insufficient_funds');
    const off = {
      ...marked.story.row('subscriptions', 'sub_a'),
      metadata: { backstop_fallback: 'off' },
    };
    marked.story.set('subscriptions', off);
    marked.story.outside();
    payByBackup(marked);
    expect(marked.story.broken).toEqual(['4 fallback scope']);
    const only = begun('insufficient_funds', {
      fallback: { ceilings: {}, subscriptions: 'only_marked' },
    });
    payByBackup(only);
    expect(only.story.broken).toEqual(['4 fallback scope']);
  });
});

describe('3 network waits', () => {
  it('finds a Mastercard that is tried again within the hour that its network asked for', () => {
    const { story, told } = begun();
    told.claim('pm_second', 'secondary');
    told.settleAs(story.pay('in_1', 'pm_second', 'insufficient_funds'));
    story.addInvoice('in_2', 'a');
    story.outside();
    story.wait(30);
    const other = tellCase(story, 'in_2');
    other.begin();
    other.takeOver();
    other.claim('pm_second', 'secondary');
    story.pay('in_2', 'pm_second', 'succeeded');
    expect(story.broken).toContain('3 network waits');
  });
});

describe('3 known before', () => {
  it('finds an expired card and a card that is another brand by now', () => {
    const expired = begun();
    expired.story.changeCard('pm_first', { exp_year: 2025 });
    expired.told.begin();
    expired.told.claim('pm_first', 'primary');
    expired.story.pay('in_1', 'pm_first', 'expired_card');
    expect(expired.story.broken).toEqual(['3 known before']);
    const moved = begun();
    moved.story.write('CUSTOMER#cus_a', 'V#METHOD#pm_first', { brand: 'visa' });
    moved.story.changeCard('pm_first', { brand: 'mastercard' }, true);
    moved.told.begin();
    moved.told.claim('pm_first', 'primary');
    moved.story.pay('in_1', 'pm_first', 'succeeded');
    expect(moved.story.broken).toEqual(['3 known before']);
  });

  it('finds a disputed card, once the dispute is on record', () => {
    const { story, told } = begun();
    const charge = story.stripeTries('in_1', 'pm_first', 'generic_decline');
    const dispute = { id: 'dp_1', charge, reason: 'fraudulent' };
    // A dispute has many fields more; no rule reads one.
    story.set('disputes', dispute as Parameters<typeof story.set<'disputes'>>[1]);
    story.outside('disputed');
    told.write({ troubles: [{ source: 'dp_1', kind: 'dispute' }] });
    told.begin();
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'succeeded');
    expect(story.broken).toEqual(['3 known before']);
  });
});

describe('limits', () => {
  it("counts Stripe's own tries of the card, once they can be known", () => {
    const { story, told } = begun();
    for (let times = 0; times < 20; times += 1)
      story.stripeTries('in_1', 'pm_first', 'generic_decline');
    story.policy = { ...defaultPolicy, maximumTriesPerMethod: 100 };
    told.begin();
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'succeeded');
    expect(story.broken).toEqual(['limits']);
  });
});

const suspending = {
  end: { afterDays: 7, access: 'suspend', action: 'cancel_subscription' },
} as const;

/** The schedule is used up, and the end is announced. */
function announced(change: object = {}): Told {
  const given = begun('generic_decline', { ...suspending, retryAfterDays: [] });
  given.told.claim('pm_first', 'primary');
  given.told.settleAs(given.story.pay('in_1', 'pm_first', 'generic_decline'));
  const end = {
    at: given.story.now + 7 * dayMs,
    access: 'suspend',
    action: 'cancel_subscription',
    doneAt: null,
  };
  given.told.endPass(null, {
    end: { ...end, ...change },
    dueAt: undefined,
  });
  return given;
}

const cancel = (story: Story) => story.request('backstop', 'DELETE', '/v1/subscriptions/sub_a', {});

describe('6 end of dunning', () => {
  const come = ({ story, told }: Told) => {
    const item = story.item('CUSTOMER#cus_a', 'V#CASE#in_1');
    told.write({ end: { ...Object(item?.end), doneAt: story.now } });
  };

  it('finds what no announced end goes before', () => {
    const { story } = begun('generic_decline', suspending);
    cancel(story);
    expect(story.broken).toEqual(['6 end of dunning']);
    const other = announced();
    other.story.wait(7 * 24 * 60);
    come(other);
    other.story.request('backstop', 'POST', '/v1/invoices/in_1/mark_uncollectible', {});
    expect(other.story.broken).toContain('6 end of dunning');
  });

  it('finds an end before its date, during an extension, and beside a try', () => {
    const early = announced();
    early.story.wait(6 * 24 * 60);
    come(early);
    expect(early.story.broken).toContain('6 end of dunning');
    const extended = announced();
    const customer = extended.story.item('CUSTOMER#cus_a', 'V#CUSTOMER');
    const extension = { until: extended.story.now + 9 * dayMs };
    extended.story.write('CUSTOMER#cus_a', 'V#CUSTOMER', { ...customer, extension });
    extended.told.begin();
    extended.story.wait(8 * 24 * 60);
    come(extended);
    expect(extended.story.broken).toContain('6 end of dunning');
  });

  it('finds one that is announced too soon, for something else, or where the policy has none', () => {
    expect(announced({ at: noon + dayMs }).story.broken).toContain('6 end of dunning');
    expect(announced({ access: 'keep' }).story.broken).toContain('6 end of dunning');
    const none = begun();
    none.told.write({
      end: { at: noon + 8 * dayMs, access: 'keep', action: 'leave_open', doneAt: null },
    });
    expect(none.story.broken).toContain('6 end of dunning');
  });

  it('is mailed before it comes', () => {
    const silent = announced();
    silent.story.wait(7 * 24 * 60);
    come(silent);
    expect(silent.story.broken).toContain('7 end told');
    const told = announced();
    const notice = 'NOTICE#end_ahead#in_1-end-1-announced#somebody';
    told.story.write('CUSTOMER#cus_a', notice, { status: { state: 'refused' } });
    told.story.wait(7 * 24 * 60);
    come(told);
    expect(told.story.broken).not.toContain('7 end told');
  });

  it('is told by the last failure as well, and by no other one', () => {
    for (const payBefore of ['Pay before: Wednesday, November 11, 2026', 'Next try: some day']) {
      const { story, told } = announced();
      const mail = tellNotice(story, 'payment_failed', 'pass-1');
      mail.claim();
      const text = `Amount due: $10.50\nInvoice: ${story.row('invoices', 'in_1').number}`;
      mail.send({ text: `${text}\n${payBefore}` });
      mail.settle('sent');
      story.wait(7 * 24 * 60);
      come({ story, told });
      const isTold = payBefore.startsWith('Pay');
      expect(story.broken.includes('7 end told')).toBe(!isTold);
    }
  });
});

describe('standing', () => {
  function asks(story: Story, body: object): readonly string[] {
    const route = 'GET /staff/customers/{customer}/standing';
    const path = { customer: 'cus_a' };
    const request = { id: 'r1', process: 'p1', api: 'staff', route, path, cookie: null } as const;
    story.happens({ kind: 'api_asked', request });
    const answer = { status: 200, body, cookies: [] };
    story.happens({ kind: 'api_answered', request: 'r1', answer });
    return story.broken;
  }

  it('is worked out anew from the items', () => {
    const { story, told } = begun();
    told.write({ amountDue: { amount: 1050, currency: 'usd' } });
    expect(asks(story, { standing: 'past_due', until: null, why: [{ invoice: 'in_1' }] })).toEqual(
      [],
    );
    expect(asks(story, { standing: 'good', until: null, why: [] })).toEqual(['standing']);
    const ahead = announced();
    ahead.told.write({ amountDue: { amount: 1050, currency: 'usd' } });
    const until = new Date(ahead.story.now + 7 * dayMs).toISOString();
    const answer = { standing: 'grace', until, why: [{ invoice: 'in_1' }] };
    expect(asks(ahead.story, answer)).not.toContain('standing');
  });
});

describe('one owner', () => {
  it('finds a default that stays with the backup', () => {
    const { story, told } = begun('insufficient_funds');
    const subscription = story.row('subscriptions', 'sub_a');
    const payment_settings = {
      ...subscription.payment_settings,
      save_default_payment_method: 'on_subscription' as const,
    };
    story.set('subscriptions', { ...subscription, payment_settings });
    story.outside();
    payByBackup({ story, told });
    const promoted = {
      ...story.row('subscriptions', 'sub_a'),
      default_payment_method: 'pm_second',
    };
    story.set('subscriptions', promoted);
    told.recover('ch_3');
    story.conclude();
    expect(story.broken).toContain('restored default');
  });

  it("finds Stripe's own retries on in the end", () => {
    const { story } = begun();
    story.changeInvoice('in_1', { auto_advance: true });
    story.conclude();
    expect(story.broken).toContain('taken over again');
  });
});

describe('6 found, troubles and explained', () => {
  it('finds a failed invoice without a case', () => {
    const story = new Story();
    story.wait(3 * 60);
    story.conclude();
    expect(story.broken).toEqual(['6 found']);
  });

  it('finds a dispute that is on no record, and one that is told twice', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    const charge = story.pay('in_1', 'pm_first', 'succeeded');
    story.wait(1);
    const dispute = { id: 'dp_1', charge, reason: 'general' };
    // As above.
    story.set('disputes', dispute as Parameters<typeof story.set<'disputes'>>[1]);
    told.settleAs(charge, {
      progress: { state: 'recovered', endedAt: story.now, role: 'primary' },
    });
    story.wait(3 * 60);
    const event = { kind: 'trouble', trouble: { source: 'dp_1', kind: 'dispute' } };
    story.write('CUSTOMER#cus_a', 'LOG#in_1#0002', { event });
    expect(story.broken).toEqual([]);
    story.write('CUSTOMER#cus_a', 'LOG#in_1#0003', { event });
    expect(story.broken).toEqual(['troubles']);
  });

  it('finds the end of a pass that does not say what comes, and a wait that is told twice', () => {
    const { story } = begun();
    const line = (name: string, event: object) =>
      story.write('CUSTOMER#cus_a', `LOG#in_1#${name}`, { event });
    line('0001', {
      kind: 'pass_ended',
      nextPassAt: noon,
      trace: [{ rule: 'schedule_stands', at: 1 }],
    });
    expect(story.broken).toEqual(['explained']);
    const waits = begun();
    const wait = { kind: 'waiting', until: noon, trace: [{ rule: 'hold' }] };
    waits.story.write('CUSTOMER#cus_a', 'LOG#in_1#0001', { event: wait });
    expect(waits.story.broken).toEqual([]);
    waits.story.write('CUSTOMER#cus_a', 'LOG#in_1#0002', { event: wait });
    expect(waits.story.broken).toEqual(['explained']);
  });
});
