import type { Random } from '../random.ts';

/**
 * Rules as a business may set them; in half of the worlds nothing is set.
 * @param later For what came later: the seeds of before stay what they were.
 */
export function drawPolicy(random: Random, later: Random): object {
  if (random.chance(0.5)) return {};
  return {
    ...someOf(random, {
      retryAfterDays: [[1], [2, 2], [1, 1, 1, 1, 1, 1, 1, 1], [5, 9], []],
      retryAt: ['00:00', '02:30', '23:45'],
      windowDays: [3, 10, 60],
      paydays: [[], [15], ['last_business_day'], [5, 20, 31]],
      maximumTriesPerMethod: [1, 3],
      maximumTriesPerDebit: [1, 2],
    }),
    declines: drawDeclines(random),
    fallback: someOf(random, {
      ceilings: [{ usd: 1500, eur: 1500, jpy: 1500 }, { usd: 0 }],
      subscriptions: ['only_marked'],
    }),
    notices: {
      ...someOf(random, { beforeLastTryHours: [12, 200], beforeEndDays: [1] }),
      ...someOf(later, { beforeExpiryDays: [[60, 7], [1], [20, 10, 5, 2, 1], []] }),
    },
    end: someOf(random, {
      afterDays: [0, 1, 4],
      access: ['suspend', 'suspend'],
      action: ['mark_uncollectible', 'cancel_subscription', 'pause_subscription'],
    }),
  };
}

const kinds = [
  'generic',
  'transient',
  'insufficient_funds',
  'invalid_data',
  'authentication',
  'risk',
  'not_allowed',
  'card_dead',
  'unusable',
];

const fallbackRules = [
  'at_once',
  'after_payday',
  'never',
  'never',
  { afterHours: 1 },
  { afterHours: 30 },
  { afterHours: 100 },
];

function drawDeclines(random: Random): object {
  const drawn = kinds
    .filter(() => random.chance(0.3))
    .map((kind) => [
      kind,
      { tryAgainAtOnce: random.chance(0.3), fallback: random.pick(fallbackRules) },
    ]);
  return Object.fromEntries(drawn);
}

/** A random part of these settings, each with one of its values. */
function someOf(random: Random, values: Readonly<Record<string, readonly unknown[]>>): object {
  const drawn = Object.entries(values)
    .filter(() => random.chance(0.35))
    .map(([name, from]) => [name, random.pick(from)]);
  return Object.fromEntries(drawn);
}
