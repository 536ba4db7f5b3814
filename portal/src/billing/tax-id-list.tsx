import { useId } from 'preact/hooks';
import type { Ask } from '../account/asked-dialog.tsx';
import type { TaxId } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { type CheckedState, checkedState, sayKind } from './say-tax-id.ts';

/** The tax ids, each with its kind and how far it was checked. */
export function TaxIdList({
  taxIds,
  ask,
}: {
  readonly taxIds: readonly TaxId[];
  readonly ask: Ask;
}) {
  const { text } = usePage();
  const id = useId();
  return (
    <div class="tax-ids">
      <h3 id={id}>{text.billing.taxIds}</h3>
      {taxIds.length === 0 ? (
        <p class="soft">{text.billing.noTaxIds}</p>
      ) : (
        <ul aria-labelledby={id}>
          {taxIds.map((taxId) => (
            <OneTaxId key={taxId.id} taxId={taxId} ask={ask} />
          ))}
        </ul>
      )}
      {ask !== null && (
        <div class="acts">
          <button type="button" onClick={() => ask({ to: 'add_tax_id' })}>
            {text.billing.addTaxId}
          </button>
        </div>
      )}
    </div>
  );
}

function OneTaxId({ taxId, ask }: { readonly taxId: TaxId; readonly ask: Ask }) {
  const page = usePage();
  const { text } = page;
  const { value } = taxId;
  const state = checkedState(taxId);
  return (
    <li>
      <div>
        <p class="name">
          <bdi>{value}</bdi>
        </p>
        <p class="soft">{sayKind(page, taxId)}</p>
        <p class={`health ${looks[state]}`}>
          <CheckedMark state={state} />
          {text.billing[state]}
        </p>
      </div>
      {ask !== null && (
        <button
          class="quiet"
          type="button"
          aria-label={text.billing.removeTaxId({ value })}
          onClick={() => ask({ to: 'remove_tax_id', taxId })}
        >
          {text.actions.remove}
        </button>
      )}
    </li>
  );
}

/** The colours of a method's health, and two of their own. */
const looks = {
  verified: 'ok',
  pending: 'pending',
  unverified: 'refused',
  unavailable: 'soft',
} as const satisfies Record<CheckedState, string>;

const marks = {
  verified: 'M3.5 8.5l3 3 6-7',
  pending: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2M8 4.8V8l2.2 1.6',
  unverified: 'M8 3.5v5.5M8 11.6v1.2',
  unavailable: 'M4 8h8',
} as const satisfies Record<CheckedState, string>;

function CheckedMark({ state }: { readonly state: CheckedState }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" aria-hidden="true">
      <path d={marks[state]} stroke="currentColor" stroke-width={state === 'pending' ? 1.5 : 2} />
    </svg>
  );
}
