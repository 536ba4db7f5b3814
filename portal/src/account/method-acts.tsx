import type { CustomerView, MethodView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { lacksConsent, methodIn } from '../words/plan-roles.ts';
import type { Ask, Asked } from './asked-dialog.tsx';

/** What can be done with a method, the first thing to do first. */
export function MethodActs({
  view,
  method,
  ask,
}: {
  readonly view: CustomerView;
  readonly method: MethodView;
  readonly ask: NonNullable<Ask>;
}) {
  const { text } = usePage();
  const { actions } = text;
  const { role, type, health } = method;
  const button = (name: string, asked: Asked, isMain = false) => (
    <button class={isMain ? 'main' : 'quiet'} type="button" onClick={() => ask(asked)}>
      {name}
    </button>
  );
  const isBackup = role === 'secondary';
  const isToUpdate = health !== 'usable' && !(isBackup && health === 'brand_changed');
  const hasBackup = methodIn(view, 'secondary') !== null;
  return (
    <div class="acts">
      {isBackup &&
        lacksConsent(method) &&
        button(actions.agree, { to: 'give_role', method, role: 'secondary' }, true)}
      {role !== null && (
        <button
          class={isToUpdate ? 'main' : ''}
          type="button"
          onClick={() => ask({ to: 'set_up', role })}
        >
          {actions.update}
        </button>
      )}
      {type === 'card' && button(actions.changeExpiry, { to: 'change_expiry', method })}
      {role !== 'primary' &&
        button(actions.makePrimary, { to: 'give_role', method, role: 'primary' })}
      {(role === null || (role === 'primary' && hasBackup)) &&
        button(actions.makeSecondary, { to: 'give_role', method, role: 'secondary' })}
      {isBackup && button(actions.withdraw, { to: 'withdraw', method })}
      {button(actions.remove, { to: 'remove', method })}
    </div>
  );
}
