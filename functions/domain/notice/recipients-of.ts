import type { Customer, Member } from '../customer/customer.ts';
import { isSameAddress } from '../customer/members.ts';
import type { NoticeContent } from './notice-content.ts';

/** Whom a mail goes to. */
export type Recipient = Pick<Member, 'email' | 'name'>;

/**
 * Who is told: mostly the owners among those who may sign in for the customer.
 * @param concerned The member whom the notice is about; `null` where it is about none, or nobody
 * knows them any more.
 */
export function recipientsOf(
  notice: NoticeContent,
  { members }: Pick<Customer, 'members'>,
  concerned: Member | null,
): readonly Recipient[] {
  const owners = members.filter(({ role }) => role === 'owner');
  switch (notice.kind) {
    case 'secondary_charged':
    case 'recovered':
    case 'debit_started':
    case 'debit_returned':
    case 'payment_failed':
    case 'authentication_needed':
    case 'last_try_ahead':
    case 'end_ahead':
    case 'dunning_ended':
    case 'access_restored':
    case 'card_expiring':
    case 'methods_changed':
    case 'consent_given':
    case 'consent_withdrawn':
    case 'extension_granted':
    case 'bank_account_verification':
    case 'card_updated':
      return owners;
    case 'members_changed': {
      if (concerned === null) return owners;
      const others = owners.filter(({ email }) => !isSameAddress(email, concerned.email));
      // Who was invited has a mail of their own; who is out, or sees less, is to know it.
      return notice.what === 'invited' ? others : [...others, concerned];
    }
    case 'invitation':
      return members.filter(({ email }) => isSameAddress(email, concerned?.email ?? ''));
    case 'address_unreachable':
      return owners.filter(({ email }) => !isSameAddress(email, concerned?.email ?? ''));
  }
}
