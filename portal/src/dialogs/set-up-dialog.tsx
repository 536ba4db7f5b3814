import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { SetupRole, SetupView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { confirmSetUp, sayRefusal } from '../stripe/confirm.ts';
import { type Fields, PaymentFields } from '../stripe/payment-fields.tsx';
import { methodIn } from '../words/plan-roles.ts';
import { sayInvoice } from '../words/say-next.ts';
import { ConsentBox } from './consent-box.tsx';

/** Adds a method for a role, in Stripe's own fields. */
export function SetUpDialog({ desk, role }: { readonly desk: Desk; readonly role: SetupRole }) {
  const { text } = usePage();
  const action = useAction();
  const [isAgreed, setAgreed] = useState(false);
  const [setUp, setSetUp] = useState<SetupView | null>(null);
  const [fields, setFields] = useState<Fields | null>(null);
  /** What Stripe has confirmed needs no card to be entered again, should our own answer be lost. */
  const [isConfirmed, setConfirmed] = useState(false);
  const isNew = role === 'spare' || methodIn(desk.view, role) === null;
  const { consent } = desk.view;
  const needsConsent = role === 'secondary';
  useEffect(() => {
    if (setUp !== null || (needsConsent && !isAgreed)) return;
    void action.run(async () => {
      const given = needsConsent ? { textVersion: consent.textVersion } : null;
      const begun = await portalApi.beginSetUp(role, given);
      if (!begun.ok) return desk.fail(begun.failure);
      setSetUp(begun.body);
      return null;
    });
  }, [isAgreed]);
  const save = () =>
    action.run(async () => {
      if (setUp === null || fields === null) return null;
      if (!isConfirmed) {
        const refused = await confirmSetUp(fields, setUp.clientSecret);
        if (refused !== null) return sayRefusal(text, refused);
        setConfirmed(true);
      }
      const tried = new Set(setUp.willTry.map(({ invoice }) => invoice));
      const watch = desk.view.cases.filter(({ invoice }) => tried.has(invoice));
      const said = isNew ? text.status.added : text.status.updated;
      const isSure = role !== 'spare';
      return desk.change(() => portalApi.finishSetUp(setUp.setupIntent), { said, watch, isSure });
    });
  return (
    <Dialog title={titleOf(text.dialog, role, isNew)} isBusy={action.isBusy} onClose={desk.close}>
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        isReady={fields !== null && (isAgreed || !needsConsent)}
        submit={text.dialog.save}
        busyText={fields === null ? text.dialog.save : text.dialog.saving}
        onSubmit={save}
        onCancel={desk.close}
      >
        {needsConsent && <ConsentBox text={consent.text} isGiven={isAgreed} onChange={setAgreed} />}
        {needsConsent && !isAgreed && <p class="soft">{text.dialog.agreeFirst}</p>}
        {setUp !== null && <WillTry setUp={setUp} />}
        {setUp !== null && <PaymentFields clientSecret={setUp.clientSecret} onReady={setFields} />}
      </DialogForm>
    </Dialog>
  );
}

/** What is charged with it at once, before anybody confirms. */
function WillTry({ setUp: { role, willTry } }: { readonly setUp: SetupView }) {
  const page = usePage();
  const { text, format } = page;
  if (role === 'spare' || willTry.length === 0) {
    return <p class="soft">{text.dialog.willTryNothing}</p>;
  }
  return (
    <ul class="notes">
      {willTry.map(({ invoice, number, amountDue }) => (
        <li key={invoice}>
          {amountDue === null
            ? text.dialog.willTryUnknown({ invoice: sayInvoice(page, number) })
            : text.dialog.willTry({
                amount: format.money(amountDue),
                invoice: sayInvoice(page, number),
              })}
        </li>
      ))}
    </ul>
  );
}

function titleOf(
  dialog: {
    readonly addPrimary: string;
    readonly addSecondary: string;
    readonly addSpare: string;
    readonly updatePrimary: string;
    readonly updateSecondary: string;
  },
  role: SetupRole,
  isNew: boolean,
): string {
  switch (role) {
    case 'primary':
      return isNew ? dialog.addPrimary : dialog.updatePrimary;
    case 'secondary':
      return isNew ? dialog.addSecondary : dialog.updateSecondary;
    case 'spare':
      return dialog.addSpare;
  }
}
