import type { MethodView, OpenCaseView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { sayMethod } from '../words/say-method.ts';
import { sayInvoice } from '../words/say-next.ts';

/** What a change may lead to at once, told before it is saved. */
export function MayCharge({
  cases,
  method: charged,
}: {
  readonly cases: readonly OpenCaseView[];
  /** The one that would be charged. */
  readonly method: MethodView;
}) {
  const page = usePage();
  const { dialog } = page.text;
  const [only, ...others] = cases;
  if (only === undefined) return null;
  const method = sayMethod(page, charged);
  const { number, amountDue } = only;
  if (others.length > 0 || amountDue === null) {
    return <p>{dialog.mayCharge({ method })}</p>;
  }
  const amount = page.format.money(amountDue);
  return <p>{dialog.mayChargeAmount({ amount, invoice: sayInvoice(page, number), method })}</p>;
}
