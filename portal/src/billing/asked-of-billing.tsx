import type { Desk } from '../account/desk.ts';
import type { TaxId } from '../api/api-types.ts';
import { AddTaxIdDialog } from './add-tax-id-dialog.tsx';
import { BillingDialog } from './billing-dialog.tsx';
import { RemoveTaxIdDialog } from './remove-tax-id-dialog.tsx';

/** What the reader wants to do with the billing information. */
export type AskedOfBilling =
  | { readonly to: 'change_billing' | 'add_tax_id' }
  | { readonly to: 'remove_tax_id'; readonly taxId: TaxId };

export function AskedBillingDialog({
  desk,
  asked,
}: {
  readonly desk: Desk;
  readonly asked: AskedOfBilling;
}) {
  switch (asked.to) {
    case 'change_billing':
      return <BillingDialog desk={desk} />;
    case 'add_tax_id':
      return <AddTaxIdDialog desk={desk} />;
    case 'remove_tax_id':
      return <RemoveTaxIdDialog desk={desk} taxId={asked.taxId} />;
  }
}
