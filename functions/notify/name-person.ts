import type { Customer } from '../domain/customer/customer.ts';
import type { NoticeContent, WrittenNotice } from '../domain/notice/notice-content.ts';
import { personOf } from '../runtime/hash.ts';

/**
 * The notice with the address of whom it names: messages have only the hash of it. `null` where
 * they are no member any more.
 */
export function namePerson(
  notice: NoticeContent,
  { members }: Pick<Customer, 'members'>,
): WrittenNotice | null {
  if (notice.kind !== 'address_unreachable') return notice;
  const named = members.find(({ email }) => personOf(email) === notice.person);
  return named === undefined ? null : { ...notice, address: named.email };
}
