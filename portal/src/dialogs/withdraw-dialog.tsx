import type { Desk } from '../account/desk.ts';
import type { MethodView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { sayMethod } from '../words/say-method.ts';

/** The customer agrees no longer that the secondary is charged. */
export function WithdrawDialog({
  desk,
  method,
}: {
  readonly desk: Desk;
  readonly method: MethodView;
}) {
  const page = usePage();
  const { text } = page;
  const action = useAction();
  const withdraw = () =>
    action.run(() =>
      desk.change(() => portalApi.withdrawConsent(method.method), {
        said: text.status.withdrawn,
        watch: [],
        isSure: false,
      }),
    );
  return (
    <Dialog
      title={text.dialog.withdrawTitle({ method: sayMethod(page, method) })}
      isBusy={action.isBusy}
      onClose={desk.close}
    >
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        submit={text.dialog.save}
        busyText={text.dialog.saving}
        onSubmit={withdraw}
        onCancel={desk.close}
      >
        <p>{text.dialog.withdrawHint}</p>
        <p>{text.dialog.removeSecondaryHint}</p>
      </DialogForm>
    </Dialog>
  );
}
