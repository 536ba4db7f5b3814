import { useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { CustomerView, MethodView, Role } from '../api/api-types.ts';
import { type Consent, portalApi, type RolesWish } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import type { Text } from '../text/locales/en.ts';
import { consentIn, givenConsent } from '../words/consent-in.ts';
import { methodIn, planPrimary, planSecondary, type RolesPlan } from '../words/plan-roles.ts';
import { sayMethod } from '../words/say-method.ts';
import { ConsentBox } from './consent-box.tsx';
import { RolesConsequences } from './roles-consequences.tsx';

/** Gives a method a role; two that have both roles change places. */
export function RolesDialog({
  desk,
  method,
  role,
}: {
  readonly desk: Desk;
  readonly method: MethodView;
  readonly role: Role;
}) {
  const page = usePage();
  const { text, language } = page;
  const action = useAction();
  const { view } = desk;
  const shown = consentIn(language, view.consent);
  const before = methodIn(view, 'primary');
  const isPromotion = role === 'primary' && method.role === 'secondary' && before !== null;
  const [keepsOld, setKeepsOld] = useState(false);
  const [isAgreed, setAgreed] = useState(false);
  const plan =
    role === 'primary' ? planPrimary(view, method, keepsOld) : planSecondary(view, method);
  const save = () =>
    action.run(async () => {
      if (plan.toAgree !== null && !isAgreed) return text.problem['consent-missing'];
      const wish = wishFor(view, plan, givenConsent(shown));
      const told = { said: text.status.rolesChanged, watch: view.cases, isSure: false };
      return desk.change(() => portalApi.setRoles(wish), told);
    });
  return (
    <Dialog
      title={titleOf(text, method, role)({ method: sayMethod(page, method) })}
      isBusy={action.isBusy}
      onClose={desk.close}
    >
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        submit={text.dialog.save}
        busyText={text.dialog.saving}
        onSubmit={save}
        onCancel={desk.close}
      >
        <RolesConsequences view={view} method={method} role={role} plan={plan} />
        {isPromotion && <KeepOld method={before} isKept={keepsOld} onChange={setKeepsOld} />}
        {plan.toAgree !== null && (
          <ConsentBox consent={shown} isGiven={isAgreed} onChange={setAgreed} />
        )}
      </DialogForm>
    </Dialog>
  );
}

/** A method that has the role already is only to be agreed to. */
function titleOf({ dialog }: Text, method: MethodView, role: Role) {
  if (method.role === role) return dialog.agreeTitle;
  return role === 'primary' ? dialog.makePrimaryTitle : dialog.makeSecondaryTitle;
}

/** @param consent Given to what is shown; it is sent where the plan needs one. */
const wishFor = (
  { version }: CustomerView,
  { primary, secondary, toAgree }: RolesPlan,
  consent: Consent,
): RolesWish => ({
  version,
  primary: primary?.method ?? null,
  secondary: secondary?.method ?? null,
  ...(toAgree !== null && { consent }),
});

function KeepOld({
  method,
  isKept,
  onChange,
}: {
  readonly method: MethodView;
  readonly isKept: boolean;
  readonly onChange: (isKept: boolean) => void;
}) {
  const page = usePage();
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={isKept}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{page.text.dialog.keepOld({ method: sayMethod(page, method) })}</span>
    </label>
  );
}
