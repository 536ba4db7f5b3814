import type { PaymentView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { sayMethod } from '../words/say-method.ts';
import { sayInvoice } from '../words/say-next.ts';
import { sayStatus, toneOf } from './say-status.ts';

/** One invoice: when, how much, what became of it, and where to see it. */
export function InvoiceLine({ payment }: { readonly payment: PaymentView }) {
  const page = usePage();
  const { text, format } = page;
  const { number, createdAt, total, paidWith, status, hostedInvoiceUrl, invoicePdf } = payment;
  const invoice = sayInvoice(page, number);
  const tone = toneOf(status);
  return (
    <li class="invoice">
      <p class="name">
        <time dateTime={createdAt}>{format.day(createdAt)}</time>
      </p>
      <p class="soft">{number}</p>
      <p class="amount">{format.money(total)}</p>
      <div>
        <p class={`health ${tone}`}>
          <StatusMark tone={tone} />
          {sayStatus(page, payment)}
        </p>
        {paidWith !== null && <p class="soft">{sayMethod(page, paidWith)}</p>}
      </div>
      <p class="links">
        <Link
          to={hostedInvoiceUrl}
          name={text.invoices.view}
          of={text.invoices.viewOf({ invoice })}
        />
        <Link to={invoicePdf} name={text.invoices.pdf} of={text.invoices.pdfOf({ invoice })} />
      </p>
    </li>
  );
}

function Link({
  to,
  name,
  of,
}: {
  readonly to: string | null;
  readonly name: string;
  /** What is read out: there is one such link for each invoice. */
  readonly of: string;
}) {
  if (to === null) return null;
  return (
    <a href={to} target="_blank" rel="noreferrer" aria-label={of}>
      {name}
    </a>
  );
}

const paths = {
  ok: 'M3.5 8.5l3 3 6-7',
  refused: 'M8 3.5v5.5M8 11.6v1.2',
  soft: 'M3.5 8h9',
} as const;

function StatusMark({ tone }: { readonly tone: keyof typeof paths }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" aria-hidden="true">
      <path d={paths[tone]} stroke="currentColor" stroke-width="2" />
    </svg>
  );
}
