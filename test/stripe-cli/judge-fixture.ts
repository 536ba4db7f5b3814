import { findRoute } from '../../local/stripe/engine/protocol/route.ts';
import { routes } from '../../local/stripe/engine/routes/all.ts';
import type { FixtureRun } from './run-fixture.ts';

/** Stripe's resources that the local Stripe leaves out, and where their endpoints begin. */
const absentResources = {
  Accounts: /^\/v1\/accounts\b/,
  'Billing meters': /^\/v[12]\/billing\//,
  'Billing portal': /^\/v1\/billing_portal\//,
  'Cash balance': /^\/v1\/test_helpers\/customers\/[^/]+\/fund_cash_balance$/,
  Checkout: /^\/v1\/checkout\//,
  Coupons: /^\/v1\/coupons\b/,
  'Credit notes': /^\/v1\/credit_notes\b/,
  Identity: /^\/v1\/identity\//,
  Issuing: /^\/v1\/issuing\//,
  'Payment links': /^\/v1\/payment_links\b/,
  Payouts: /^\/v1\/payouts\b/,
  Quotes: /^\/v1\/quotes\b/,
  Reporting: /^\/v1\/reporting\//,
  'Subscription schedules': /^\/v1\/subscription_schedules\b/,
  'Tax rates': /^\/v1\/tax_rates\b/,
  'Top-ups': /^\/v1\/topups\b/,
} as const;

export type AbsentResource = keyof typeof absentResources | 'Balance';

/** Two fixtures are named after no event: what Stripe sends for them. */
const eventsOfFixtures: Readonly<Record<string, string>> = {
  'subscription.payment_failed': 'invoice.payment_failed',
  'subscription.payment_succeeded': 'invoice.payment_succeeded',
};

export type Verdict =
  | { readonly kind: 'passes' }
  | { readonly kind: 'needs'; readonly resource: AbsentResource }
  | { readonly kind: 'fails'; readonly why: string };

/**
 * A fixture passes when the CLI ended well and the event it is for stands in the account. It may
 * fail for an endpoint of an absent resource, and for nothing else.
 */
export function judgeFixture(run: FixtureRun): Verdict {
  const event = eventsOfFixtures[run.fixture] ?? run.fixture;
  if (run.succeeded && run.events.includes(event)) return { kind: 'passes' };
  const resource = absentEndpoint(run) ?? absentEffect(run, event);
  if (resource !== undefined) return { kind: 'needs', resource };
  const why = run.succeeded
    ? `The CLI ended well, but there is no ${event} among: ${run.events.join(', ')}.`
    : run.output;
  return { kind: 'fails', why };
}

/** The resource of the first endpoint that is not there. */
function absentEndpoint({ requests }: FixtureRun): AbsentResource | undefined {
  const absent = requests.find(({ method, path }) => findRoute(routes, method, path) === undefined);
  if (absent === undefined) return undefined;
  return resourcesByName().find((name) => absentResources[name].test(absent.path));
}

/** Two things are missing without an endpoint of their own. */
function absentEffect(run: FixtureRun, event: string): AbsentResource | undefined {
  // The balance changes by itself.
  if (run.succeeded && event.startsWith('balance.')) return 'Balance';
  // The cash balance is a payment method too, and one that this Stripe refuses to take.
  const last = JSON.stringify(run.requests.at(-1)?.params ?? {});
  return !run.succeeded && last.includes('"customer_balance"') ? 'Cash balance' : undefined;
}

function resourcesByName(): (keyof typeof absentResources)[] {
  // The keys of a literal that nothing else can add to.
  return Object.keys(absentResources) as (keyof typeof absentResources)[];
}
