import './billing.css';
import { useId } from 'preact/hooks';
import type { Ask } from '../account/asked-dialog.tsx';
import type { Address, CustomerView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { countryName } from './countries.ts';
import { postalLines } from './postal-lines.ts';
import { TaxIdList } from './tax-id-list.tsx';

/** Whom invoices are made out to, where they are sent, and the tax ids on them. */
export function BillingSection({
  view: { billing },
  ask,
}: {
  readonly view: CustomerView;
  readonly ask: Ask;
}) {
  const { text } = usePage();
  const id = useId();
  const { name, email, phone, address, taxIds } = billing;
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{text.billing.title}</h2>
      <p class="soft">{text.billing.hint}</p>
      <dl class="facts">
        <Fact term={text.billing.name} lines={linesOf(name)} />
        <AddressFact address={address} />
        <Fact term={text.billing.email} lines={linesOf(email)} />
        <Fact term={text.billing.phone} lines={linesOf(phone)} />
      </dl>
      {ask !== null && (
        <div class="acts">
          <button type="button" onClick={() => ask({ to: 'change_billing' })}>
            {text.billing.edit}
          </button>
        </div>
      )}
      <TaxIdList taxIds={taxIds} ask={ask} />
    </section>
  );
}

const linesOf = (value: string | null) => (value === null ? [] : [value]);

function AddressFact({ address }: { readonly address: Address | null }) {
  const { text, format } = usePage();
  const country = address?.country ?? null;
  const lines = [
    ...(address === null ? [] : postalLines(address)),
    ...(country === null ? [] : [countryName(country, format.locale)]),
  ];
  return <Fact term={text.billing.address} lines={lines} />;
}

function Fact({ term, lines }: { readonly term: string; readonly lines: readonly string[] }) {
  const { text } = usePage();
  return (
    <div>
      <dt class="soft">{term}</dt>
      {lines.length === 0 ? (
        <dd class="soft">{text.billing.missing}</dd>
      ) : (
        <dd class="lines">
          {/* Written in its own direction, whichever the page has. */}
          <bdi>{lines.join('\n')}</bdi>
        </dd>
      )}
    </div>
  );
}
