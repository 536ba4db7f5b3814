import { useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { SetupRole, SetupView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { type Fields, PaymentFields } from '../stripe/payment-fields.tsx';
import type { Text } from '../text/locales/en.ts';
import { consentIn, givenConsent } from '../words/consent-in.ts';
import { methodIn } from '../words/plan-roles.ts';
import { sayInvoice } from '../words/say-next.ts';
import { ConsentBox } from './consent-box.tsx';
import { useSetUp } from './use-set-up.ts';

/** Adds a method for a role, in Stripe's own fields. */
export function SetUpDialog({ desk, role }: { readonly desk: Desk; readonly role: SetupRole }) {
  const { text, language } = usePage();
  const action = useAction();
  const [isAgreed, setAgreed] = useState(false);
  const [fields, setFields] = useState<Fields | null>(null);
  const consent = consentIn(language, desk.view.consent);
  const needsConsent = role === 'secondary';
  const given = needsConsent && isAgreed ? givenConsent(consent) : null;
  const { begun, begin, save } = useSetUp(desk, role, given, action);
  const isNew = role === 'spare' || methodIn(desk.view, role) === null;
  const isPaying = role !== 'spare' && begun !== null && begun.willTry.length > 0;
  const isAllowed = isAgreed || !needsConsent;
  const hasFailed = begun === null && action.error !== null;
  // What only begins can be left at any time.
  const isSaving = action.isBusy && begun !== null;
  const said = isNew ? text.status.added : text.status.updated;
  return (
    <Dialog title={titleOf(text.dialog, role, isNew)} isBusy={isSaving} onClose={desk.close}>
      <DialogForm
        error={action.error}
        isBusy={isSaving}
        isReady={isAllowed && (fields !== null || hasFailed)}
        submit={submitOf(text, hasFailed, isPaying)}
        busyText={text.dialog.saving}
        onSubmit={() => (hasFailed ? begin() : save(fields, said))}
        onCancel={desk.close}
      >
        {needsConsent && <ConsentBox consent={consent} isGiven={isAgreed} onChange={setAgreed} />}
        {needsConsent && !isAgreed && <p class="soft">{text.dialog.agreeFirst}</p>}
        {begun === null && action.isBusy && <p class="soft">{text.dialog.loadingFields}</p>}
        {begun !== null && <WillTry setUp={begun} />}
        {begun !== null && <PaymentFields clientSecret={begun.clientSecret} onReady={setFields} />}
      </DialogForm>
    </Dialog>
  );
}

function submitOf({ dialog, trouble }: Text, hasFailed: boolean, isPaying: boolean): string {
  if (hasFailed) return trouble.retry;
  return isPaying ? dialog.saveAndPay : dialog.save;
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
