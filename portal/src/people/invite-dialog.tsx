import { useId, useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { MemberView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { isMailAddress } from '../words/is-mail-address.ts';
import { changeMembers } from './change-members.ts';
import { NameField, nameIn, RoleField } from './member-fields.tsx';
import { nameOf } from './name-of.ts';

/** Lets somebody else sign in for the account. */
export function InviteDialog({ desk }: { readonly desk: Desk }) {
  const { text } = usePage();
  const action = useAction();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<MemberView['role']>('viewer');
  const hint = useId();
  const address = location.host;
  const invite = async () => {
    const invited = { email: email.trim(), name: nameIn(name), role };
    if (!isMailAddress(invited.email)) return action.refuse(text.signIn.wrongEmail);
    const said = text.people.invited({ who: nameOf(invited), address });
    const send = () => portalApi.invite(desk.view.version, invited);
    await action.run(() => changeMembers(desk, send, said));
  };
  return (
    <Dialog title={text.people.inviteTitle} isBusy={action.isBusy} onClose={desk.close}>
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        submit={text.people.invite}
        busyText={text.dialog.saving}
        onSubmit={invite}
        onCancel={desk.close}
      >
        <p id={hint}>{text.people.inviteHint({ address })}</p>
        <div class="about-person">
          <label>
            {text.signIn.email}
            <input
              type="email"
              autocomplete="off"
              required
              value={email}
              aria-describedby={hint}
              aria-invalid={action.error === text.signIn.wrongEmail}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          </label>
          <NameField value={name} onInput={setName} />
        </div>
        <RoleField role={role} onChoose={setRole} />
      </DialogForm>
    </Dialog>
  );
}
