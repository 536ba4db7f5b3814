import type { Desk } from '../account/desk.ts';
import type { MemberView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { changeMembers } from './change-members.ts';
import { isOnlyOwner } from './is-only-owner.ts';
import { nameOf } from './name-of.ts';

/** Somebody can sign in for the account no more. */
export function RemoveMemberDialog({
  desk,
  member,
}: {
  readonly desk: Desk;
  readonly member: MemberView;
}) {
  const { text } = usePage();
  const action = useAction();
  const { view } = desk;
  const who = nameOf(member);
  const leavesNoOwner = isOnlyOwner(view, member);
  const isReader = member.email === view.session.email;
  const remove = () => {
    const send = () => portalApi.removeMember(member.member, view.version);
    return action.run(() => changeMembers(desk, send, text.people.removed({ who })));
  };
  return (
    <Dialog title={text.people.removeTitle({ who })} isBusy={action.isBusy} onClose={desk.close}>
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        isReady={!leavesNoOwner}
        submit={text.actions.remove}
        busyText={text.dialog.saving}
        isDangerous
        onSubmit={remove}
        onCancel={desk.close}
      >
        {leavesNoOwner ? (
          <p class="note wait">{text.problem['last-owner']}</p>
        ) : (
          <p>{isReader ? text.people.removeYourself : text.people.removeHint({ who })}</p>
        )}
      </DialogForm>
    </Dialog>
  );
}
