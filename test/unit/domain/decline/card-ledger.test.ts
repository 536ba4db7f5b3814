import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CardLedger,
  cappedUntil,
  emptyLedger,
  keptFrom,
  ledgerCard,
  liftBlocks,
  nameSlot,
  noteRefusal,
  noteWait,
  releaseSlot,
  standingBlock,
  takeSlot,
  takeSlots,
  waitsUntil,
} from '../../../../functions/domain/decline/card-ledger.ts';
import type { DeclineKind } from '../../../../functions/domain/decline/decline.ts';
import { chargeId, paymentMethodId } from '../../../../functions/domain/ids.ts';
import type { Money } from '../../../../functions/domain/money.ts';
import { dayMs, hourMs } from '../../../../functions/domain/time.ts';
import { cardMethod, noon } from '../../../twins/examples.ts';

const card = cardMethod();
const refused = (kind: DeclineKind, ledger = emptyLedger('fp'), source = 'ch_1') =>
  noteRefusal(ledger, card, { kind, at: noon, revision: card.revision }, source);

describe('a block', () => {
  test.each(['generic', 'transient', 'insufficient_funds', 'authentication', 'risk'] as const)(
    'does not come of %s: other invoices may try the card',
    (kind) => {
      expect(standingBlock(refused(kind), card)).toBeNull();
    },
  );

  test('of a dead card stands for every copy of it, whatever its data', () => {
    const ledger = refused('card_dead');
    expect(standingBlock(ledger, card)).toMatchObject({ kind: 'card_dead' });
    const copy = cardMethod({
      method: paymentMethodId('pm_copy'),
      revision: 9,
      expYear: 2040,
    });
    expect(standingBlock(ledger, copy)).toMatchObject({ kind: 'card_dead' });
  });

  test('for wrong data moves on where the refused data turn out to be newer than the claim', () => {
    const replaced = { ...card, revision: card.revision + 1, expYear: 2034 };
    const noted = refused('invalid_data');
    const seen = { kind: 'invalid_data', at: noon, revision: replaced.revision } as const;
    const ledger = noteRefusal(noted, replaced, seen, 'ch_1');
    expect(standingBlock(ledger, replaced)).toMatchObject({ expYear: 2034 });
    expect(ledger.blocks).toHaveLength(1);
    expect(noteRefusal(ledger, replaced, seen, 'ch_1')).toBe(ledger);
  });

  test('for wrong data is lifted by a real change of the data', () => {
    const ledger = refused('invalid_data');
    expect(standingBlock(ledger, card)).toMatchObject({ kind: 'invalid_data' });
    expect(standingBlock(ledger, { ...card, revision: card.revision + 1 })).toBeNull();
  });

  test('for wrong data stands when the same card is added again', () => {
    const copy = cardMethod({ method: paymentMethodId('pm_copy') });
    expect(standingBlock(refused('invalid_data'), copy)).not.toBeNull();
    expect(standingBlock(refused('invalid_data'), { ...copy, expYear: 2033 })).toBeNull();
  });

  test('is written once for one refusal, however often it is seen', () => {
    const once = refused('invalid_data');
    expect(refused('invalid_data', once)).toBe(once);
  });

  test('of a dead card stands once: another refusal of it writes nothing', () => {
    const dead = refused('card_dead');
    expect(refused('card_dead', dead, 'ch_of_another_invoice')).toBe(dead);
  });

  test('of a dead card is not pushed out by later ones for wrong data', () => {
    let ledger = refused('card_dead');
    for (let each = 0; each < 30; each += 1) {
      ledger = refused('invalid_data', ledger, `ch_data_${each}`);
    }
    expect(standingBlock(ledger, { ...card, revision: 99 })).toMatchObject({ kind: 'card_dead' });
    expect(ledger.blocks.length).toBeLessThan(15);
  });
});

describe('a lift by staff', () => {
  const later = noon + hourMs;

  test.each(['card_dead', 'invalid_data'] as const)(
    'of %s takes the block away, and its refusal raises it no more',
    (kind) => {
      const lifted = liftBlocks(refused(kind), card, later);
      expect(standingBlock(lifted, card)).toBeNull();
      expect(refused(kind, lifted)).toBe(lifted);
      // Nor does another try of before, which nobody had shown us.
      expect(refused(kind, lifted, 'ch_0')).toBe(lifted);
      expect(liftBlocks(lifted, card, later + 1)).toBe(lifted);
    },
  );

  test('is over with the next refusal', () => {
    const lifted = liftBlocks(refused('card_dead'), card, later);
    const again = { kind: 'card_dead', at: later, revision: card.revision } as const;
    expect(standingBlock(noteRefusal(lifted, card, again, 'ch_2'), card)).not.toBeNull();
  });

  test('leaves a block that is newer than it, and one for the data of another copy', () => {
    const ledger = refused('card_dead');
    expect(liftBlocks(ledger, card, noon - 1)).toBe(ledger);
    const copy = cardMethod({ method: paymentMethodId('pm_copy'), expYear: 2040 });
    const wrong = { kind: 'invalid_data', at: noon, revision: 1 } as const;
    const both = noteRefusal(refused('invalid_data'), copy, wrong, 'ch_copy');
    const lifted = liftBlocks(both, card, later);
    expect(standingBlock(lifted, card)).toBeNull();
    expect(standingBlock(lifted, copy)).not.toBeNull();
  });

  test('is remembered for a charge whose clock at Stripe is ahead of ours', () => {
    const lifted = liftBlocks(refused('card_dead'), card, later);
    const seen = { kind: 'card_dead', at: later + 5_000, revision: 1 } as const;
    expect(noteRefusal(lifted, card, seen, 'ch_1')).toBe(lifted);
  });
});

describe('a slot', () => {
  const slot = { key: 'key', at: noon, amount: { amount: 1050, currency: 'usd' } };

  test('is taken once under its key', () => {
    const taken = takeSlot(emptyLedger('fp'), slot, noon);
    expect(takeSlot(taken, { ...slot, at: noon + hourMs }, noon + hourMs)).toBe(taken);
    expect(taken.slots).toHaveLength(1);
  });

  test('is given back when nothing was tried', () => {
    const taken = takeSlot(emptyLedger('fp'), slot, noon);
    expect(releaseSlot(taken, 'key').slots).toEqual([]);
    expect(releaseSlot(taken, 'another')).toBe(taken);
  });

  test('that is named after its charge counts once, whoever counted the charge', () => {
    const ch = chargeId('ch_1');
    const byEvent = { ...slot, key: ch };
    const ours = takeSlot(emptyLedger('fp'), slot, noon);
    const named = nameSlot(ours, 'key', ch);
    expect(named.slots).toEqual([{ ...slot, charge: ch }]);
    expect(takeSlot(named, byEvent, noon)).toBe(named);
    expect(nameSlot(named, 'key', ch)).toBe(named);
    const both = takeSlot(ours, byEvent, noon);
    expect(both.slots).toHaveLength(2);
    expect(nameSlot(both, 'key', ch).slots).toEqual(named.slots);
  });

  test('that is not there has no name', () => {
    const ledger = takeSlot(emptyLedger('fp'), slot, noon);
    expect(nameSlot(ledger, 'another', chargeId('ch_1'))).toBe(ledger);
  });

  test('is not taken for a try that is too old to count', () => {
    const ledger = emptyLedger('fp');
    expect(takeSlot(ledger, slot, noon + 30 * dayMs)).toBe(ledger);
    expect(takeSlot(ledger, slot, noon + 30 * dayMs - 1).slots).toHaveLength(1);
  });

  test('of several tries is one change', () => {
    const two = [slot, { ...slot, key: 'two' }];
    const ledger = takeSlots(emptyLedger('fp'), two, noon);
    expect(ledger).toMatchObject({ version: 1, slots: two });
    expect(takeSlots(ledger, two, noon)).toBe(ledger);
  });

  test('is forgotten after 30 days', () => {
    const old = takeSlot(emptyLedger('fp'), slot, noon);
    const later = noon + 31 * dayMs;
    const ledger = takeSlot(old, { ...slot, key: 'new', at: later }, later);
    expect(ledger.slots.map(({ key }) => key)).toEqual(['new']);
  });
});

describe('a wait', () => {
  const wait = { source: 'ch_1', until: noon + hourMs };
  const waiting = noteWait(emptyLedger('fp'), wait, noon);
  const amount = { amount: 1050, currency: 'usd' };

  test('keeps the card until its time', () => {
    expect(waitsUntil(waiting, noon)).toBe(wait.until);
    expect(waitsUntil(waiting, wait.until)).toBeNull();
    expect(keptFrom(waiting, 'visa', amount, noon)).toEqual({ by: 'wait', until: wait.until });
    expect(keptFrom(waiting, 'visa', amount, wait.until)).toBeNull();
  });

  test('is noted once, and not when it is over', () => {
    expect(waiting).toMatchObject({ waits: [wait], version: 1 });
    expect(noteWait(waiting, wait, noon)).toBe(waiting);
    expect(noteWait(waiting, { ...wait, until: noon }, noon)).toBe(waiting);
    expect(noteWait(waiting, { source: 'ch_0', until: noon }, noon)).toBe(waiting);
  });

  test('beside others lasts as long as the longest, and what is over is forgotten', () => {
    const longer = { source: 'ch_2', until: noon + dayMs };
    const both = noteWait(waiting, longer, noon);
    expect(waitsUntil(both, noon)).toBe(longer.until);
    const later = noteWait(both, { source: 'ch_3', until: noon + 3 * hourMs }, noon + 2 * hourMs);
    expect(later.waits.map(({ source }) => source)).toEqual(['ch_2', 'ch_3']);
    expect(waitsUntil(later, noon + 2 * hourMs)).toBe(longer.until);
  });

  test('or a cap: the longer one keeps the card', () => {
    const slots = Array.from({ length: 20 }, (_, index) => ({
      key: `key-${index}`,
      at: noon - 29 * dayMs,
      amount,
    }));
    const capped = { ...waiting, slots };
    expect(keptFrom(capped, 'visa', amount, noon)).toEqual({ by: 'cap', until: noon + dayMs });
    const longer = noteWait(capped, { source: 'ch_2', until: noon + 2 * dayMs }, noon);
    expect(keptFrom(longer, 'visa', amount, noon)?.by).toBe('wait');
  });
});

test('the ledger goes by the fingerprint, or by the method where there is none', () => {
  expect(ledgerCard(cardMethod({ fingerprint: 'fp_x' }))).toBe('fp_x');
  expect(ledgerCard(cardMethod({ fingerprint: null }))).toBe('pm_primary');
});

interface Rule {
  readonly tries: number;
  readonly withinMs: number;
  readonly perAmount: boolean;
}

/** The networks' published rules, written down here anew. */
const rules: Record<string, readonly Rule[]> = {
  visa: [{ tries: 20, withinMs: 30 * dayMs, perAmount: false }],
  mastercard: [
    { tries: 10, withinMs: dayMs, perAmount: true },
    { tries: 35, withinMs: 30 * dayMs, perAmount: true },
  ],
};

const tenFifty: Money = { amount: 1050, currency: 'usd' };
const anyAmount = fc.constantFrom<Money>(
  tenFifty,
  { amount: 2000, currency: 'usd' },
  { amount: 1050, currency: 'eur' },
);
/** Tries in bursts, a few a day, or a few a week; of one amount or of several. */
const anyTries = fc.constantFrom(hourMs, 12 * hourMs, 2 * dayMs).chain((pace) =>
  fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: pace }),
      amount: fc.oneof({ weight: 5, arbitrary: fc.constant(tenFifty) }, anyAmount),
    }),
    { minLength: 60, maxLength: 120 },
  ),
);

test.each(['visa', 'mastercard'])('%s: never more tries than the cap in any window', (brand) => {
  let heldBack = 0;
  fc.assert(
    fc.property(anyTries, (tries) => {
      const made = tryAll(brand, tries);
      heldBack += tries.length - made.length;
      for (const rule of rules[brand] ?? []) {
        for (const { at, amount } of made) {
          const inWindow = made.filter(
            (each) =>
              each.at >= at &&
              each.at < at + rule.withinMs &&
              (!rule.perAmount || isSame(each.amount, amount)),
          );
          expect(inWindow.length).toBeLessThanOrEqual(rule.tries);
        }
      }
    }),
  );
  expect(heldBack).toBeGreaterThan(0);
});

test.each(['visa', 'mastercard'])('%s: the cap lets go exactly when it says', (brand) => {
  fc.assert(
    fc.property(anyTries, anyAmount, (tries, amount) => {
      const made = tryAll(brand, tries);
      const last = made.at(-1)?.at ?? noon;
      const ledger: CardLedger = { ...emptyLedger('fp'), slots: made };
      const until = cappedUntil(ledger, brand, amount, last);
      if (until === null) return;
      expect(until).toBeGreaterThan(last);
      expect(cappedUntil(ledger, brand, amount, until - 1)).not.toBeNull();
      expect(cappedUntil(ledger, brand, amount, until)).toBeNull();
    }),
  );
});

/** The tries that the ledger lets through. */
function tryAll(brand: string, tries: readonly { afterMs: number; amount: Money }[]) {
  let ledger = emptyLedger('fp');
  let now = noon;
  const made: { key: string; at: number; amount: Money }[] = [];
  for (const { afterMs, amount } of tries) {
    now += afterMs;
    if (cappedUntil(ledger, brand, amount, now) !== null) continue;
    const slot = { key: `key-${made.length}`, at: now, amount };
    ledger = takeSlot(ledger, slot, now);
    made.push(slot);
  }
  return made;
}

const isSame = (a: Money, b: Money) => a.amount === b.amount && a.currency === b.currency;
