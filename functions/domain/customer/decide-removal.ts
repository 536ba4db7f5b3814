import type { DunningCase } from '../case/dunning-case.ts';
import { paysWith } from '../case/payments-under-way.ts';
import type { PaymentMethodId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Customer } from './customer.ts';
import { changeRoles, type RolesChange } from './decide-roles.ts';
import { healthOf } from './method-health.ts';
import type { PaymentMethod } from './payment-method.ts';

/** What is to be removed, and what is known around it. */
export interface RemovalWish {
  readonly method: PaymentMethodId;
  /** The method that is to be the primary then. */
  readonly replacement: PaymentMethodId | null;
  readonly methods: readonly PaymentMethod[];
  readonly cases: readonly DunningCase[];
  /** Whether Stripe has something to collect from this customer that needs a method. */
  readonly isNeeded: boolean;
  readonly now: Instant;
}

export type RemovalDecision =
  | 'as_wished'
  | { readonly refused: 'no_such_method' | 'no_such_replacement' | 'in_use' | 'needed' }
  /** `offered`: the backup, where it could take the primary's place. */
  | { readonly refused: 'replacement_needed'; readonly offered: PaymentMethodId | null }
  | RolesChange;

/**
 * Whether the method can go, and who has the roles then.
 * @param change The version of the customer that the change will make.
 */
export function decideRemoval(
  customer: Customer,
  wish: RemovalWish,
  change: number,
): RemovalDecision {
  const { method, methods, replacement } = wish;
  const stored = methods.find((each) => each.method === method);
  if (stored === undefined) return { refused: 'no_such_method' };
  if (stored.removedAt !== null || isLeaving(customer, method)) return 'as_wished';
  if (wish.cases.some((each) => paysWith(each, method))) return { refused: 'in_use' };
  const others = otherMethods(customer, methods, method);
  if (others.length === 0 && wish.isNeeded) return { refused: 'needed' };
  const isPrimary = customer.primary === method;
  if (isPrimary && replacement === null && others.length > 0) {
    return { refused: 'replacement_needed', offered: offerOf(customer, others, wish.now) };
  }
  if (isPrimary && replacement !== null && !others.some((each) => each.method === replacement)) {
    return { refused: 'no_such_replacement' };
  }
  const primary = isPrimary ? replacement : customer.primary;
  const { secondary } = customer;
  const isFree = secondary === method || secondary === primary;
  const changed = changeRoles(customer, { primary, secondary: isFree ? null : secondary }, change);
  // The primary is at Stripe before the other goes, and with it Stripe's own defaults.
  return { ...changed, unfinished: [...changed.unfinished, { kind: 'remove_method', method }] };
}

/** What the customer would still have without this method. */
export const otherMethods = (
  customer: Customer,
  methods: readonly PaymentMethod[],
  method: PaymentMethodId,
): readonly PaymentMethod[] =>
  methods.filter(
    (each) =>
      each.method !== method && each.removedAt === null && !isLeaving(customer, each.method),
  );

const isLeaving = ({ unfinished }: Customer, method: PaymentMethodId): boolean =>
  unfinished.some((each) => each.kind === 'remove_method' && each.method === method);

function offerOf(
  { secondary }: Customer,
  others: readonly PaymentMethod[],
  now: Instant,
): PaymentMethodId | null {
  const backup = others.find(({ method }) => method === secondary);
  return backup !== undefined && healthOf(backup, now) === 'usable' ? backup.method : null;
}
