import { useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { MemberView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { changeMembers } from './change-members.ts';
import { isOnlyOwner } from './is-only-owner.ts';
import { NameField, nameIn, RoleField } from './member-fields.tsx';
import { nameOf } from './name-of.ts';

/** Another name or another role for who has access already. */
export function ChangeMemberDialog({
  desk,
  member,
}: {
  readonly desk: Desk;
  readonly member: MemberView;
}) {
  const { text } = usePage();
  const action = useAction();
  const [name, setName] = useState(member.name ?? '');
  const [role, setRole] = useState(member.role);
  const { view } = desk;
  const who = nameOf(member);
  const losesRole = member.role === 'owner' && role === 'viewer';
  const leavesNoOwner = losesRole && isOnlyOwner(view, member);
  const isReader = member.email === view.session.email;
  const save = () => {
    const changed = { name: nameIn(name), role };
    const said = text.people.changed({ who: changed.name ?? member.email });
    const send = () => portalApi.changeMember(member.member, view.version, changed);
    return action.run(() => changeMembers(desk, send, said));
  };
  return (
    <Dialog title={text.people.changeTitle({ who })} isBusy={action.isBusy} onClose={desk.close}>
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        isReady={!leavesNoOwner}
        submit={text.dialog.save}
        busyText={text.dialog.saving}
        onSubmit={save}
        onCancel={desk.close}
      >
        <div class="about-person">
          <NameField value={name} onInput={setName} />
        </div>
        <RoleField role={role} onChoose={setRole} />
        <div role="status">
          {leavesNoOwner && <p class="note wait">{text.problem['last-owner']}</p>}
          {losesRole && isReader && !leavesNoOwner && (
            <p class="note wait">{text.people.demoteYourself}</p>
          )}
        </div>
      </DialogForm>
    </Dialog>
  );
}
