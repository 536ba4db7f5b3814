/**
 * What the model takes for true of refused renewals, each with where it is from. Fixed on
 * 2026-11-22, before any two policies were compared with it, and not changed since because of a
 * result: a better source is a reason to change a figure, a comparison never is.
 */
export const parametersFixedOn = '2026-11-22';

/** A figure of the model, and between what it may really lie. */
export interface Parameter {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /**
   * `published`: somebody measured it; `derived`: follows from published figures; `assumed`: nobody
   * publishes it, and the range is as wide as we can be wrong.
   */
  readonly basis: 'published' | 'derived' | 'assumed';
  readonly what: string;
  readonly source: string;
}

const churnBuster =
  'Churn Buster: half of what fails is recovered (churnbuster.io/docs/getting-started, median), ' +
  '60 % of that by retries (churnbuster.io/docs/data-testing)';

/** Every figure of the model that intervals vary. Shares are from 0 to 1, times in days. */
export const parameters = {
  softClears: {
    value: 0.28,
    low: 0.18,
    high: 0.45,
    basis: 'derived',
    what: 'share of generic refusals that the bank takes back within the window',
    source: `${churnBuster}, so 30 % of all failures, less what the other kinds bring; Cleeng reports 21 % for its industry and 35 % for itself (blog.cleeng.com/payment-recovery-strategy-dunning-settings)`,
  },
  softClearsAfterDays: {
    value: 6,
    low: 2.5,
    high: 12.5,
    basis: 'derived',
    what: 'mean days until it does, exponential',
    source:
      'Churn Buster publishes that a third (churnbuster.io/docs/data-testing) and that two thirds (21 % of failures, churnbuster.io/docs/home) of recoveries by retries come in the about 5 days before the first mail; Recurly: most within 2 to 12 days (recurly.com/blog/subscription-benchmarks-top-payment-decline-reasons)',
  },
  transientClears: {
    value: 0.9,
    low: 0.7,
    high: 1,
    basis: 'assumed',
    what: 'share of transient refusals after which the same charge works',
    source: 'assumed: the outage of a bank or processor ends; nobody publishes the share',
  },
  transientClearsAfterDays: {
    value: 0.25,
    low: 0.04,
    high: 1,
    basis: 'assumed',
    what: 'mean days until it does, exponential',
    source: 'assumed: an hour to a day',
  },
  fundsEver: {
    value: 0.75,
    low: 0.6,
    high: 0.9,
    basis: 'derived',
    what: 'share of insufficient funds where there is enough at some time within the window',
    source:
      'GoCardless recovers 71 % of debits that failed for insufficient funds, choosing the days (developer.gocardless.com/success-plus/overview): somewhat more can be paid at all',
  },
  fundsOnPayday: {
    value: 0.7,
    low: 0.5,
    high: 0.9,
    basis: 'assumed',
    what: 'chance that wages bring enough, each payday, where there ever is enough',
    source: 'assumed: other bills are due on paydays too',
  },
  fundsLastDays: {
    value: 5,
    low: 2,
    high: 10,
    basis: 'assumed',
    what: 'mean days for which there is enough then, exponential',
    source: 'assumed: from a weekend to most of two weeks',
  },
  monthlyPayElsewhere: {
    value: 0.8,
    low: 0.5,
    high: 1,
    basis: 'assumed',
    what: 'share of people outside the US who are paid by the month, the others every two weeks',
    source:
      'assumed: usual in Europe; for the US the Bureau of Labor Statistics counts, see payPeriods',
  },
  dataUpdated: {
    value: 0.2,
    low: 0.05,
    high: 0.4,
    basis: 'assumed',
    what: 'share of expired or wrong card data that the network corrects after the failure',
    source:
      'assumed: over 70 % are corrected before (churnbuster.io/blog, "Skip Pre-dunning"), so these are the rest',
  },
  cardReplaced: {
    value: 0.15,
    low: 0.05,
    high: 0.35,
    basis: 'assumed',
    what: 'share of lost, stolen and closed cards for which the network sends the new number',
    source:
      'assumed: updaters reach 70 to 85 % of cards (blog.recurly.com/2014/08/results-account-updater-for-recurring-billing), but a closed account has no successor',
  },
  updatedAfterDays: {
    value: 7,
    low: 3,
    high: 14,
    basis: 'assumed',
    what: 'mean days until the network does, exponential',
    source:
      'assumed: a bank reports within 2 business days after the new card is in use (Visa Account Updater, as legalclarity.org tells it), and cards travel by post',
  },
  customerPays: {
    value: 0.29,
    low: 0.15,
    high: 0.45,
    basis: 'derived',
    what: 'share of customers who pay by themselves after a mail, if nothing else has paid',
    source: `${churnBuster}: the other 20 % of all failures, of the 70 % that retries left`,
  },
  customerConfirms: {
    value: 0.5,
    low: 0.3,
    high: 0.7,
    basis: 'assumed',
    what: 'the same where the bank only wants a confirmation (3-D Secure)',
    source: 'assumed: less work than another card',
  },
  customerPaysAfterDays: {
    value: 5,
    low: 2,
    high: 10,
    basis: 'assumed',
    what: 'mean days until they do, exponential',
    source: "assumed, within Recurly's 2 to 12 days for all recoveries",
  },
  creditRefused: {
    value: 0.06,
    low: 0.04,
    high: 0.09,
    basis: 'published',
    what: 'share of recurring charges of credit cards that are refused',
    source: 'Recurly, State of Subscriptions 2022 (recurly.com/product/backup-payment-method)',
  },
  debitRefused: {
    value: 0.13,
    low: 0.09,
    high: 0.18,
    basis: 'published',
    what: 'the same of debit and prepaid cards',
    source: 'Recurly, as above',
  },
  otherRefused: {
    value: 0.07,
    low: 0.03,
    high: 0.12,
    basis: 'published',
    what: 'the same of bank debits and all that is no card',
    source: 'Recurly, as above, for alternative payment methods',
  },
  secondRefusedToo: {
    value: 1.5,
    low: 1,
    high: 3,
    basis: 'assumed',
    what: 'how much likelier (odds) a backup is refused because the primary was',
    source: 'assumed: nobody publishes how far two cards of one person fail together',
  },
  secondShortToo: {
    value: 3,
    low: 1,
    high: 8,
    basis: 'assumed',
    what: 'the same where the primary had insufficient funds',
    source: 'assumed: one purse is behind both',
  },
  waitCodes: {
    value: 0.2,
    low: 0,
    high: 0.6,
    basis: 'assumed',
    what: 'share of soft refusals of Mastercards with an advice to wait (codes 24 to 30)',
    source: 'assumed: Mastercard publishes the codes and not how often banks send them',
  },
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof parameters;

/** One value for each figure. */
export type Values = Readonly<Record<ParameterName, number>>;

// `keyof` an object of our own: exactly its names.
const names = Object.keys(parameters) as ParameterName[];

const valuesBy = (pick: (name: ParameterName) => number): Values =>
  // Every name has its value: `names` are all that there are.
  Object.fromEntries(names.map((name) => [name, pick(name)])) as Values;

export const centralValues: Values = valuesBy((name) => parameters[name].value);

/**
 * Worlds in which the figures are otherwise: of each, half of them below the central value and half
 * above, evenly over its range, in an order of its own (a Latin hypercube), so that a few worlds
 * say much.
 */
export function drawWorlds(count: number, random: () => number): readonly Values[] {
  const places = new Map(names.map((name) => [name, shuffledPlaces(count, random)]));
  return Array.from({ length: count }, (_, world) =>
    valuesBy((name) => valueAt(parameters[name], ((places.get(name)?.[world] ?? 0) + 0.5) / count)),
  );
}

const valueAt = ({ low, value, high }: Parameter, place: number): number =>
  place < 0.5 ? low + (value - low) * 2 * place : value + (high - value) * (2 * place - 1);

function shuffledPlaces(count: number, random: () => number): readonly number[] {
  return Array.from({ length: count }, (_, place) => ({ place, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ place }) => place);
}
