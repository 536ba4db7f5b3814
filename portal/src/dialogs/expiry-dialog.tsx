import { useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { MethodView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { isMonthOver, yearsToOffer } from '../words/expiry.ts';
import { sayMethod } from '../words/say-method.ts';
import { MayCharge } from './may-charge.tsx';

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/** A new expiry date of a card that kept its number. */
export function ExpiryDialog({
  desk,
  method,
}: {
  readonly desk: Desk;
  readonly method: MethodView;
}) {
  const page = usePage();
  const { text } = page;
  const action = useAction();
  const now = new Date();
  const [expMonth, setMonth] = useState(method.expMonth ?? 1);
  const [expYear, setYear] = useState(Math.max(method.expYear ?? 0, now.getUTCFullYear()));
  const save = async () => {
    if (isMonthOver({ expMonth, expYear }, now)) return action.refuse(text.dialog.expiryPast);
    const watch = method.role === null ? [] : desk.view.cases;
    const told = { said: text.status.expiryChanged, watch, isSure: false };
    await action.run(() =>
      desk.change(() => portalApi.changeExpiry(method.method, { expMonth, expYear }), told),
    );
  };
  return (
    <Dialog
      title={text.dialog.expiryTitle({ method: sayMethod(page, method) })}
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
        <p>{text.dialog.expiryHint}</p>
        <div class="pair">
          <Pick label={text.dialog.month} values={months} value={expMonth} onPick={setMonth} />
          <Pick
            label={text.dialog.year}
            values={yearsToOffer(now, expYear)}
            value={expYear}
            onPick={setYear}
          />
        </div>
        {method.role !== null && <MayCharge cases={desk.view.cases} method={method} />}
      </DialogForm>
    </Dialog>
  );
}

function Pick({
  label,
  values,
  value,
  onPick,
}: {
  readonly label: string;
  readonly values: readonly number[];
  readonly value: number;
  readonly onPick: (value: number) => void;
}) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onPick(Number(event.currentTarget.value))}>
        {values.map((each) => (
          <option key={each} value={each}>
            {String(each).padStart(2, '0')}
          </option>
        ))}
      </select>
    </label>
  );
}
