import { describe, expect, it } from 'vitest';
import { defaultPolicy, Story } from './story.ts';
import { type CaseTeller, tellCase, tellFallback } from './tell-case.ts';

function begun(): { story: Story; told: CaseTeller } {
  const story = new Story();
  const told = tellCase(story);
  told.begin();
  told.takeOver();
  return { story, told };
}

describe('2 history', () => {
  it.each([
    ['a decline told as a success', 'generic_decline', { kind: 'succeeded' }],
    ['a decline told as nothing', 'generic_decline', { kind: 'not_executed' }],
    ['a success told as a decline', 'succeeded', { kind: 'declined' }],
    ['a question told as a decline', 'authentication_required', { kind: 'declined' }],
    ['a debit told as paid', 'pending', { kind: 'succeeded' }],
  ] as const)('finds %s', (_, outcome, told) => {
    const { story, told: teller } = begun();
    teller.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', outcome);
    teller.settle(told);
    expect(story.broken).toEqual(['2 history']);
  });

  it('allows a charge by hand that may be taken for an open attempt, and none of before or after', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.set('charges', { ...story.row('charges', 'ch_1'), id: 'ch_by_hand' });
    story.outside();
    told.settle({ kind: 'declined' });
    expect(story.broken).toEqual([]);
    told.claim('pm_first', 'primary');
    told.settle({ kind: 'declined' });
    expect(story.broken).toEqual(['2 history']);
  });

  it('finds a debit whose end is told otherwise', () => {
    for (const kind of ['succeeded', 'declined']) {
      const { story, told } = begun();
      told.claim('pm_first', 'primary');
      const debit = story.pay('in_1', 'pm_first', 'pending');
      told.settleAs(debit);
      story.settleDebit(debit, 'failed');
      const event = { kind: 'debit_ended', n: 1, outcome: { kind } };
      story.write('CUSTOMER#cus_a', 'LOG#in_1#0002', { event });
      expect(story.broken).toEqual(kind === 'declined' ? [] : ['2 history']);
    }
  });

  it('finds another code than the bank gave', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'insufficient_funds');
    const codes = { code: 'card_declined', adviceCode: null, networkDeclineCode: '51' };
    told.settle({ kind: 'declined', codes });
    expect(story.broken).toEqual(['2 history']);
  });

  it('finds an unusable method that Stripe never called so', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    story.pay('in_1', 'pm_first', 'unmade', { status: 500 });
    told.settle({ kind: 'method_unusable' });
    expect(story.broken).toEqual(['2 history']);
    const named = begun();
    named.told.claim('pm_first', 'primary');
    named.story.pay('in_1', 'pm_first', 'unmade', { status: 400 });
    named.told.settle({ kind: 'method_unusable' });
    expect(named.story.broken).toEqual([]);
  });

  it('finds an attempt that is told twice, one that never was, and one never told', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    told.settleAs(story.pay('in_1', 'pm_first', 'generic_decline'));
    const event = { kind: 'attempt', n: 1, outcome: { kind: 'declined' } };
    story.write('CUSTOMER#cus_a', 'LOG#in_1#0002', { event });
    expect(story.broken).toEqual(['2 history']);
    const invented = begun();
    invented.story.write('CUSTOMER#cus_a', 'LOG#in_1#0001', { event });
    expect(invented.story.broken).toEqual(['2 history']);
    const silent = begun();
    silent.told.claim('pm_first', 'primary');
    silent.story.pay('in_1', 'pm_first', 'generic_decline');
    silent.told.write({ openAttempt: null });
    silent.story.conclude();
    expect(silent.story.broken).toEqual(['2 history']);
  });
});

/** No pass follows the first one by itself. */
const usedUp = { ...defaultPolicy, retryAfterDays: [] };

describe('6 due time', () => {
  it.each([
    ['no due time', { dueAt: undefined, dueShard: undefined }],
    ['another time than its own', { dueAt: new Date(0).toISOString() }],
    ['a shard that nobody reads', { dueShard: 'DUE#8' }],
    ['no place among the open ones', { openShard: undefined }],
  ])('finds an open case with %s', (_, change) => {
    const { story } = begun();
    const item = story.item('CUSTOMER#cus_a', 'V#CASE#in_1');
    story.write('CUSTOMER#cus_a', 'V#CASE#in_1', { ...item, ...change });
    expect(story.broken).toEqual(['6 due time']);
  });

  it('finds a time later than any that the policy plans', () => {
    const { story, told } = begun();
    told.write({ progress: { state: 'waiting', dueAt: story.now + 9 * 86_400_000 } });
    expect(story.broken).toEqual(['6 due time']);
  });

  it('finds an ended case that owes and is due nowhere', () => {
    const { story, told } = begun();
    told.recover(tellFallback(story, told, 'succeeded'));
    const item = story.item('CUSTOMER#cus_a', 'V#CASE#in_1');
    story.write('CUSTOMER#cus_a', 'V#CASE#in_1', { ...item, owed: [{ kind: 'notice' }] });
    expect(story.broken).toEqual(['6 due time']);
  });
});

describe('6 schedule', () => {
  it('finds a pass that comes too early, and an end before the last one', () => {
    const early = begun();
    tellFallback(early.story, early.told, 'generic_decline');
    early.told.settle({ kind: 'declined' });
    early.told.endPass(0);
    expect(early.story.broken).toEqual(['6 schedule']);
    const given = begun();
    tellFallback(given.story, given.told, 'generic_decline');
    given.told.settle({ kind: 'declined' });
    given.told.endPass(null);
    expect(given.story.broken).toEqual(['6 schedule']);
  });
});

describe('6 dead letters and 6 nothing left', () => {
  const message = {
    queue: 'retry',
    messageId: 'message-1',
    body: '{}',
    sentAt: 0,
    visibleAt: 0,
    receiveCount: 5,
    isDead: true,
  };

  it('finds a message that died into nothing', () => {
    const story = new Story();
    story.happens({ kind: 'message_died', message });
    expect(story.broken).toEqual(['6 dead letters']);
    const kept = new Story();
    kept.messages.push(message);
    kept.happens({ kind: 'message_died', message });
    expect(kept.broken).toEqual([]);
  });

  it('finds dead and forgotten messages in the end, and allows delayed ones', () => {
    const story = new Story();
    story.messages.push({ ...message, isDead: false, visibleAt: story.now + 1 });
    story.conclude();
    expect(story.broken).toEqual([]);
    story.messages.push({ ...message, isDead: false }, message);
    story.conclude();
    expect(story.breaches.map(({ rule }) => rule)).toEqual(['6 nothing left', '6 nothing left']);
  });

  it.each([
    ['an attempt left open', (told: CaseTeller) => void told.claim('pm_first', 'primary')],
    ['work owed', (told: CaseTeller) => told.write({ owed: [{ kind: 'notice' }] })],
    ['a wanted retry', (told: CaseTeller) => told.write({ retryWanted: 1 })],
  ])('finds %s', (_, happens) => {
    const { story, told } = begun();
    happens(told);
    story.conclude();
    expect(story.broken).toEqual(['6 nothing left']);
  });

  it('finds a case that has been due for long', () => {
    const { story } = begun();
    story.conclude();
    expect(story.broken).toEqual([]);
    story.wait(60);
    story.conclude();
    expect(story.broken).toEqual(['6 nothing left']);
  });
});

describe('6 ended truly', () => {
  const closed = (reason: string) => ({ progress: { state: 'closed', endedAt: 0, reason } });

  it.each([
    'paid_elsewhere',
    'voided',
    'uncollectible',
    'customer_deleted',
    'subscription_canceled',
    'collection_paused',
    'invoice_missing',
    'not_ours',
  ])('finds an open invoice of ours closed as %s', (reason) => {
    const { story, told } = begun();
    told.write(closed(reason));
    expect(story.broken).toEqual(['6 ended truly']);
  });

  it('finds a recovery that nobody paid, and one that we paid called another', () => {
    const invented = begun();
    invented.told.write({ progress: { state: 'recovered', endedAt: 0, role: 'primary' } });
    expect(invented.story.broken).toEqual(['6 ended truly']);
    const stolen = begun();
    stolen.told.claim('pm_first', 'primary');
    const charge = stolen.story.pay('in_1', 'pm_first', 'succeeded');
    stolen.told.settleAs(charge, closed('paid_elsewhere'));
    expect(stolen.story.broken).toEqual(['6 ended truly']);
  });

  it('finds in the end a case that goes on though its invoice is void, and a forgotten payment', () => {
    const { story, told } = begun();
    story.changeInvoice('in_1', { status: 'void' });
    story.conclude();
    expect(story.broken).toEqual(['6 ended truly']);
    const paid = begun();
    paid.told.claim('pm_first', 'primary');
    paid.told.settleAs(paid.story.pay('in_1', 'pm_first', 'succeeded'));
    paid.story.conclude();
    expect(paid.story.broken).toEqual(['6 ended truly']);
    expect(told.key).toBe('');
  });

  it('allows reasons that were so when they could be seen', () => {
    const { story, told } = begun();
    const before = story.row('subscriptions', 'sub_a');
    const pause = { behavior: 'void', resumes_at: null } as const;
    story.set('subscriptions', { ...before, pause_collection: pause });
    story.outside();
    story.set('subscriptions', before);
    story.outside();
    told.write({ ...closed('collection_paused'), ownsCollection: false });
    expect(story.broken).toEqual([]);
  });
});

describe('6 collection', () => {
  it("finds a claim and an end of a pass while Stripe's own collection is on", () => {
    const story = new Story();
    const told = tellCase(story);
    told.begin();
    told.begin();
    told.claim('pm_first', 'primary');
    expect(story.broken).toEqual(['6 collection']);
    const ended = begun();
    ended.story.changeInvoice('in_1', { auto_advance: true });
    ended.told.begin();
    ended.told.endPass(1, { passCount: 1 });
    expect(ended.story.broken).toEqual(['6 collection']);
  });

  it('finds an invoice that was never handed back', () => {
    const cancelled = (): { story: Story; told: CaseTeller } => {
      const { story, told } = begun();
      const before = story.row('subscriptions', 'sub_a');
      story.set('subscriptions', { ...before, status: 'canceled' });
      story.outside();
      const reason = 'subscription_canceled';
      told.write({ progress: { state: 'closed', endedAt: 0, reason }, ownsCollection: false });
      return { story, told };
    };
    const kept = cancelled();
    kept.story.conclude();
    expect(kept.story.broken).toEqual(['6 collection']);
    const returned = cancelled();
    returned.story.collect('in_1', true);
    returned.story.conclude();
    expect(returned.story.broken).toEqual([]);
  });

  it('finds an invoice that nobody collects', () => {
    const { story, told } = begun();
    told.write({ ownsCollection: false });
    story.conclude();
    expect(story.broken).toEqual(['6 collection']);
  });
});

describe('versions and reopening', () => {
  it('finds a version that was left out, and one that was used twice', () => {
    const skipped = new Story();
    skipped.write('CARD#print4242', 'LEDGER', {}, 2);
    expect(skipped.broken).toEqual(['versions']);
    const twice = new Story();
    twice.write('CARD#print4242', 'LEDGER', {});
    twice.write('CARD#print4242', 'LEDGER', {}, 1);
    expect(twice.broken).toEqual(['versions']);
  });

  it('finds history that is written again', () => {
    const { story, told } = begun();
    told.claim('pm_first', 'primary');
    told.settle({ kind: 'not_executed' });
    story.write('CUSTOMER#cus_a', 'LOG#in_1#0001', { event: {} });
    expect(story.broken).toEqual(['versions']);
  });

  it('finds a recovered case that goes on, and an exhausted one that does so unasked', () => {
    const { story, told } = begun();
    told.recover(tellFallback(story, told, 'succeeded'));
    told.write({ progress: { state: 'due', dueAt: story.now } });
    expect(story.broken).toEqual(['reopening']);
    const exhausted = begun();
    exhausted.story.policy = usedUp;
    exhausted.told.endPass(null, { passCount: 1 });
    exhausted.told.write({ progress: { state: 'due', dueAt: exhausted.story.now } });
    expect(exhausted.story.broken).toEqual(['reopening']);
  });

  it('allows an exhausted case to go on for a wanted retry', () => {
    const { story, told } = begun();
    story.policy = usedUp;
    told.endPass(null, { passCount: 1 });
    told.write({ retryWanted: 1 });
    told.claim('pm_first', 'primary', { retryServed: 1 });
    expect(story.broken).toEqual([]);
  });
});

describe('evidence', () => {
  it('finds a charge that no happening names, and one that is named and not there', () => {
    const untold = begun();
    untold.told.claim('pm_first', 'primary');
    untold.story.pay('in_1', 'pm_first', 'generic_decline', { charges: [] });
    expect(untold.story.broken).toEqual(['evidence']);
    const invented = begun();
    invented.told.claim('pm_first', 'primary');
    invented.story.pay('in_1', 'pm_first', 'unmade', { charges: ['ch_none'] });
    expect(invented.story.broken).toEqual(['evidence']);
  });

  it('finds in the end an item that nobody told of', () => {
    const { story } = begun();
    const evidence = story.evidence;
    const untold = { pk: 'CARD#print4242', sk: 'LEDGER', version: 1 };
    const found = story.judge.conclude({ ...evidence, items: [...evidence.items, untold] });
    expect(found.map(({ rule }) => rule)).toEqual(['evidence']);
  });
});
