import { useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { MethodView, OpenCaseView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { type PageContext, usePage } from '../parts/context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { useAction } from '../parts/use-action.ts';
import { confirmPayment, sayRefusal } from '../stripe/confirm.ts';
import { openStripe } from '../stripe/load.ts';
import { isProblem } from '../words/say-failure.ts';
import { sayInvoice } from '../words/say-next.ts';
import { MethodChoice } from './method-choice.tsx';

/** Pays an open invoice at once, with the bank's confirmation where it asks for that. */
export function PayDialog({
  desk,
  openCase,
  onNew,
}: {
  readonly desk: Desk;
  readonly openCase: OpenCaseView;
  /** To pay with a method that is not there yet. */
  readonly onNew: () => void;
}) {
  const page = usePage();
  const { text, format } = page;
  const action = useAction();
  const { methods } = desk.view;
  const [isOver, setOver] = useState(false);
  const [method, setMethod] = useState(() => firstChoice(openCase, methods)?.method ?? null);
  const { number, amountDue } = openCase;
  return (
    <Dialog
      title={text.dialog.payTitle({ invoice: sayInvoice(page, number) })}
      isBusy={action.isBusy}
      onClose={desk.close}
    >
      <DialogForm
        error={action.error}
        isBusy={action.isBusy}
        submit={
          amountDue === null
            ? text.dialog.pay
            : text.dialog.payAmount({ amount: format.money(amountDue) })
        }
        busyText={text.dialog.paying}
        isOver={isOver}
        onSubmit={() => action.run(() => payWith(page, desk, openCase, method, setOver))}
        onCancel={desk.close}
      >
        <p>
          {amountDue === null
            ? text.dialog.payHintUnknown
            : text.dialog.payHint({ amount: format.money(amountDue) })}
        </p>
        <MethodChoice
          legend={text.dialog.payWith}
          methods={methods}
          chosen={method}
          onChoose={setMethod}
        />
        <button class="quiet" type="button" disabled={action.isBusy || isOver} onClick={onNew}>
          {text.dialog.payWithNew}
        </button>
      </DialogForm>
    </Dialog>
  );
}

/** @returns What went wrong, in words; `null` where it was confirmed. */
async function payWith(
  { text, config, stripeLocale }: PageContext,
  desk: Desk,
  openCase: OpenCaseView,
  method: MethodView['method'] | null,
  setOver: (isOver: boolean) => void,
): Promise<string | null> {
  if (method === null) return text.methods.noPrimary;
  const { invoice } = openCase;
  const stripe = await openStripe(config.stripe, stripeLocale).catch(() => null);
  if (stripe === null) return text.dialog.fieldsFailed;
  const begun = await portalApi.beginPayment(invoice, method);
  if (!begun.ok) {
    setOver(isProblem(begun.failure, 'payment-under-way'));
    return desk.fail(begun.failure);
  }
  const { clientSecret } = begun.body;
  const refused = await confirmPayment(stripe, { clientSecret, method, invoice });
  if (refused === null) {
    await desk.paid(openCase);
    return null;
  }
  await desk.notPaid(openCase);
  return sayRefusal(text, refused);
}

/**
 * The one that the bank wants confirmed, where it does; else the first that may work, and else the
 * first: methods come with the primary first.
 */
function firstChoice(
  { state, tried }: OpenCaseView,
  methods: readonly MethodView[],
): MethodView | undefined {
  const toConfirm =
    state === 'action_required'
      ? tried.findLast(({ reason }) => reason === 'authentication')?.method
      : undefined;
  return (
    methods.find(({ method }) => method === toConfirm) ??
    methods.find(({ health }) => health === 'usable') ??
    methods[0]
  );
}
