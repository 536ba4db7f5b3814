import './invoices.css';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { OpenCaseView } from '../api/api-types.ts';
import type { Failure } from '../api/result.ts';
import { usePage } from '../parts/context.ts';
import { sayUnread } from '../words/say-failure.ts';
import { InvoiceLine } from './invoice-line.tsx';
import { useInvoices } from './use-invoices.ts';

/** The customer's invoices, read when somebody wants to see them: each page asks Stripe. */
export function Invoices({
  cases,
  onLeft,
}: {
  readonly cases: readonly OpenCaseView[];
  /** Nobody is signed in any more, or not for this customer. */
  readonly onLeft: (failure: Failure) => boolean;
}) {
  const page = usePage();
  const { text } = page;
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { list, isLoading, failure, more } = useInvoices(cases, onLeft);
  const isAll = more === null;
  useEffect(() => {
    // The button that was pressed is gone, and the focus with it.
    if (isAll) heading.current?.focus();
  }, [isAll]);
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {text.invoices.title}
      </h2>
      {list === null && <p class="soft">{text.invoices.hint}</p>}
      {list !== null && list.payments.length > 0 && (
        <ol class="invoices">
          {list.payments.map((payment) => (
            <InvoiceLine key={payment.invoice} payment={payment} />
          ))}
        </ol>
      )}
      <div aria-live="polite">
        {isLoading && <p class="soft">{text.invoices.loading}</p>}
        {!isLoading && list?.payments.length === 0 && <p>{text.invoices.none}</p>}
        {failure !== null && <p class="error">{sayUnread(page, failure)}</p>}
      </div>
      {more !== null && (
        <div class="acts">
          {/* Not disabled, which would take the focus away from who has just pressed it. */}
          <button type="button" aria-disabled={isLoading} onClick={more}>
            {nameOfMore(text, list !== null, failure !== null)}
          </button>
        </div>
      )}
    </section>
  );
}

const nameOfMore = (
  { invoices, trouble }: ReturnType<typeof usePage>['text'],
  hasSome: boolean,
  hasFailed: boolean,
): string => {
  if (hasFailed) return trouble.retry;
  return hasSome ? invoices.more : invoices.show;
};
