import type { ReturnCode } from './debit-returns.ts';

/** What becomes of the debits of a test account (docs.stripe.com/testing, bank debits). */
export type BankBehaviour =
  | { readonly kind: 'settles' }
  | { readonly kind: 'returns'; readonly code: ReturnCode }
  /** Settles, and the account holder disputes it at once. */
  | { readonly kind: 'disputed' }
  /** Stays under way until it is cancelled, settled or returned on request. */
  | { readonly kind: 'stuck' };

interface UsTestAccount {
  readonly name: string;
  readonly number: string;
  readonly behaviour: BankBehaviour;
  /** Whether the two small deposits arrive that verify it. */
  readonly takesMicrodeposits?: false;
}

const settles = { kind: 'settles' } as const;
const returns = (code: ReturnCode) => ({ kind: 'returns', code }) as const;

/** The one routing number of all test accounts. */
export const testRoutingNumber = '110000000';

const usAccounts: readonly UsTestAccount[] = [
  { name: 'success', number: '000123456789', behaviour: settles },
  { name: 'accountClosed', number: '000111111113', behaviour: returns('R02') },
  { name: 'noAccount', number: '000111111116', behaviour: returns('R03') },
  { name: 'insufficientFunds', number: '000222222227', behaviour: returns('R01') },
  { name: 'debitNotAuthorized', number: '000333333335', behaviour: returns('R10') },
  { name: 'invalidCurrency', number: '000444444440', behaviour: returns('invalid_currency') },
  { name: 'weeklyLimitExceeded', number: '000777777771', behaviour: returns('weekly_volume') },
  { name: 'dispute', number: '000555555559', behaviour: { kind: 'disputed' } },
  { name: 'processing', number: '000000000009', behaviour: { kind: 'stuck' } },
  {
    name: 'failMicrodeposits',
    number: '000666666661',
    behaviour: settles,
    takesMicrodeposits: false,
  },
];

/** The account behind `pm_usBankAccount_success` and its like. */
export function usAccountOfToken(id: string): UsTestAccount | undefined {
  const prefix = 'pm_usBankAccount_';
  if (!id.startsWith(prefix)) return undefined;
  return usAccounts.find(({ name }) => name === id.slice(prefix.length));
}

export function usAccountOfNumber(number: string): UsTestAccount | undefined {
  return usAccounts.find((account) => account.number === number);
}

export type { UsTestAccount };

/** What each kind of test IBAN does; the names stand in `pm_sepaDebit_NAME_COUNTRY`. */
const sepaKinds = {
  success: settles,
  successDelayed: settles,
  failed: returns('MS03'),
  failedDelayed: returns('MS03'),
  disputed: { kind: 'disputed' },
  exceedsWeeklyVolumeLimit: returns('weekly_volume'),
  exceedsWeeklyTransactionLimit: returns('weekly_transactions'),
  insufficientFunds: returns('AM04'),
} as const satisfies Readonly<Record<string, BankBehaviour>>;

type SepaKind = keyof typeof sepaKinds;

const sepaIbans: Readonly<Record<string, Readonly<Record<SepaKind, string>>>> = {
  at: {
    success: 'AT611904300234573201',
    successDelayed: 'AT321904300235473204',
    failed: 'AT861904300235473202',
    failedDelayed: 'AT051904300235473205',
    disputed: 'AT591904300235473203',
    exceedsWeeklyVolumeLimit: 'AT981904300000343434',
    exceedsWeeklyTransactionLimit: 'AT601904300000121212',
    insufficientFunds: 'AT981904300002222227',
  },
  be: {
    success: 'BE62510007547061',
    successDelayed: 'BE78510007547064',
    failed: 'BE68539007547034',
    failedDelayed: 'BE51510007547065',
    disputed: 'BE08510007547063',
    exceedsWeeklyVolumeLimit: 'BE90510000343434',
    exceedsWeeklyTransactionLimit: 'BE52510000121212',
    insufficientFunds: 'BE90510002222227',
  },
  de: {
    success: 'DE89370400440532013000',
    successDelayed: 'DE08370400440532013003',
    failed: 'DE62370400440532013001',
    failedDelayed: 'DE78370400440532013004',
    disputed: 'DE35370400440532013002',
    exceedsWeeklyVolumeLimit: 'DE65370400440000343434',
    exceedsWeeklyTransactionLimit: 'DE27370400440000121212',
    insufficientFunds: 'DE65370400440002222227',
  },
  fr: {
    success: 'FR1420041010050500013M02606',
    successDelayed: 'FR3020041010050500013M02609',
    failed: 'FR8420041010050500013M02607',
    failedDelayed: 'FR7920041010050500013M02600',
    disputed: 'FR5720041010050500013M02608',
    exceedsWeeklyVolumeLimit: 'FR9720041010050000000343434',
    exceedsWeeklyTransactionLimit: 'FR5920041010050000000121212',
    insufficientFunds: 'FR9720041010050000002222227',
  },
  ie: {
    success: 'IE29AIBK93115212345678',
    successDelayed: 'IE24AIBK93115212345671',
    failed: 'IE02AIBK93115212345679',
    failedDelayed: 'IE94AIBK93115212345672',
    disputed: 'IE51AIBK93115212345670',
    exceedsWeeklyVolumeLimit: 'IE10AIBK93115200343434',
    exceedsWeeklyTransactionLimit: 'IE69AIBK93115200121212',
    insufficientFunds: 'IE10AIBK93115202222227',
  },
};

/** IBANs of which no PaymentMethod can be made, by the error code of the refusal. */
const refusedIbans: Readonly<Record<string, string>> = {
  AT271904300000055555: 'sepa_debit_bank_not_supported',
  BE19510000055555: 'sepa_debit_bank_not_supported',
  DE91370400440000055555: 'sepa_debit_bank_not_supported',
  FR2620041010050000000055555: 'sepa_debit_bank_not_supported',
  IE36AIBK93115200055555: 'sepa_debit_bank_not_supported',
  AT511904300000066666: 'sepa_debit_debits_not_supported',
  BE43510000066666: 'sepa_debit_debits_not_supported',
  DE18370400440000066666: 'sepa_debit_debits_not_supported',
  FR5020041010050000000066666: 'sepa_debit_debits_not_supported',
  IE60AIBK93115200066666: 'sepa_debit_debits_not_supported',
};

interface SepaTestAccount {
  readonly iban: string;
  readonly behaviour: BankBehaviour;
}

const kindsByIban = new Map<string, SepaKind>();
const ibansByToken = new Map<string, string>();
for (const [country, ibans] of Object.entries(sepaIbans)) {
  for (const kind of Object.keys(sepaKinds).filter((name): name is SepaKind => name in ibans)) {
    kindsByIban.set(ibans[kind], kind);
    ibansByToken.set(`pm_sepaDebit_${kind}_${country}`, ibans[kind]);
  }
}

/** The account behind `pm_sepaDebit_success_de` and its like. */
export function sepaAccountOfToken(id: string): SepaTestAccount | undefined {
  const iban = ibansByToken.get(id);
  return iban === undefined ? undefined : sepaAccountOfIban(iban);
}

/** An account by its IBAN; one that is on no list of test accounts settles. */
export function sepaAccountOfIban(iban: string): SepaTestAccount {
  const kind = kindsByIban.get(iban);
  return { iban, behaviour: kind === undefined ? settles : sepaKinds[kind] };
}

export function ibanRefusal(iban: string): string | undefined {
  return Object.hasOwn(refusedIbans, iban) ? refusedIbans[iban] : undefined;
}

/** The check of ISO 13616: moved around and read as digits, the number is 1 modulo 97. */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}
