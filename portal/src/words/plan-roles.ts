import type { CustomerView, MethodView } from '../api/api-types.ts';

/** What a change of roles would make of the two, and what it needs of the reader. */
export interface RolesPlan {
  readonly primary: MethodView | null;
  readonly secondary: MethodView | null;
  /** Whose consent is to be asked for, so that it may be the secondary. */
  readonly toAgree: MethodView | null;
  /** The secondary of now, where it loses the role to another one than the primary. */
  readonly replaced: MethodView | null;
}

type Seen = Pick<CustomerView, 'methods'>;

export const methodIn = ({ methods }: Seen, role: MethodView['role']): MethodView | null =>
  methods.find((each) => each.role === role) ?? null;

/**
 * Makes a method the primary. Where it was the secondary the two may change places.
 * @param keepsOld Whether the primary of now becomes the secondary.
 */
export function planPrimary(view: Seen, method: MethodView, keepsOld: boolean): RolesPlan {
  const before = methodIn(view, 'primary');
  const secondary = methodIn(view, 'secondary');
  if (secondary?.method !== method.method) {
    return { primary: method, secondary, toAgree: null, replaced: null };
  }
  const kept = keepsOld ? before : null;
  return { primary: method, secondary: kept, toAgree: withoutConsent(kept), replaced: null };
}

/** Makes a method the secondary. Where it was the primary the two change places. */
export function planSecondary(view: Seen, method: MethodView): RolesPlan {
  const primary = methodIn(view, 'primary');
  const before = methodIn(view, 'secondary');
  const toAgree = withoutConsent(method);
  if (primary?.method === method.method) {
    return { primary: before, secondary: method, toAgree, replaced: null };
  }
  return { primary, secondary: method, toAgree, replaced: before };
}

const withoutConsent = (method: MethodView | null): MethodView | null =>
  method !== null && lacksConsent(method) ? method : null;

/** Nobody agreed that it may be charged as the secondary, or not to the brand that it has now. */
export const lacksConsent = ({ consent, health }: MethodView): boolean =>
  consent === null || health === 'brand_changed';
