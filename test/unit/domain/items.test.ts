import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeCase } from '../../../functions/domain/case/advance-case.ts';
import type { DunningCase, Progress } from '../../../functions/domain/case/dunning-case.ts';
import { personId } from '../../../functions/domain/customer/person.ts';
import { invoiceId } from '../../../functions/domain/ids.ts';
import {
  caseItem,
  customerItem,
  dueShard,
  historyItem,
  keys,
  ledgerItem,
  linkItem,
  methodItem,
  noticeItem,
  rateItem,
  recordOf,
  sessionItem,
  shardCount,
  signedOutItem,
} from '../../../functions/domain/items.ts';
import { signOutEverywhere, startSession } from '../../../functions/domain/sign-in/session.ts';
import { createLink } from '../../../functions/domain/sign-in/sign-in-link.ts';
import { dayMs, hourMs, minuteMs } from '../../../functions/domain/time.ts';
import {
  agreed,
  cardMethod,
  customerOf,
  dunningCaseOf,
  noon,
  openAttemptOf,
  theCustomer,
  theInvoice,
} from '../../twins/examples.ts';
import { anyPass } from './fixtures/arbitraries.ts';

test('keys are those of the data model', () => {
  expect(caseItem(dunningCaseOf())).toMatchObject({ pk: 'CUSTOMER#cus_ada', sk: 'V#CASE#in_1' });
  expect(customerItem(customerOf())).toMatchObject({ pk: 'CUSTOMER#cus_ada', sk: 'V#CUSTOMER' });
  expect(methodItem(cardMethod())).toMatchObject({
    pk: 'CUSTOMER#cus_ada',
    sk: 'V#METHOD#pm_primary',
  });
  expect(keys.ledger('fp_1')).toEqual({ pk: 'CARD#fp_1', sk: 'LEDGER' });
  expect(keys.notice(theCustomer, 'kind#fact#who')).toEqual({
    pk: 'CUSTOMER#cus_ada',
    sk: 'NOTICE#kind#fact#who',
  });
});

test('what lets somebody in goes by itself, and that they signed out everywhere stays', () => {
  const person = personId('0'.repeat(32));
  const start = { id: 'hash', person, customer: null, returnUrl: null };
  const session = sessionItem(startSession({ ...start, signOuts: 0 }, noon));
  expect(session).toMatchObject({
    pk: 'SESSION#hash',
    sk: 'SESSION',
    expiresAt: (noon + 12 * hourMs) / 1000,
  });
  const link = linkItem(createLink(start, noon));
  expect(link).toMatchObject({
    pk: 'LINK#hash',
    sk: 'LINK',
    expiresAt: (noon + 10 * minuteMs) / 1000,
  });
  const rate = rateItem({ id: 'sign_in_source#hash', times: [noon], version: 1 }, noon + hourMs);
  expect(rate).toMatchObject({
    pk: 'RATE#sign_in_source#hash',
    sk: 'RATE',
    expiresAt: (noon + hourMs) / 1000,
  });
  const signedOut = signedOutItem(signOutEverywhere(person, null, noon));
  expect(signedOut).toMatchObject({ pk: `PERSON#${person}`, sk: 'SIGNED_OUT' });
  expect(signedOut).not.toHaveProperty('expiresAt');
});

test('history is read in the order in which it was written', () => {
  const sks = [1, 2, 9, 10, 100, 1000].map((n) => keys.history(theCustomer, theInvoice, n).sk);
  expect(sks.toSorted()).toEqual(sks);
});

describe('the sparse indexes', () => {
  test('have a case while it is due, at its time', () => {
    const waiting = dunningCaseOf({ progress: { state: 'waiting', dueAt: noon } });
    const item = caseItem(waiting);
    expect(item).toMatchObject({ dueAt: '2026-11-02T12:00:00.000Z', state: 'waiting' });
    const shards = Array.from({ length: shardCount }, (_, shard) => dueShard(shard));
    expect(shards).toContain(item.dueShard);
    expect(item).toHaveProperty('openShard');
    const exhausted = dunningCaseOf({ progress: { state: 'exhausted', endedAt: noon } });
    expect(caseItem(exhausted)).toHaveProperty('openShard');
    expect(item).not.toHaveProperty('expiresAt');
  });

  test('have a queued case later', () => {
    const queued = dunningCaseOf({ queuedUntil: noon + hourMs });
    expect(caseItem(queued).dueAt).toBe('2026-11-02T13:00:00.000Z');
  });

  test('lose a case that ended and owes nothing', () => {
    const closed = { ...closeCase(dunningCaseOf(), 'voided', noon), owed: [] };
    const item = caseItem(closed);
    for (const name of ['dueShard', 'dueAt', 'openShard', 'openedAt', 'expiresAt']) {
      expect(item).not.toHaveProperty(name);
    }
  });

  test('keep one that ended and still owes a mail', () => {
    expect(caseItem(closeCase(dunningCaseOf(), 'voided', noon))).toHaveProperty('dueShard');
  });

  test('have a card until nothing is to be told of its expiry any more', () => {
    const item = methodItem(cardMethod({ expMonth: 11, expYear: 2026 }));
    expect(item.remindAt).toMatch(/^2026-09-(1[5-9]|2[0-2])T/);
    expect(item.remindShard).toMatch(/^REMIND#[0-7]$/);
    expect(recordOf(item)).toEqual(cardMethod({ expMonth: 11, expYear: 2026 }));
    const reminder = { expiry: '2026-11', told: [30], lookAt: noon, owed: null };
    const told = cardMethod({ expMonth: 11, expYear: 2026, reminder });
    expect(methodItem(told).remindAt).toBe('2026-11-02T12:00:00.000Z');
    const done = { ...told, reminder: { ...reminder, lookAt: null } };
    const account = cardMethod({ expMonth: null, expYear: null });
    for (const none of [done, account, { ...told, removedAt: noon }]) {
      expect(methodItem(none)).not.toHaveProperty('remindShard');
      expect(methodItem(none)).not.toHaveProperty('remindAt');
    }
  });

  test('spread cases over all partitions', () => {
    const used = new Set(
      Array.from(
        { length: 200 },
        (_, index) => caseItem(dunningCaseOf({ invoice: invoiceId(`in_${index}`) })).dueShard,
      ),
    );
    expect(used.size).toBe(shardCount);
  });
});

test('a case that was not ours is forgotten after 30 days', () => {
  const closed = closeCase(dunningCaseOf(), 'not_ours', noon);
  expect(caseItem(closed).expiresAt).toBe((noon + 30 * dayMs) / 1000);
});

const anyProgress: fc.Arbitrary<Progress> = fc.oneof(
  fc.record({
    state: fc.constantFrom('due' as const, 'waiting' as const, 'processing' as const),
    dueAt: fc.constant(noon),
  }),
  fc.record({ state: fc.constant('exhausted' as const), endedAt: fc.constant(noon) }),
  fc.record({
    state: fc.constant('closed' as const),
    endedAt: fc.constant(noon),
    reason: fc.constantFrom('not_ours' as const, 'voided' as const),
  }),
);

describe('what is stored is read back', () => {
  test('any case', () => {
    fc.assert(
      fc.property(anyProgress, fc.option(anyPass), fc.nat(), (progress, pass, queuedUntil) => {
        const stored = dunningCaseOf({
          progress,
          pass,
          queuedUntil,
          openAttempt: openAttemptOf(),
          owed: [{ kind: 'hand_back' }],
        });
        expect(recordOf<DunningCase>(caseItem(stored))).toEqual(stored);
      }),
    );
  });

  test('everything else', () => {
    const method = cardMethod({ consent: agreed });
    expect(recordOf(methodItem(method))).toEqual(method);
    expect(recordOf(customerItem(customerOf()))).toEqual(customerOf());
    const ledger = { card: 'fp', slots: [], blocks: [], waits: [], lifted: null, version: 3 };
    expect(recordOf(ledgerItem(ledger))).toEqual(ledger);
    const notice = {
      customer: theCustomer,
      id: 'kind#fact#who',
      status: { state: 'sending' as const, since: noon, message: 'm-1' },
      version: 1,
    };
    expect(recordOf(noticeItem(notice))).toEqual(notice);
    const entry = {
      invoice: theInvoice,
      sequence: 1,
      pass: 1,
      at: noon,
      amount: null,
      event: { kind: 'closed' as const, reason: 'voided' as const },
    };
    expect(recordOf(historyItem(theCustomer, entry))).toMatchObject(entry);
  });
});

test('an item of a newer release is refused with a sentence that says what to do', () => {
  const item = { ...caseItem(dunningCaseOf()), v: 2 };
  expect(() => recordOf(item)).toThrow(/schema version 2.*Deploy/);
});
