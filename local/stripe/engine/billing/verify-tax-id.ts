import { type DueSource, earliestWork } from '../due-work.ts';
import type { TaxIdRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** Stripe asks the authority in the background; its answer is there some seconds later. */
export const verificationSeconds = 5;

/** The types that an authority answers for: docs.stripe.com/billing/customer/tax-ids. */
const verifiable: ReadonlySet<string> = new Set(['au_abn', 'eu_vat', 'gb_vat']);

/** The value that stays pending for good, as the page above says. */
const pendingForGood = '222222222';

export function beginVerification(type: string): TaxIdRecord['verification'] {
  const status = verifiable.has(type) ? 'pending' : 'unavailable';
  return { status, verified_address: null, verified_name: null };
}

/** Tax IDs whose authority is about to answer. */
export const dueTaxIds: DueSource = ({ tax_ids: taxIds }, testClock) =>
  earliestWork(taxIds, (taxId) => {
    const waits = taxId.verification?.status === 'pending' && !taxId.value.includes(pendingForGood);
    if (!waits || testClock !== null) return undefined;
    return { at: taxId.created + verificationSeconds, carryOut: (tx) => verify(tx, taxId) };
  });

function verify(tx: Transaction, before: TaxIdRecord): void {
  const after: TaxIdRecord = { ...before, verification: verdictOn(tx, before) };
  tx.replace('tax_ids', after);
  if (after.customer !== null) tx.emit('customer.tax_id.updated', after, before);
}

/** In test mode the value decides; no authority is asked about any other one. */
function verdictOn(tx: Transaction, { value, customer }: TaxIdRecord) {
  const owner = customer === null ? undefined : tx.customer(customer);
  const unknown = { verified_address: null, verified_name: null };
  if (value.includes('000000000')) {
    return { ...unknown, status: 'verified' as const, verified_name: owner?.name ?? null };
  }
  const isRefused = value.includes('111111111');
  return { ...unknown, status: isRefused ? ('unverified' as const) : ('unavailable' as const) };
}
