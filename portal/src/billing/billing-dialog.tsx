import { useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { BillingFields } from './billing-fields.tsx';
import { detailsOf, draftOf, findWrong, type WrongFields } from './check-billing.ts';
import { intoView } from './into-view.ts';
import { toldOf } from './told-of.ts';

/** Changes name, mail address, phone and postal address; the tax ids are apart. */
export function BillingDialog({ desk }: { readonly desk: Desk }) {
  const { text } = usePage();
  const action = useAction();
  const [draft, setDraft] = useState(() => draftOf(desk.view.billing));
  const [wrong, setWrong] = useState<WrongFields>({});
  const save = async () => {
    const details = detailsOf(draft);
    const found = findWrong(details);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    await action.run(() =>
      desk.change(
        async () =>
          intoView(desk.view, await portalApi.changeBillingInfo(desk.view.version, details)),
        toldOf(desk, text.billing.saved),
      ),
    );
  };
  return (
    <Dialog title={text.billing.editTitle} isBusy={action.isBusy} onClose={desk.close}>
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        submit={text.dialog.save}
        busyText={text.dialog.saving}
        onSubmit={save}
        onCancel={desk.close}
      >
        <p>{text.billing.editHint}</p>
        <BillingFields
          draft={draft}
          wrong={wrong}
          // A browser that fills in what it remembers changes several fields at once.
          onChange={(change) => setDraft((seen) => ({ ...seen, ...change }))}
        />
      </DialogForm>
    </Dialog>
  );
}
