import type { Role } from '../case/dunning-case.ts';
import type { PaymentMethodId } from '../ids.ts';
import type { Customer } from './customer.ts';

/** The role of the customer's method; `null` where it has none. */
export const roleOf = (
  { primary, secondary }: Pick<Customer, 'primary' | 'secondary'>,
  id: PaymentMethodId,
): Role | null => {
  if (primary === id) return 'primary';
  return secondary === id ? 'secondary' : null;
};
