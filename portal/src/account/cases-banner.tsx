import type { OpenCaseView, PageView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { sayBanner } from '../words/say-banner.ts';
import { sayInvoice, sayNext } from '../words/say-next.ts';
import type { Ask } from './asked-dialog.tsx';
import { Tried } from './tried.tsx';

/** What is open, what happens next and when; with Pay now and what was tried. */
export function CasesBanner({ view, ask }: { readonly view: PageView; readonly ask: Ask }) {
  const page = usePage();
  const { tone, sentences } = sayBanner(page, view, new Date());
  const isMany = view.cases.length > 1;
  /** With a method that is there, or with a new one where there is none. */
  const onPay = (openCase: OpenCaseView) => {
    if (ask === null || !isPayable(openCase)) return null;
    const hasMethod = view.methods.length > 0;
    return () => ask(hasMethod ? { to: 'pay', openCase } : { to: 'set_up', role: 'primary' });
  };
  return (
    <section class={`banner ${tone}`} aria-label={page.text.banner.label}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {view.cases.map((each) => (
        <OpenCase key={each.invoice} openCase={each} isOneOfMany={isMany} onPay={onPay(each)} />
      ))}
    </section>
  );
}

function OpenCase({
  openCase,
  isOneOfMany,
  onPay,
}: {
  readonly openCase: OpenCaseView;
  readonly isOneOfMany: boolean;
  /** `null` where it cannot be paid here now. */
  readonly onPay: (() => void) | null;
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
        {onPay !== null && (
          <button class="main" type="button" onClick={onPay}>
            {openCase.underWay?.by === 'you' ? text.cases.goOnPaying : text.cases.payNow}
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

/** Not while it is being paid or tried otherwise, or the business holds it. */
const isPayable = ({ state, underWay, heldUntil }: OpenCaseView): boolean =>
  heldUntil === null && state !== 'processing' && (state !== 'trying' || underWay?.by === 'you');
