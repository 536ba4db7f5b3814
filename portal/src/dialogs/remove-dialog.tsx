import { useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { MethodView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { methodIn } from '../words/plan-roles.ts';
import { sayMethod } from '../words/say-method.ts';
import { MethodChoice } from './method-choice.tsx';

interface RemoveDialogProps {
  readonly desk: Desk;
  readonly method: MethodView;
}

/** Takes a method away; of the primary, another one takes its place. */
export function RemoveDialog({ desk, method }: RemoveDialogProps) {
  const page = usePage();
  const { text } = page;
  const action = useAction();
  const { view } = desk;
  const others = view.methods.filter((each) => each.method !== method.method);
  const isReplaced = method.role === 'primary' && others.length > 0;
  const secondary = methodIn(view, 'secondary')?.method;
  const [primary, setPrimary] = useState(secondary ?? others[0]?.method ?? null);
  const losesSecondary = method.role === 'secondary' || (isReplaced && secondary === primary);
  const remove = () =>
    action.run(() =>
      desk.change(
        () => portalApi.remove(method.method, view.version, isReplaced ? primary : null),
        { said: text.status.removed, watch: isReplaced ? view.cases : [], isSure: false },
      ),
    );
  return (
    <Dialog
      title={text.dialog.removeTitle({ method: sayMethod(page, method) })}
      isBusy={action.isBusy}
      onClose={desk.close}
    >
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        submit={text.actions.remove}
        busyText={text.dialog.saving}
        isDangerous
        onSubmit={remove}
        onCancel={desk.close}
      >
        <p>{text.dialog.removeHint}</p>
        {isReplaced && (
          <MethodChoice
            legend={text.dialog.replacement}
            methods={others}
            chosen={primary}
            onChoose={setPrimary}
          />
        )}
        {losesSecondary && <p>{text.dialog.removeSecondaryHint}</p>}
      </DialogForm>
    </Dialog>
  );
}
