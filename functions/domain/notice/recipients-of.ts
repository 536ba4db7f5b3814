import type { Customer, Member } from '../customer/customer.ts';
import { isSameAddress } from '../customer/members.ts';
import type { WrittenNotice } from './notice-content.ts';

/** Whom a mail goes to. */
export type Recipient = Pick<Member, 'email' | 'name'>;

/** Who is told, of those who may sign in for the customer. */
export function recipientsOf(
  notice: WrittenNotice,
  { members }: Pick<Customer, 'members'>,
): readonly Recipient[] {
  switch (notice.kind) {
    case 'secondary_charged':
    case 'payment_failed':
    case 'authentication_needed':
    case 'last_try_ahead':
    case 'end_ahead':
    case 'dunning_ended':
    case 'access_restored':
      return ownersOf(members);
    case 'address_unreachable':
      return ownersOf(members).filter(({ email }) => !isSameAddress(email, notice.address));
  }
}

const ownersOf = (members: Customer['members']) => members.filter(({ role }) => role === 'owner');
