import { describe, expect, it } from 'vitest';
import type { DeclineCode } from '../../../local/stripe/engine/published/declines.ts';
import { Story } from './story.ts';
import { type CaseTeller, tellCase, tellFallback } from './tell-case.ts';

/** A story whose case is taken over and about to claim. */
function begun(): { story: Story; told: CaseTeller } {
  const story = new Story();
  const told = tellCase(story);
  told.begin();
  told.takeOver();
  return { story, told };
}

/** The primary was refused by Stripe for this reason, and our pass begins. */
function refusedWith(code: DeclineCode): { story: Story; told: CaseTeller } {
  const story = new Story();
  story.stripeTries('in_1', 'pm_first', code);
  const told = tellCase(story);
  told.begin();
  told.takeOver();
  return { story, told };
}

/** Our own try of the primary was refused in this pass: the backup comes next. */
function primaryRefused(): { story: Story; told: CaseTeller } {
  const { story, told } = begun();
  told.claim('pm_first', 'primary');
  told.settleAs(story.pay('in_1', 'pm_first', 'insufficient_funds'));
  return { story, told };
}

const entry = { id: 'customer-2-0', what: 'roles_changed', by: null };
const owedLine = {
  unfinished: [{ kind: 'audit', entry }],
  dueAt: '2026-09-01T12:02:00.000Z',
  dueShard: 'DUE#1',
};

/** Something of the agreement to `pm_second` ends on record, and the audit log says so. */
function withdraw(story: Story, sk: string, fields: object): void {
  const pk = 'CUSTOMER#cus_a';
  story.write(pk, 'AUDIT#1#withdrawn', { what: 'consent_withdrawn', about: 'pm_second' });
  story.write(pk, sk, { ...story.item(pk, sk), ...fields });
}

describe('1 one successful charge', () => {
  it('finds two of ours', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    told.settleAs(story.pay('in_1', 'pm_first', 'succeeded'));
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'succeeded');
    expect(story.broken).toContain('1 one successful charge');
  });

  it("finds one of ours beside Stripe's own, and a debit that settles later", () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    const debit = story.pay('in_1', 'pm_first', 'pending');
    story.stripeTries('in_1', 'pm_first', 'succeeded');
    expect(story.broken).not.toContain('1 one successful charge');
    story.settleDebit(debit, 'succeeded');
    expect(story.broken).toContain('1 one successful charge');
  });

  it('takes a debit that failed for none', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.settleDebit(story.pay('in_1', 'pm_first', 'pending'), 'failed');
    told.settle({ kind: 'declined' });
    told.claim('pm_second', 'secondary');
    story.pay('in_1', 'pm_second', 'succeeded');
    expect(story.broken).toEqual([]);
  });
});

describe('1 open and ours', () => {
  it.each([
    ['void', { status: 'void' }],
    ['a draft', { status: 'draft' }],
    ['a sign-up', { billing_reason: 'subscription_create' }],
    ['made by hand', { billing_reason: 'manual' }],
    ['sent to the customer', { collection_method: 'send_invoice' }],
    ['of the other livemode', { livemode: true }],
  ] as const)('finds a charge for an invoice that is %s', (_, change) => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.changeInvoice('in_1', change);
    story.pay('in_1', 'pm_first', 'generic_decline');
    expect(story.broken).toEqual(['1 open and ours']);
  });

  it('finds a charge for an invoice that was given up before the look, not after', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.changeInvoice('in_1', { status: 'uncollectible' });
    told.settleAs(story.pay('in_1', 'pm_first', 'generic_decline'));
    expect(story.broken).toEqual([]);
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'generic_decline');
    expect(story.broken).toEqual(['1 open and ours']);
  });

  it('finds a charge for a deleted customer', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.set('customers', { id: 'cus_a', object: 'customer', deleted: true });
    story.outside();
    story.pay('in_1', 'pm_first', 'generic_decline');
    expect(story.broken).toEqual(['1 open and ours']);
  });

  it('finds a charge of a subscription that was cancelled before the look, not after', () => {
    const { story, told } = begun();
    const cancel = (): void => {
      story.set('subscriptions', { ...story.row('subscriptions', 'sub_a'), status: 'canceled' });
      story.outside();
    };
    told.claim('pm_first', 'primary');
    cancel();
    told.settleAs(story.pay('in_1', 'pm_first', 'generic_decline'));
    expect(story.broken).toEqual([]);
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'generic_decline');
    expect(story.broken).toEqual(['1 open and ours']);
  });
});

describe('2 on record first', () => {
  it.each([
    ['without a key', { idempotencyKey: undefined }],
    ['under a random key', { idempotencyKey: 'random' }],
    ['by another path', { path: '/v1/payment_intents/pi_in_1/confirm' }],
  ])('finds a declined charge %s', (_, call) => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'generic_decline', call);
    expect(story.broken).toEqual(['2 on record first']);
  });

  it('finds a charge before the claim, and after its end', () => {
    const early = begun();
    early.story.pay('in_1', 'pm_first', 'generic_decline', { idempotencyKey: 'backstop-in_1-1' });
    expect(early.story.broken).toEqual(['2 on record first']);
    const late = begun();
    const key = late.told.claim('pm_first', 'primary');
    late.told.settle({ kind: 'not_executed' });
    late.story.pay('in_1', 'pm_first', 'generic_decline', { idempotencyKey: key });
    expect(late.story.broken).toEqual(['2 on record first']);
  });

  it('finds a charge with another method than the claimed one', () => {
    const { story, told } = begun();
    told.claim('pm_second', 'secondary');
    story.pay('in_1', 'pm_first', 'generic_decline');
    expect(story.broken).toEqual(['2 on record first']);
  });

  it('finds two charges of one attempt', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'generic_decline');
    story.pay('in_1', 'pm_first', 'generic_decline');
    expect(story.broken).toEqual(['2 on record first']);
  });

  it('finds a number that is used again', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    told.settle({ kind: 'not_executed' });
    const open = { n: 1, key: 'backstop-in_1-1-pm_second', method: 'pm_second', sentAt: 0 };
    told.write({ openAttempt: open });
    expect(story.broken).toEqual(['2 on record first']);
  });

  it('finds a key that Stripe may have forgotten', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.wait(24 * 60);
    story.pay('in_1', 'pm_first', 'generic_decline');
    expect(story.broken).toEqual(['2 on record first']);
  });
});

describe('3 dead card', () => {
  it('finds a try after the refusal was on record', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    told.settleAs(story.pay('in_1', 'pm_first', 'stolen_card'));
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'stolen_card');
    expect(story.broken).toEqual(['3 dead card']);
  });

  it('finds a try for another invoice and by another method of the same card', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    told.settleAs(story.pay('in_1', 'pm_first', 'lost_card'));
    story.addCustomer('b', 'bob@b.example', '4242', '5555');
    story.addInvoice('in_2', 'b');
    story.outside();
    const other = tellCase(story, 'in_2');
    other.begin();
    other.takeOver();
    other.claim('pm_firstb', 'primary');
    story.pay('in_2', 'pm_firstb', 'succeeded');
    expect(story.broken).toEqual(['3 dead card']);
  });

  it('allows a try that was claimed before anybody knew, but not to send it again', () => {
    const { story, told } = begun();
    story.addInvoice('in_2', 'a');
    story.outside();
    const other = tellCase(story, 'in_2');
    other.begin();
    other.takeOver();
    other.claim('pm_first', 'primary');
    told.claim('pm_first', 'primary');
    told.settleAs(story.pay('in_1', 'pm_first', 'lost_card'));
    story.pay('in_2', 'pm_first', 'generic_decline');
    expect(story.broken).toEqual([]);

    other.settle({ kind: 'declined' });
    const again = begun();
    again.story.addInvoice('in_2', 'a');
    again.story.outside();
    const second = tellCase(again.story, 'in_2');
    second.begin();
    second.takeOver();
    const key = second.claim('pm_first', 'primary');
    again.told.claim('pm_first', 'primary');
    again.told.settleAs(again.story.pay('in_1', 'pm_first', 'lost_card'));
    again.story.wait(3);
    const open = { n: 1, key, method: 'pm_first', sentAt: again.story.now };
    second.write({ openAttempt: open });
    again.story.pay('in_2', 'pm_first', 'generic_decline');
    expect(again.story.broken).toEqual(['3 dead card']);
  });

  it("finds a try after Stripe's own was refused so for this invoice", () => {
    const { story, told } = refusedWith('pickup_card');
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'pickup_card');
    expect(story.broken).toEqual(['3 dead card']);
  });

  it("finds a try for another invoice once Stripe's refusal was looked at", () => {
    const { story, told } = refusedWith('pickup_card');
    story.addInvoice('in_2', 'a');
    story.outside();
    const other = tellCase(story, 'in_2');
    other.begin();
    other.takeOver();
    told.claim('pm_second', 'secondary');
    other.claim('pm_first', 'primary');
    story.pay('in_2', 'pm_first', 'pickup_card');
    expect(story.broken).toEqual(['3 dead card']);
  });

  it("is lifted by the network's update and another number, not by an edit", () => {
    const updated = refusedWith('lost_card');
    updated.story.changeCard('pm_first', { exp_year: 2034 }, true);
    updated.told.begin();
    updated.told.claim('pm_first', 'primary');
    updated.story.pay('in_1', 'pm_first', 'succeeded');
    expect(updated.story.broken).toEqual([]);
    const replaced = refusedWith('lost_card');
    replaced.story.changeCard('pm_first', { fingerprint: 'another' });
    replaced.told.begin();
    replaced.told.claim('pm_first', 'primary');
    replaced.story.pay('in_1', 'pm_first', 'succeeded');
    expect(replaced.story.broken).toEqual([]);
    const edited = refusedWith('lost_card');
    edited.story.changeCard('pm_first', { exp_year: 2034 });
    edited.told.begin();
    edited.told.claim('pm_first', 'primary');
    edited.story.pay('in_1', 'pm_first', 'succeeded');
    expect(edited.story.broken).toEqual(['3 dead card']);
  });
});

describe('3 wrong data and 3 not this invoice', () => {
  it('finds a try with the data that were refused, and allows one with others', () => {
    const same = refusedWith('expired_card');
    same.told.claim('pm_first', 'primary');
    same.story.pay('in_1', 'pm_first', 'expired_card');
    expect(same.story.broken).toEqual(['3 wrong data']);
    const corrected = refusedWith('expired_card');
    corrected.story.changeCard('pm_first', { exp_year: 2034 });
    corrected.told.begin();
    corrected.told.claim('pm_first', 'primary');
    corrected.story.pay('in_1', 'pm_first', 'succeeded');
    expect(corrected.story.broken).toEqual([]);
  });

  it('finds another try after authentication or risk, and allows one that a person wants', () => {
    for (const code of ['authentication_required', 'highest_risk_level'] as const) {
      const { story, told } = refusedWith(code);
      told.claim('pm_first', 'primary');
      told.settleAs(story.pay('in_1', 'pm_first', code));
      expect(story.broken).toEqual(['3 not this invoice']);
    }
    const { story, told } = refusedWith('authentication_required');
    told.endPass(1, { passCount: 1 });
    told.write({ retryWanted: 1 });
    told.claim('pm_first', 'primary', { retryServed: 1 });
    told.settleAs(story.pay('in_1', 'pm_first', 'authentication_required'));
    expect(story.broken).toEqual([]);
  });
});

describe('4 refusal of the primary', () => {
  it('finds the backup charged before the primary of today was refused', () => {
    const { story, told } = begun();
    story.addCard('pm_third', 'cus_a', 'visa', '1117');
    story.set('subscriptions', {
      ...story.row('subscriptions', 'sub_a'),
      default_payment_method: 'pm_third',
    });
    story.outside();
    told.begin();
    told.claim('pm_second', 'secondary');
    story.pay('in_1', 'pm_second', 'succeeded');
    expect(story.broken).toEqual(['4 refusal of the primary', '4 primary first']);
  });

  it('finds a refusal that the primary has outlived', () => {
    const { story, told } = begun();
    story.changeCard('pm_first', { exp_year: 2034 });
    told.begin();
    told.claim('pm_second', 'secondary');
    story.pay('in_1', 'pm_second', 'succeeded');
    expect(story.broken).toEqual(['4 refusal of the primary', '4 primary first']);
  });

  it.each([
    ['detached', (story: Story) => story.detach('pm_first')],
    [
      'missing',
      (story: Story) => {
        const before = story.row('subscriptions', 'sub_a');
        story.set('subscriptions', { ...before, default_payment_method: null });
        story.outside();
      },
    ],
    [
      'dead by another invoice',
      (story: Story) => {
        story.addInvoice('in_2', 'a');
        story.stripeTries('in_2', 'pm_first', 'lost_card');
      },
    ],
  ])('allows the backup where the primary is %s', (_, happens) => {
    const { story, told } = begun();
    story.changeCard('pm_first', { exp_year: 2034 });
    happens(story);
    told.begin();
    told.claim('pm_second', 'secondary');
    story.pay('in_1', 'pm_second', 'succeeded');
    expect(story.broken).toEqual([]);
  });
});

describe('4 primary first', () => {
  it('finds a pass that begins with the backup, and allows it after a hard decline', () => {
    const { story, told } = begun();
    told.claim('pm_second', 'secondary');
    story.pay('in_1', 'pm_second', 'succeeded');
    expect(story.broken).toEqual(['4 primary first']);
    for (const code of ['insufficient_funds', 'fraudulent', 'lost_card'] as const) {
      const hard = refusedWith(code);
      hard.told.claim('pm_second', 'secondary');
      hard.story.pay('in_1', 'pm_second', 'succeeded');
      expect(hard.story.broken).toEqual([]);
    }
  });

  it('finds a second pass that begins with the backup', () => {
    const story = new Story();
    const told = tellCase(story);
    told.settleAs(tellFallback(story, told, 'insufficient_funds'));
    told.endPass(1);
    story.wait(24 * 60 + 20);
    told.claim('pm_second', 'secondary');
    story.pay('in_1', 'pm_second', 'succeeded');
    expect(story.broken).toEqual(['4 primary first']);
  });
});

describe('4 consent', () => {
  it('finds a charge of a method that is neither, or whose consent had ended', () => {
    const stranger = primaryRefused();
    stranger.story.addCard('pm_third', 'cus_a', 'visa', '1117');
    stranger.story.outside();
    stranger.told.claim('pm_third', 'secondary');
    stranger.story.pay('in_1', 'pm_third', 'succeeded');
    expect(stranger.story.broken).toEqual(['4 consent']);
    const ended = primaryRefused();
    const [backup] = ended.story.customers[0]?.backups ?? [];
    Object.assign(backup ?? {}, { consentUntil: ended.story.now });
    ended.story.wait(1);
    ended.told.claim('pm_second', 'secondary');
    ended.story.pay('in_1', 'pm_second', 'succeeded');
    expect(ended.story.broken).toEqual(['4 consent']);
  });

  it.each([
    ['role', 'V#CUSTOMER', { secondary: null, ...owedLine }],
    ['consent', 'V#METHOD#pm_second', { consent: null }],
  ])('finds a %s that was withdrawn on record before the claim, not after', (_, sk, fields) => {
    const { story, told } = primaryRefused();
    withdraw(story, sk, fields);
    told.claim('pm_second', 'secondary');
    story.pay('in_1', 'pm_second', 'succeeded');
    expect(story.broken).toEqual(['4 consent']);
    const later = primaryRefused();
    later.told.claim('pm_second', 'secondary');
    withdraw(later.story, sk, fields);
    later.story.pay('in_1', 'pm_second', 'succeeded');
    expect(later.story.broken).toEqual([]);
  });

  it('finds a backup that is the same card as the primary', () => {
    const { story, told } = primaryRefused();
    story.changeCard('pm_second', { fingerprint: 'print4242' });
    told.begin();
    told.claim('pm_second', 'secondary');
    story.pay('in_1', 'pm_second', 'succeeded');
    expect(story.broken).toEqual(['4 consent']);
  });
});

describe('5 in flight', () => {
  it('finds a charge beside a debit, and a claim that saw it', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    told.settleAs(story.pay('in_1', 'pm_first', 'pending'));
    told.claim('pm_second', 'secondary');
    expect(story.breaches).toHaveLength(1);
    story.pay('in_1', 'pm_second', 'generic_decline');
    expect(story.broken).toEqual(['5 in flight']);
    expect(story.breaches).toHaveLength(2);
  });

  it('finds a claim against a hold', () => {
    const { story, told } = begun();
    told.write({ hold: { reason: 'on-session payment', until: story.now + 900_000 } });
    told.claim('pm_first', 'primary');
    expect(story.broken).toEqual(['5 in flight']);
  });
});

describe('limits', () => {
  it('finds a ninth try of one method for one invoice', () => {
    const { story, told } = begun();
    for (let tries = 1; tries < 8; tries += 1) {
      told.claim('pm_first', 'primary');
      told.settleAs(story.pay('in_1', 'pm_first', 'generic_decline'));
    }
    expect(story.broken).toEqual([]);
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'generic_decline');
    expect(story.broken).toEqual(['limits']);
  });

  it("finds a try beyond Visa's cap of one card", () => {
    const story = new Story();
    const tries = (invoice: string): void => {
      story.addInvoice(invoice, 'a');
      story.outside();
      const told = tellCase(story, invoice);
      told.begin();
      told.takeOver();
      told.claim('pm_first', 'primary');
      told.settleAs(story.pay(invoice, 'pm_first', 'insufficient_funds'));
    };
    for (let number = 2; number < 22; number += 1) tries(`in_${number}`);
    expect(story.broken).toEqual([]);
    tries('in_22');
    expect(story.broken).toEqual(['limits']);
  });
});

describe('switch and observe', () => {
  it('finds a claim while charging was stopped', () => {
    const { story, told } = begun();
    story.write('SWITCH', 'CHARGING', { charging: 'stopped' });
    told.claim('pm_first', 'primary');
    expect(story.broken).toEqual([]);
    told.settle({ kind: 'not_executed' });
    told.claim('pm_first', 'primary');
    expect(story.broken).toEqual(['switch']);
  });

  it('finds a request that changes something in mode observe', () => {
    const story = new Story('observe');
    expect(story.broken).toEqual([]);
    story.collect('in_1', false);
    expect(story.broken).toEqual(['observe']);
  });
});

it('finds a whole fallback right, whatever the backup answers', () => {
  for (const outcome of ['succeeded', 'generic_decline', 'lost_card', 'pending'] as const) {
    const story = new Story();
    tellFallback(story, tellCase(story), outcome);
    expect(story.breaches).toEqual([]);
  }
});
