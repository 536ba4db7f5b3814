import type * as z from 'zod/mini';

const method = (whose: string): Readonly<Record<string, string>> => ({
  [`${whose}.type`]: 'Stripe\'s type of it, such as "card"',
  [`${whose}.brand`]: 'the card\'s brand as Stripe names it, such as "visa", or leave it out',
  [`${whose}.funding`]: '"credit", "debit", "prepaid" or "unknown", or leave it out',
  [`${whose}.expMonth`]: 'the month of its expiry, 1 to 12, or leave it out',
  [`${whose}.expYear`]: 'the year of its expiry, four digits, or leave it out',
  [`${whose}.card`]:
    'a label that the same card has in this file, such as "c17", no fingerprint, or leave it out',
});

const codes = (whose: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['code', 'declineCode', 'adviceCode', 'networkAdviceCode', 'networkDeclineCode'].map((name) => [
      `${whose}.${name}`,
      'a code of Stripe or of the network, or leave it out',
    ]),
  );

/** What each field expects, as the end of "write ...". */
const expectations: Readonly<Record<string, string>> = {
  '': 'an object with at, amount, currency, primary and refusal',
  at: 'when the renewal was refused, in UTC, such as "2026-03-01T06:00:07Z"',
  amount: 'what is to be paid in minor units, a whole number from 1 on',
  currency: 'its currency in small letters, such as "usd"',
  country: 'a country in two capital letters, such as "US", or leave it out',
  state: 'the state within the country, such as "CA", or leave it out',
  timeZone: 'an IANA time zone such as "Europe/Berlin", or leave it out',
  fallback: '"on" or "off", as the subscription was marked, or leave it out',
  primary: 'an object with type, brand, expMonth and expYear, or null where there was none',
  ...method('primary'),
  refusal: 'an object with the codes of the refusal, or null where none is known',
  ...codes('refusal'),
  secondary: 'an object with type and consented, or null where there was none',
  ...method('secondary'),
  'secondary.consented': 'true or false',
  later: 'an object with tries and customerPaidAt, or leave it out',
  'later.tries': 'a list of at most 50 tries, each with at, role and paid',
  'later.tries.at': 'when it was, in UTC, such as "2026-03-03T09:00:00Z"',
  'later.tries.role': '"primary" or "secondary"',
  'later.tries.paid': 'true or false',
  'later.tries.refusal': 'an object with the codes of the refusal, or leave it out',
  ...codes('later.tries.refusal'),
  'later.customerPaidAt': 'when the customer paid it themselves, in UTC, or leave it out',
};

/**
 * One plain sentence for each thing that is wrong with a recorded failure.
 * @param where The file and the place in it.
 */
export function describeCaseProblem(where: string, issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) =>
        `${where}: ${nameOf([...issue.path, key])} is no field of a recorded failure: remove it; ` +
        'nothing that says whose the payment was belongs here.',
    );
  }
  const name = nameOf(issue.path);
  const subject = name === '' ? 'it' : name;
  return [`${where}: ${subject} ${complaint(issue)}: write ${expectationFor(issue.path)}.`];
}

const nameOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((name, key) => {
    if (typeof key === 'number') return `${name}[${key}]`;
    return name === '' ? String(key) : `${name}.${String(key)}`;
  }, '');

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return `${JSON.stringify(issue.input)} ${issue.message}`;
  if (issue.input === undefined) return 'is missing';
  return `is ${shortened(JSON.stringify(issue.input))}, which does not fit`;
}

/** What was written may be long, or what should not be there at all. */
const shortened = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 57)}...`);

function expectationFor(path: readonly PropertyKey[]): string {
  const name = path.filter((part) => typeof part === 'string').join('.');
  const expectation = expectations[name];
  if (expectation !== undefined) return expectation;
  throw new Error(`No expectation is written for ${name}.`);
}
