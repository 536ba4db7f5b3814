import { useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { CustomerView, MethodView, Role } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { methodIn, planPrimary, planSecondary, type RolesPlan } from '../words/plan-roles.ts';
import { sayMethod } from '../words/say-method.ts';
import { ConsentBox } from './consent-box.tsx';

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
  const { text } = page;
  const action = useAction();
  const { view } = desk;
  const before = methodIn(view, 'primary');
  const isPromotion = role === 'primary' && method.role === 'secondary' && before !== null;
  const [keepsOld, setKeepsOld] = useState(false);
  const [isAgreed, setAgreed] = useState(false);
  const plan =
    role === 'primary' ? planPrimary(view, method, keepsOld) : planSecondary(view, method);
  const name = sayMethod(page, method);
  const save = () =>
    action.run(async () => {
      if (plan.toAgree !== null && !isAgreed) return text.problem['consent-missing'];
      const consent = plan.toAgree === null ? null : { textVersion: view.consent.textVersion };
      const wish = {
        version: view.version,
        primary: plan.primary?.method ?? null,
        secondary: plan.secondary?.method ?? null,
        ...(consent && { consent }),
      };
      const told = { said: text.status.rolesChanged, watch: view.cases, isSure: false };
      return desk.change(() => portalApi.setRoles(wish), told);
    });
  return (
    <Dialog
      title={
        role === 'primary'
          ? text.dialog.makePrimaryTitle({ method: name })
          : text.dialog.makeSecondaryTitle({ method: name })
      }
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
        <Consequences view={view} method={method} role={role} plan={plan} />
        {isPromotion && (
          <label class="choice">
            <input
              type="checkbox"
              checked={keepsOld}
              onChange={(event) => setKeepsOld(event.currentTarget.checked)}
            />
            <span>{text.dialog.keepOld({ method: sayMethod(page, before) })}</span>
          </label>
        )}
        {plan.toAgree !== null && (
          <ConsentBox text={view.consent.text} isGiven={isAgreed} onChange={setAgreed} />
        )}
      </DialogForm>
    </Dialog>
  );
}

/** What the change means, before anybody saves it. */
function Consequences({
  view,
  method,
  role,
  plan: { primary, replaced },
}: {
  readonly view: CustomerView;
  readonly method: MethodView;
  readonly role: Role;
  readonly plan: RolesPlan;
}) {
  const page = usePage();
  const { dialog } = page.text;
  const isSwap = role === 'secondary' && method.role === 'primary';
  return (
    <>
      <p>{role === 'primary' ? dialog.makePrimaryHint : dialog.makeSecondaryHint}</p>
      {isSwap && primary !== null && <p>{dialog.swapHint({ method: sayMethod(page, primary) })}</p>}
      {replaced !== null && replaced.method !== method.method && (
        <p>{dialog.replaces({ method: sayMethod(page, replaced) })}</p>
      )}
      {view.cases.length > 0 && <p>{dialog.mayCharge}</p>}
    </>
  );
}
