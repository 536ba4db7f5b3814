import { useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { isProblem, sayFailure } from '../words/say-failure.ts';
import { intoView } from './into-view.ts';
import { isKind, likelyKind } from './say-tax-id.ts';
import { TaxIdFields, type WrongTaxId } from './tax-id-fields.tsx';
import { toldOf } from './told-of.ts';

/** These are about the number that was typed in, and are told beside it. */
const aboutTheNumber = ['tax-id-form', 'refused-by-stripe', 'card-number', 'invalid-request'];

/** Adds a tax id; whether it has the form of its kind the API says, and Stripe after it. */
export function AddTaxIdDialog({ desk }: { readonly desk: Desk }) {
  const page = usePage();
  const { text } = page;
  const action = useAction();
  const { view } = desk;
  const [type, setType] = useState<string>(() => likelyKind(view.billing.address?.country ?? null));
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<WrongTaxId>({});
  const add = async () => {
    const value = typed.trim();
    if (!isKind(type)) return setWrong({ type: text.billing.kindMissing });
    if (value === '') return setWrong({ value: text.billing.valueMissing });
    setWrong({});
    await action.run(async () => {
      const answer = await portalApi.addTaxId({ type, value });
      if (!answer.ok && isProblem(answer.failure, ...aboutTheNumber)) {
        setWrong({ value: sayFailure(page, answer.failure) });
        return null;
      }
      const told = toldOf(desk, text.billing.taxIdAdded({ value }));
      return desk.change(async () => intoView(view, answer), told);
    });
  };
  return (
    <Dialog title={text.billing.addTaxId} isBusy={action.isBusy} onClose={desk.close}>
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        submit={text.dialog.save}
        busyText={text.dialog.saving}
        onSubmit={add}
        onCancel={desk.close}
      >
        <p>{text.billing.addTaxIdHint}</p>
        <TaxIdFields type={type} value={typed} wrong={wrong} onType={setType} onValue={setTyped} />
      </DialogForm>
    </Dialog>
  );
}
