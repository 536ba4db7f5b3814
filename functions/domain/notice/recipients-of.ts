import type { Customer, Member } from '../customer/customer.ts';
import { isSameAddress } from '../customer/members.ts';
import type { NoticeContent, WrittenNotice } from './notice-content.ts';

/** Whom a mail goes to. */
export type Recipient = Pick<Member, 'email' | 'name'>;

/** Who is told, of those who may sign in for the customer. */
export function recipientsOf(
  notice: NoticeContent | WrittenNotice,
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
    case 'address_unreachable': {
      const named = 'address' in notice ? notice.address : null;
      return ownersOf(members).filter(
        ({ email }) => named === null || !isSameAddress(email, named),
      );
    }
  }
}

const ownersOf = (members: Customer['members']) => members.filter(({ role }) => role === 'owner');
