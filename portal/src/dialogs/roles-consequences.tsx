import type { CustomerView, MethodView, Role } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import type { RolesPlan } from '../words/plan-roles.ts';
import { sayMethod } from '../words/say-method.ts';
import { MayCharge } from './may-charge.tsx';

/** What the change means, before anybody saves it. */
export function RolesConsequences({
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
      <MayCharge cases={view.cases} method={isSwap && primary !== null ? primary : method} />
    </>
  );
}
