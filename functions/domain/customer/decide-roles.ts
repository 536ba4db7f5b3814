import type { PaymentMethodId } from '../ids.ts';
import type { Customer, Unfinished } from './customer.ts';
import type { PaymentMethod } from './payment-method.ts';

/** Which methods are wanted in the two roles. */
export interface WantedRoles {
  /** `null` only where the customer has none. */
  readonly primary: PaymentMethod | null;
  readonly secondary: PaymentMethod | null;
}

export type RolesRefusal =
  | 'primary_missing'
  | 'removed'
  | 'same_method'
  | 'same_card'
  | 'without_consent';

export type RolesDecision =
  | 'as_wished'
  | { readonly refused: RolesRefusal; readonly method: PaymentMethodId | null }
  | RolesChange;

export interface RolesChange {
  readonly change: Pick<Customer, 'primary' | 'secondary'> & Partial<Customer>;
  readonly unfinished: readonly Unfinished[];
}

/**
 * Whether the methods can have these roles: set one, swap them or give the backup up, in one
 * change. The consent to charge the backup has to be on its record by then.
 * @param change The version of the customer that the change will make.
 */
export function decideRoles(
  customer: Customer,
  { primary, secondary }: WantedRoles,
  change: number,
): RolesDecision {
  if (primary === null) {
    if (customer.primary !== null) return { refused: 'primary_missing', method: null };
  } else if (primary.removedAt !== null) {
    return { refused: 'removed', method: primary.method };
  }
  if (secondary !== null) {
    const { method } = secondary;
    if (secondary.removedAt !== null) return { refused: 'removed', method };
    if (method === primary?.method) return { refused: 'same_method', method };
    if (primary !== null && isSameCard(primary, secondary)) return { refused: 'same_card', method };
    if (secondary.consent === null) return { refused: 'without_consent', method };
  }
  const roles = { primary: primary?.method ?? null, secondary: secondary?.method ?? null };
  if (hasRoles(customer, roles)) return 'as_wished';
  return changeRoles(customer, roles, change);
}

/** Two that one bank and number stand behind; a card and its wallet are that as well. */
export const isSameCard = (a: PaymentMethod, b: PaymentMethod): boolean =>
  a.fingerprint !== null && a.fingerprint === b.fingerprint;

type Roles = Pick<Customer, 'primary' | 'secondary'>;

const hasRoles = (customer: Customer, { primary, secondary }: Roles): boolean =>
  customer.primary === primary && customer.secondary === secondary;

/** The change that gives the roles to these methods, with all that follows from it elsewhere. */
export function changeRoles(customer: Customer, roles: Roles, change: number): RolesChange {
  const { primary, secondary } = roles;
  const isNewPrimary = primary !== customer.primary;
  const taken = [
    ...(isNewPrimary && primary !== null ? [primary] : []),
    ...(secondary !== customer.secondary && secondary !== null ? [secondary] : []),
  ];
  const toSet: readonly Unfinished[] =
    isNewPrimary && primary !== null ? [{ kind: 'set_primary', method: primary, change }] : [];
  const toWake: readonly Unfinished[] =
    taken.length > 0 ? [{ kind: 'wake_cases', methods: taken, change }] : [];
  return {
    change: { ...roles, ...(isNewPrimary && { primarySetBy: change }) },
    unfinished: [...toSet, ...toWake],
  };
}
