import * as z from 'zod/mini';
import { PolicyRefusal } from '../refusal.ts';
import { describeCaseProblem } from './describe-case-problem.ts';

/** A moment in UTC, to the second or finer: `2026-03-01T06:00:07Z`. */
const moment = z.string().check(
  z.refine((text) => {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text)) return false;
    const at = Date.parse(text);
    // The 30th of February is read as a day in March.
    return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text.slice(0, 19));
  }, 'is no moment in UTC'),
);

const timeZone = z.string().check(
  z.refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, 'is not an IANA time zone'),
);

/** A code of Stripe, or of a network: letters, digits, `_`. Free text is no code. */
const code = z.optional(z.nullable(z.string().check(z.regex(/^\w{1,64}$/))));

/** The codes of a refusal; any may be absent. docs.stripe.com/declines/codes */
const refusal = z.strictObject({
  code,
  declineCode: code,
  adviceCode: code,
  networkAdviceCode: code,
  networkDeclineCode: code,
});

const methodShape = {
  /** `card`, `us_bank_account`, `sepa_debit`, ... */
  type: z.string().check(z.regex(/^[a-z0-9_]{1,40}$/)),
  brand: z.optional(z.nullable(z.string().check(z.regex(/^[a-z0-9_]{1,40}$/)))),
  funding: z.optional(z.enum(['credit', 'debit', 'prepaid', 'unknown'])),
  expMonth: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(12)))),
  expYear: z.optional(z.nullable(z.int().check(z.minimum(2000), z.maximum(2099)))),
  /** A label within the file: methods that share it are one card, with one ledger. */
  card: z.optional(z.string().check(z.regex(/^[a-z]?\d{1,9}$/))),
};

const primary = z.strictObject(methodShape);
const secondary = z.strictObject({ ...methodShape, consented: z.boolean() });

const tryMade = z.strictObject({
  at: moment,
  role: z.enum(['primary', 'secondary']),
  paid: z.boolean(),
  refusal: z.optional(z.nullable(refusal)),
});

/**
 * One invoice whose renewal was refused, without anything that says whose it was: every object is
 * strict, so that no name, address or id gets in unseen.
 */
const recordedFailure = z.strictObject({
  /** When Stripe's own try was refused. */
  at: moment,
  /** What is to be paid, in minor units of `currency`. */
  amount: z.int().check(z.minimum(1)),
  currency: z.string().check(z.regex(/^[a-z]{3}$/)),
  country: z.optional(z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/)))),
  state: z.optional(z.nullable(z.string().check(z.regex(/^[\w .'-]{1,40}$/u)))),
  timeZone: z.optional(z.nullable(timeZone)),
  /** The subscription's `backstop_fallback`. */
  fallback: z.optional(z.nullable(z.enum(['on', 'off']))),
  primary: z.nullable(primary),
  refusal: z.nullable(refusal),
  secondary: z.optional(z.nullable(secondary)),
  /** What is known of what really followed; the model's luck is drawn so that it agrees. */
  later: z.optional(
    z.nullable(
      z.strictObject({
        tries: z._default(z.array(tryMade).check(z.maxLength(50)), []),
        customerPaidAt: z.optional(z.nullable(moment)),
      }),
    ),
  ),
});

export type RecordedFailure = z.output<typeof recordedFailure>;
export type RecordedMethod = NonNullable<RecordedFailure['primary']>;
export type RecordedRefusal = NonNullable<RecordedFailure['refusal']>;

/** How many problems of a file are told; the rest are counted. */
const mostTold = 10;

/**
 * Reads recorded failures: one JSON object a line, or one JSON array.
 * @param name Of the file, for what is said of it.
 * @throws {PolicyRefusal} with a sentence for each thing that is wrong, and where it stands.
 */
export function readCases(text: string, name: string): readonly RecordedFailure[] {
  const entries = splitEntries(text, name);
  if (entries.length === 0) {
    throw new PolicyRefusal(
      `${name} has no failure in it: write one JSON object a line, as docs/try-a-policy.md shows.`,
    );
  }
  const problems: string[] = [];
  const failures = entries.flatMap(({ where, value }) => {
    const parsed = recordedFailure.safeParse(value, { reportInput: true });
    if (parsed.success) return [parsed.data];
    problems.push(...parsed.error.issues.flatMap((issue) => describeCaseProblem(where, issue)));
    return [];
  });
  if (problems.length === 0) return failures;
  const more = problems.length - mostTold;
  const rest = more > 0 ? [`And ${more} more like these.`] : [];
  throw new PolicyRefusal([...problems.slice(0, mostTold), ...rest].join('\n'));
}

interface Entry {
  /** `cases.jsonl, line 3` */
  readonly where: string;
  readonly value: unknown;
}

function splitEntries(text: string, name: string): readonly Entry[] {
  const whole = text.replace(/^\uFEFF/, '');
  if (whole.trimStart().startsWith('[')) {
    const values = parseJson(whole, name);
    // What starts with a bracket and is JSON is an array.
    if (!Array.isArray(values)) return [];
    return values.map((value, at) => ({ where: `${name}, failure ${at + 1}`, value }));
  }
  return whole.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const where = `${name}, line ${at + 1}`;
    return [{ where, value: parseJson(line, where) }];
  });
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PolicyRefusal(
      `${where} is no JSON (${error.message}): write one JSON object a line, or one array of them.`,
    );
  }
}
