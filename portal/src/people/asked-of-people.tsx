import type { Desk } from '../account/desk.ts';
import type { MemberView } from '../api/api-types.ts';
import { ChangeMemberDialog } from './change-member-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';

/** What the reader wants to do about who has access. */
export type AskedOfPeople =
  | { readonly to: 'invite' }
  | { readonly to: 'change_member' | 'remove_member'; readonly member: MemberView };

export function PeopleDialog({
  desk,
  asked,
}: {
  readonly desk: Desk;
  readonly asked: AskedOfPeople;
}) {
  switch (asked.to) {
    case 'invite':
      return <InviteDialog desk={desk} />;
    case 'change_member':
      return <ChangeMemberDialog desk={desk} member={asked.member} />;
    case 'remove_member':
      return <RemoveMemberDialog desk={desk} member={asked.member} />;
  }
}
