import type { MemberView, PageView } from '../api/api-types.ts';

/** Whether nobody else could change anything: they can be neither removed nor made a viewer. */
export const isOnlyOwner = (
  { members }: Pick<PageView, 'members'>,
  { member }: Pick<MemberView, 'member'>,
): boolean => members.every((each) => (each.role === 'owner') === (each.member === member));
