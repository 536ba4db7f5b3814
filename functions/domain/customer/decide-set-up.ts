import type { Role } from '../case/dunning-case.ts';
import type { PaymentMethodId, SetupIntentId } from '../ids.ts';
import type { Customer, Unfinished } from './customer.ts';
import { changeRoles, isSameCard, type RolesChange } from './decide-roles.ts';
import type { PaymentMethod } from './payment-method.ts';

/** The role that a new method is wanted for; `spare`: none yet. */
export type SetupRole = Role | 'spare';

/** A method that was set up, and what it was set up for. */
export interface SetUp {
  readonly setupIntent: SetupIntentId;
  readonly method: PaymentMethod;
  readonly role: SetupRole;
}

/** So many confirmations are remembered; an older one that comes again takes no role. */
const mostSetUp = 10;

/**
 * Other copies of the same card that the customer has: one fingerprint, and the same wallet or
 * none. A card and its wallet are two methods.
 */
export const copiesOf = (
  method: PaymentMethod,
  methods: readonly PaymentMethod[],
): readonly PaymentMethod[] =>
  methods.filter(
    (each) =>
      each.method !== method.method &&
      each.removedAt === null &&
      each.wallet === method.wallet &&
      isSameCard(each, method),
  );

/**
 * The new method takes the role that it was set up for, and those of older copies of the same card,
 * which go. `null` where it was taken over before.
 * @param change The version of the customer that the change will make.
 */
export function decideSetUp(
  customer: Customer,
  { setupIntent, method, role }: SetUp,
  methods: readonly PaymentMethod[],
  change: number,
): RolesChange | null {
  if (customer.setUp.includes(setupIntent)) return null;
  const copies = copiesOf(method, methods).map((copy) => copy.method);
  const roles = rolesAfter(customer, method, role, methods, copies);
  const changed = changeRoles(customer, roles, change);
  const toRemove = copies.map((copy): Unfinished => ({ kind: 'remove_method', method: copy }));
  return {
    change: { ...changed.change, setUp: [setupIntent, ...customer.setUp].slice(0, mostSetUp) },
    unfinished: [...changed.unfinished, ...toRemove],
  };
}

function rolesAfter(
  customer: Customer,
  method: PaymentMethod,
  role: SetupRole,
  methods: readonly PaymentMethod[],
  copies: readonly PaymentMethodId[],
): Pick<Customer, 'primary' | 'secondary'> {
  const newer = (id: PaymentMethodId | null) =>
    id !== null && copies.includes(id) ? method.method : id;
  const primary = role === 'primary' ? method.method : newer(customer.primary);
  const wanted = role === 'secondary' && method.consent !== null;
  const isCardOfPrimary = isSame(methods, primary, method.method);
  const secondary = wanted && !isCardOfPrimary ? method.method : newer(customer.secondary);
  return { primary, secondary: isSame(methods, primary, secondary) ? null : secondary };
}

/** One method, or two with one card behind them: where the one is refused, the other is. */
function isSame(
  methods: readonly PaymentMethod[],
  a: PaymentMethodId | null,
  b: PaymentMethodId | null,
): boolean {
  if (a === null || b === null) return false;
  const [one, other] = [a, b].map((id) => methods.find(({ method }) => method === id));
  return a === b || (one !== undefined && other !== undefined && isSameCard(one, other));
}
