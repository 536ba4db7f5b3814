import { describe, expect, test } from 'vitest';
import {
  cappedUntil,
  emptyLedger,
  takeSlot,
} from '../../../../functions/domain/decline/card-ledger.ts';
import {
  blockScope,
  classifyDecline,
  type DeclineCodes,
  isUnknownDeclineCode,
  networkWaitMs,
  safeReason,
} from '../../../../functions/domain/decline/decline.ts';
import { dayMs, hourMs } from '../../../../functions/domain/time.ts';
import { defaultPolicy } from '../../../../functions/policy-settings.ts';
import debits from '../published/bank-debits.json' with { type: 'json' };
import mastercard from '../published/mastercard-advice-codes.json' with { type: 'json' };
import nacha from '../published/nacha-return-codes.json' with { type: 'json' };
import declines from '../published/stripe-decline-codes.json' with { type: 'json' };
import errors from '../published/stripe-error-codes.json' with { type: 'json' };
import retries from '../published/stripe-retries.json' with { type: 'json' };
import visa from '../published/visa-response-codes.json' with { type: 'json' };

/** Stripe's names for the brands of cards, and `null` for what is no card. */
const brands = [
  'visa',
  'mastercard',
  'amex',
  'cartes_bancaires',
  'diners',
  'discover',
  'eftpos_au',
  'jcb',
  'link',
  'unionpay',
  'unknown',
  null,
] as const;
type Brand = (typeof brands)[number];

const none: DeclineCodes = {
  code: null,
  declineCode: null,
  adviceCode: null,
  networkAdviceCode: null,
  networkDeclineCode: null,
};
const declined = (declineCode: string): DeclineCodes => ({
  ...none,
  code: 'card_declined',
  declineCode,
});
const failed = (code: string): DeclineCodes => ({ ...none, code });

const kindOf = (codes: DeclineCodes, brand: Brand) => classifyDecline(codes, brand);
const reachOf = (codes: DeclineCodes, brand: Brand) => blockScope(kindOf(codes, brand));
/** Tried again at once, under the policy as it is without any setting. */
const atOnce = (codes: DeclineCodes, brand: Brand) =>
  defaultPolicy.declines[kindOf(codes, brand)].tryAgainAtOnce;
const reasonOf = (codes: DeclineCodes, brand: Brand) => safeReason(kindOf(codes, brand), codes);

/** What a page's word asks of the code, for each brand. */
const asks: Readonly<Record<string, (codes: DeclineCodes, brand: Brand) => void>> = {
  try_again: (codes, brand) => {
    expect(reachOf(codes, brand)).toBe('none');
    expect(atOnce(codes, brand)).toBe(true);
  },
  ask_the_bank: (codes, brand) => expect(reasonOf(codes, brand)).not.toBe('try_again'),
  customer_acts: (codes, brand) => {
    expect(reachOf(codes, brand)).not.toBe('none');
    expect(atOnce(codes, brand)).toBe(false);
  },
  correct_the_data: (codes, brand) => {
    expect(reachOf(codes, brand)).toBe('data');
    expect(['expired', 'incorrect_details']).toContain(reasonOf(codes, brand));
  },
  another_method: (codes, brand) => expect(atOnce(codes, brand)).toBe(false),
  never: (codes, brand) => {
    expect(reachOf(codes, brand)).not.toBe('none');
    expect(atOnce(codes, brand)).toBe(false);
  },
  look_first: (codes, brand) => expect(reachOf(codes, brand)).toBe('none'),
  nothing_said: (codes, brand) => expect(reasonOf(codes, brand)).toBeTypeOf('string'),
  somebody_else_acts: (codes, brand) => expect(atOnce(codes, brand)).toBe(false),
  other_amount: (codes, brand) => {
    expect(reachOf(codes, brand)).not.toBe('none');
  },
  no_money: (codes, brand) => expect(kindOf(codes, brand)).toBe('insufficient_funds'),
  limit_of_the_business: (codes, brand) => expect(reachOf(codes, brand)).not.toBe('card'),
  show_as_generic_decline: (codes, brand) => {
    expect(reasonOf(codes, brand)).toBe('declined');
    expect(reachOf(codes, brand)).not.toBe('none');
  },
};

/** One row for each code of a page with its word. */
const rowsOf = (page: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(page).flatMap(([word, codes]) => codes.map((code) => [code, word] as const));

function check(codes: DeclineCodes, word: string): void {
  expect(isUnknownDeclineCode(codes)).toBe(false);
  const ask = asks[word];
  if (ask === undefined) throw new Error(`No test knows the word ${word}.`);
  for (const brand of brands) ask(codes, brand);
}

describe("Stripe's decline codes", () => {
  test.each(rowsOf(declines.cards))('of a card: %s, %s', (code, word) => {
    check(declined(code), word);
  });

  // The provider's customer may act and another try succeed: it is not the card's own refusal.
  const { customer_acts: afterwards, ...others } = declines.localPaymentMethods;
  test.each(rowsOf(others))('of a local payment method: %s, %s', (code, word) => {
    check(failed(code), word);
  });
  test.each(afterwards)('of a local payment method: %s, not at once', (code) => {
    check(failed(code), 'another_method');
  });

  test('are as many as the page has', () => {
    expect(new Set(rowsOf(declines.cards).map(([code]) => code)).size).toBe(50);
  });
});

describe("what Stripe's own retries leave alone", () => {
  const { codes: hard, newer } = retries.hardDeclines;
  test.each([...hard, ...newer.codes])('%s', (code) => {
    check(declined(code), 'never');
  });
  test.each(retries.outcomeReasons.blockedByRadar)('%s, by Radar', (reason) => {
    check(declined(reason), 'show_as_generic_decline');
  });
  test.each(retries.outcomeReasons.unlikelyToBeAuthorized)(
    '%s is no word of the bank',
    (reason) => {
      check(declined(reason), 'look_first');
    },
  );
});

describe("Stripe's advice", () => {
  const soft = [
    ...declines.cards.try_again,
    ...declines.cards.ask_the_bank,
    ...declines.cards.another_method,
    ...declines.cards.look_first,
  ];

  test.each(soft)('%s with do_not_try_again is not tried again', (code) => {
    const advised = { ...declined(code), adviceCode: 'do_not_try_again' };
    for (const brand of brands) {
      expect(reachOf(advised, brand)).not.toBe('none');
      expect(atOnce(advised, brand)).toBe(false);
    }
  });

  test.each(soft)('%s with try_again_later is what it is without', (code) => {
    const advised = { ...declined(code), adviceCode: 'try_again_later' };
    for (const brand of brands) expect(kindOf(advised, brand)).toBe(kindOf(declined(code), brand));
  });

  test.each(['generic_decline', 'do_not_honor', 'processing_error'])(
    '%s with confirm_card_data waits for other data',
    (code) => {
      const advised = { ...declined(code), adviceCode: 'confirm_card_data' };
      for (const brand of brands) expect(reachOf(advised, brand)).toBe('data');
    },
  );

  test('a code whose advice forbids another try is still told by its code', () => {
    const advised = { ...declined('insufficient_funds'), adviceCode: 'do_not_try_again' };
    expect(reasonOf(advised, 'visa')).toBe('insufficient_funds');
    expect(reasonOf({ ...advised, declineCode: 'do_not_honor' }, 'visa')).toBe('declined');
  });

  test('the limit of tries is as Stripe advises', () => {
    expect(defaultPolicy.maximumTriesPerMethod).toBe(retries.tries.most);
  });
});

describe("Stripe's error codes of a refusal", () => {
  test.each(rowsOf(errors.codes))('%s, %s', (code, word) => {
    check(failed(code), word);
  });

  test.each(errors.waits)('$code: left alone for $hours hours', ({ code, hours }) => {
    for (const brand of brands) {
      expect(networkWaitMs(failed(code), brand)).toBe(hours * hourMs);
      expect(reachOf(failed(code), brand)).toBe('none');
    }
  });
});

describe('bank debits', () => {
  const returns = debits.ach.returns.flatMap(({ codes, stripe, says }) =>
    codes.map((code) => ({ code, stripe, says })),
  );
  const wanted = (says: string) => (says === 'no_money' ? 'none' : 'card');

  test.each(returns)('$code, $stripe: $says', ({ code, stripe, says }) => {
    const byStripe = { ...none, code: stripe, declineCode: stripe };
    const both = { ...byStripe, networkDeclineCode: code };
    const byNetwork = { ...none, networkDeclineCode: code };
    for (const codes of [byStripe, both, byNetwork]) {
      expect(isUnknownDeclineCode(codes)).toBe(false);
      expect(reachOf(codes, null)).toBe(wanted(says));
      expect(atOnce(codes, null)).toBe(false);
    }
  });

  test.each(debits.blockedBankAccounts.never)('%s blocks the account', (code) => {
    expect(reachOf(failed(code), null)).toBe('card');
  });
  test.each(debits.blockedBankAccounts.returnCodes)('%s blocks the account', (code) => {
    expect(reachOf({ ...none, networkDeclineCode: code }, null)).toBe('card');
  });

  const { source: _sepa, read: _readSepa, reading: _reading, ...sepa } = debits.sepa;
  test.each(rowsOf(sepa))('of SEPA: %s, %s', (code, word) => check(failed(code), word));
  const { source: _bacs, read: _readBacs, ...bacs } = debits.bacs;
  test.each(rowsOf(bacs))('of Bacs: %s, %s', (code, word) => check(failed(code), word));

  const rows = Object.entries(nacha.codes).flatMap(([group, codes]) =>
    Object.entries(codes).map(([code, words]) => ({ group, code, words })),
  );
  test.each(rows)("Nacha's $code, $words", ({ group, code }) => {
    const codes = { ...none, networkDeclineCode: code };
    const expected = { no_money: 'none', account: 'card', authorisation: 'card', file: 'none' };
    expect(reachOf(codes, null)).toBe(expected[group as keyof typeof expected]);
    // A card's network has codes of its own under the same letter.
    for (const brand of brands) {
      if (brand !== null) expect(reachOf(codes, brand)).toBe('none');
    }
  });

  test('a returned debit is sent as often as Nacha allows, and only for want of money', () => {
    const { entriesInAll, codes, onlyWithNewAuthorization } = debits.reinitiation;
    expect(defaultPolicy.maximumTriesPerDebit).toBe(entriesInAll);
    for (const code of codes) {
      expect(reachOf({ ...none, networkDeclineCode: code }, null)).toBe('none');
    }
    for (const code of onlyWithNewAuthorization) {
      expect(reachOf({ ...none, networkDeclineCode: code }, null)).toBe('card');
    }
  });
});

/** Decline codes beside which a network's own code is read. */
const mild = ['do_not_honor', 'generic_decline', 'processing_error', 'insufficient_funds'];

describe("Visa's response codes", () => {
  const rows = Object.entries(visa.categories).flatMap(([category, codes]) =>
    codes.map((code) => ({ code, category: Number(category) })),
  );

  test.each(rows)('$code is of category $category', ({ code, category }) => {
    for (const declineCode of mild) {
      const codes = { ...declined(declineCode), networkDeclineCode: code };
      const without = kindOf(declined(declineCode), 'visa');
      if (category === 1) expect(reachOf(codes, 'visa')).toBe('card');
      if (category === 2 || category === 4) expect(kindOf(codes, 'visa')).toBe(without);
      if (category === 3) {
        expect(atOnce(codes, 'visa')).toBe(false);
        expect(reachOf(codes, 'visa')).not.toBe('card');
        if (declineCode !== 'insufficient_funds') expect(reachOf(codes, 'visa')).not.toBe('none');
      }
      for (const brand of brands) {
        if (brand !== 'visa')
          expect(kindOf(codes, brand)).toBe(kindOf(declined(declineCode), brand));
      }
    }
  });

  test.each(visa.disagreements)(
    'sources disagree on $code: $settled',
    ({ code, settled, says }) => {
      const found = rows.filter((row) => row.code === code);
      expect(found).toEqual([{ code, category: settled }]);
      expect(Object.keys(visa.sources)).toEqual(expect.arrayContaining(Object.keys(says)));
    },
  );

  test('each code has one category', () => {
    expect(new Set(rows.map(({ code }) => code)).size).toBe(rows.length);
  });
});

describe("Mastercard's merchant advice codes", () => {
  interface Advice {
    readonly words: string;
    readonly says?: string;
    readonly waitHours?: number;
  }
  const rows = Object.entries<Advice>(mastercard.codes).map(([code, advice]) => ({
    code,
    ...advice,
  }));

  test.each(rows)('$code, $words', ({ code, says, waitHours }) => {
    for (const declineCode of mild) {
      const codes = { ...declined(declineCode), networkAdviceCode: code };
      const without = kindOf(declined(declineCode), 'mastercard');
      const waitMs = waitHours === undefined ? null : waitHours * hourMs;
      expect(networkWaitMs(codes, 'mastercard')).toBe(waitMs);
      if (says === 'never') expect(reachOf(codes, 'mastercard')).toBe('card');
      else if (says !== 'correct_the_data') expect(kindOf(codes, 'mastercard')).toBe(without);
      else if (declineCode !== 'insufficient_funds') {
        expect(reachOf(codes, 'mastercard')).toBe('data');
      }
      for (const brand of brands) {
        if (brand === 'mastercard') continue;
        expect(networkWaitMs(codes, brand)).toBeNull();
        expect(kindOf(codes, brand)).toBe(kindOf(declined(declineCode), brand));
      }
    }
  });
});

describe("the networks' caps", () => {
  const now = Date.UTC(2026, 10, 22);
  const amount = { amount: 4_900, currency: 'usd' };
  /** A ledger with so many tries, a minute apart, the last one a minute ago. */
  const triedTimes = (times: number) => {
    let ledger = emptyLedger('card');
    for (let n = times; n >= 1; n -= 1) {
      ledger = takeSlot(ledger, { key: `try-${n}`, at: now - n * 60_000, amount }, now);
    }
    return ledger;
  };
  const { in24Hours, in30Days } = mastercard.caps;

  test.each([
    ['visa', visa.caps.tries, visa.caps.days * dayMs],
    ['mastercard', in24Hours, dayMs],
  ] as const)('%s: %i tries', (brand, tries, withinMs) => {
    expect(cappedUntil(triedTimes(tries - 1), brand, amount, now)).toBeNull();
    const until = cappedUntil(triedTimes(tries), brand, amount, now);
    expect(until).toBe(now - tries * 60_000 + withinMs);
  });

  test('mastercard: no more in 30 days than it says, however they are spread', () => {
    let ledger = emptyLedger('card');
    for (let n = in30Days; n >= 1; n -= 1) {
      const at = now - n * (20 * hourMs);
      ledger = takeSlot(ledger, { key: `try-${n}`, at, amount }, at);
    }
    expect(cappedUntil(ledger, 'mastercard', amount, now)).toBeGreaterThan(now);
    expect(cappedUntil(ledger, 'mastercard', { ...amount, amount: 1 }, now)).toBeNull();
  });
});
