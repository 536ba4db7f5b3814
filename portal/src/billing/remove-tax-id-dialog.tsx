import type { Desk } from '../account/desk.ts';
import type { TaxId } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { intoView } from './into-view.ts';
import { sayKind } from './say-tax-id.ts';
import { toldOf } from './told-of.ts';

/** Takes a tax id away, once that was confirmed. */
export function RemoveTaxIdDialog({ desk, taxId }: { readonly desk: Desk; readonly taxId: TaxId }) {
  const page = usePage();
  const { text } = page;
  const action = useAction();
  const { id, value } = taxId;
  const remove = () =>
    action.run(() =>
      desk.change(
        async () => intoView(desk.view, await portalApi.removeTaxId(id)),
        toldOf(desk, text.billing.taxIdRemoved({ value })),
      ),
    );
  return (
    <Dialog title={text.billing.removeTaxId({ value })} isBusy={action.isBusy} onClose={desk.close}>
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        submit={text.actions.remove}
        busyText={text.dialog.saving}
        isDangerous
        onSubmit={remove}
        onCancel={desk.close}
      >
        <p>{sayKind(page, taxId)}</p>
        <p>{text.billing.removeTaxIdHint}</p>
      </DialogForm>
    </Dialog>
  );
}
