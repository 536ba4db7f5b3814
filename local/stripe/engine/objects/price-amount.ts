/** Decimals of Stripe's have at most twelve places: all are counted in these parts. */
const places = 12;
const one = 10n ** BigInt(places);

/** The part of a period that is billed: so many of its seconds. */
export interface Share {
  readonly seconds: number;
  readonly of: number;
}

interface Priced {
  /** Minor units, as decimal text. */
  readonly unit_amount_decimal: string;
  readonly transform_quantity?: {
    readonly divide_by: number;
    readonly round: string;
  } | null;
}

/**
 * What a quantity costs, in whole minor units; halves are rounded away from zero.
 *
 * @param quantity decimal text
 */
export function amountOf(price: Priced, quantity: string): number {
  const exact = toParts(price.unit_amount_decimal) * billedQuantity(price, quantity);
  const unit = one * one;
  const whole = (abs(exact) * 2n + unit) / (unit * 2n);
  return Number(exact < 0n ? -whole : whole);
}

/**
 * What a quantity costs for a part of its period, in whole minor units: to the nearest, and
 * halves downwards, so that a credit of 2.5 is one of 3 and a debit of 4.5 one of 4.
 *
 * @param sign -1 for a credit
 */
export function proratedAmount(
  price: Priced,
  quantity: number,
  share: Share,
  sign: 1 | -1 = 1,
): number {
  const price1 = toParts(price.unit_amount_decimal);
  const exact = price1 * billedQuantity(price, String(quantity)) * BigInt(share.seconds * sign);
  const unit = one * one * BigInt(share.of);
  return Number(floorDivide(exact * 2n + unit - 1n, unit * 2n));
}

/** Prices by packages bill whole packages: `transform_quantity`. */
function billedQuantity({ transform_quantity: packages }: Priced, quantity: string): bigint {
  if (!packages) return toParts(quantity);
  const count = Number(quantity) / packages.divide_by;
  return BigInt(packages.round === 'up' ? Math.ceil(count) : Math.floor(count)) * one;
}

function toParts(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const parts = BigInt(whole) * one + BigInt(fraction.padEnd(places, '0').slice(0, places));
  return decimal.startsWith('-') ? -parts : parts;
}

const abs = (value: bigint) => (value < 0n ? -value : value);

/** For a positive divisor. */
function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
