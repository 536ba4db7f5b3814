import type { Customer, Member } from '../domain/customer/customer.ts';
import type { PersonId } from '../domain/customer/person.ts';
import { personOf } from '../runtime/hash.ts';
import type { Records } from '../runtime/records.ts';

export interface Membership {
  readonly customer: Customer;
  readonly member: Member;
}

/** The customers of whom the person is a member, in order of their ids. */
export async function findCustomers(
  records: Pick<Records, 'customersOf' | 'customer'>,
  person: PersonId,
): Promise<readonly Membership[]> {
  const ids = await records.customersOf(person);
  const customers = await Promise.all(ids.map((id) => records.customer(id)));
  return customers.flatMap((customer) => {
    const member = customer?.members.find(({ email }) => personOf(email) === person);
    return customer === null || member === undefined ? [] : [{ customer, member }];
  });
}
