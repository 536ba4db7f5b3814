import type { CustomerView, OpenCaseView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { sayBanner } from '../words/say-banner.ts';
import { sayInvoice, sayNext } from '../words/say-next.ts';
import type { Ask } from './asked-dialog.tsx';
import { Tried } from './tried.tsx';

/** What is open, what happens next and when; with Pay now and what was tried. */
export function CasesBanner({ view, ask }: { readonly view: CustomerView; readonly ask: Ask }) {
  const page = usePage();
  const { tone, sentences } = sayBanner(page, view);
  const isMany = view.cases.length > 1;
  return (
    <section class={`banner ${tone}`} aria-label={page.text.banner.label}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {view.cases.map((each) => (
        <OpenCase key={each.invoice} openCase={each} isOneOfMany={isMany} ask={ask} />
      ))}
    </section>
  );
}

function OpenCase({
  openCase,
  isOneOfMany,
  ask,
}: {
  readonly openCase: OpenCaseView;
  readonly isOneOfMany: boolean;
  readonly ask: Ask;
}) {
  const page = usePage();
  const { text, format } = page;
  const { number, amountDue, hostedInvoiceUrl } = openCase;
  const next = sayNext(page, openCase);
  const invoice = sayInvoice(page, number);
  return (
    <article class="case">
      {isOneOfMany && <h2>{text.cases.heading({ invoice })}</h2>}
      {isOneOfMany && (
        <p>
          {amountDue === null
            ? text.banner.openUnknown({ invoice, next })
            : text.banner.open({ amount: format.money(amountDue), invoice, next })}
        </p>
      )}
      <div class="acts">
        {ask !== null && isPayable(openCase) && (
          <button class="main" type="button" onClick={() => ask({ to: 'pay', openCase })}>
            {text.cases.payNow}
          </button>
        )}
        {hostedInvoiceUrl !== null && (
          <a href={hostedInvoiceUrl} target="_blank" rel="noreferrer">
            {text.cases.seeInvoice}
          </a>
        )}
      </div>
      <Tried openCase={openCase} />
    </article>
  );
}

/** Not while another payment is on its way, or the business holds it. */
const isPayable = ({ state, underWay, heldUntil }: OpenCaseView): boolean =>
  heldUntil === null && state !== 'processing' && underWay?.by !== 'us';
