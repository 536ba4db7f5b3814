import type { PriceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

export const intervals = ['day', 'week', 'month', 'year'] as const;

/** What the caller says of a new price. */
export interface PriceTerms {
  /** @default an id of its own */
  readonly id?: string | undefined;
  readonly active?: boolean | undefined;
  readonly currency: string;
  readonly lookupKey?: string | undefined;
  readonly metadata: Record<string, string>;
  readonly nickname?: string | undefined;
  readonly product: string;
  /** Minor units; up to twelve decimal places. */
  readonly unitAmountDecimal: string;
  /** Absent for a price that is paid once. */
  readonly recurring?:
    | {
        readonly interval: (typeof intervals)[number];
        readonly intervalCount: number;
        readonly trialPeriodDays?: number | undefined;
      }
    | undefined;
  readonly transformQuantity?:
    | { readonly divide_by: number; readonly round: 'down' | 'up' }
    | undefined;
  readonly taxBehavior?: 'exclusive' | 'inclusive' | 'unspecified' | undefined;
}

export function buildPrice(tx: Transaction, terms: PriceTerms): PriceRecord {
  const { recurring } = terms;
  return {
    id: terms.id ?? tx.id('price'),
    object: 'price',
    active: terms.active ?? true,
    billing_scheme: 'per_unit',
    created: tx.now,
    currency: terms.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: terms.lookupKey ?? null,
    metadata: terms.metadata,
    nickname: terms.nickname ?? null,
    product: terms.product,
    recurring:
      recurring === undefined
        ? null
        : {
            interval: recurring.interval,
            interval_count: recurring.intervalCount,
            meter: null,
            trial_period_days: recurring.trialPeriodDays ?? null,
            usage_type: 'licensed',
          },
    tax_behavior: terms.taxBehavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: terms.transformQuantity ?? null,
    type: recurring === undefined ? 'one_time' : 'recurring',
    unit_amount: wholeAmount(terms.unitAmountDecimal),
    unit_amount_decimal: terms.unitAmountDecimal,
  };
}

/** Null where the amount has decimals, as Stripe shows it. */
function wholeAmount(decimal: string): number | null {
  const amount = Number(decimal);
  return Number.isSafeInteger(amount) ? amount : null;
}
