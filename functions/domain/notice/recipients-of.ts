import type { Customer, Member } from '../customer/customer.ts';
import type { NoticeContent } from './notice-content.ts';

/** Whom a mail goes to. */
export type Recipient = Pick<Member, 'email' | 'name'>;

/** Who is told, of those who may sign in for the customer. */
export function recipientsOf(
  notice: NoticeContent,
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
    case 'card_expiring':
      return members.filter(({ role }) => role === 'owner');
  }
}
