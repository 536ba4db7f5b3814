import { isSameTaxId, type NewTaxId } from './tax-id.ts';

/** A postal address as Stripe keeps it; `country` is ISO 3166-1 alpha-2. */
export interface Address {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly state: string | null;
  readonly country: string | null;
}

export const isSameAddress = (a: Address | null, b: Address | null): boolean =>
  a === null || b === null
    ? a === b
    : a.line1 === b.line1 &&
      a.line2 === b.line2 &&
      a.city === b.city &&
      a.postalCode === b.postalCode &&
      a.state === b.state &&
      a.country === b.country;

/** A tax id at Stripe. */
export interface TaxId {
  /** Stripe's id of it, `txi_...`. */
  readonly id: string;
  /** Stripe's name of the kind: `eu_vat`, `gb_vat`, ... */
  readonly type: string;
  readonly value: string;
  readonly country: string | null;
  /** `pending`, `verified`, `unverified` or `unavailable`, as Stripe says. */
  readonly verification: string | null;
}

/** Whom invoices are made out to: a mirror of Stripe's customer. */
export interface BillingInfo {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: Address | null;
  readonly taxIds: readonly TaxId[];
}

/** What a customer may say of it; the tax ids are apart. */
export type BillingDetails = Pick<BillingInfo, 'name' | 'email' | 'phone' | 'address'>;

/** What somebody wants to be otherwise at Stripe. */
export type BillingWish =
  | { readonly wish: 'details'; readonly details: BillingDetails }
  | { readonly wish: 'add_tax_id'; readonly taxId: NewTaxId }
  | { readonly wish: 'remove_tax_id'; readonly taxId: string }
  /** Nothing is changed: an authority is being asked about a tax id, and its answer is awaited. */
  | { readonly wish: 'see_verification' };

/** Whether it stands as it was wished. */
export function isAsWished(billing: BillingInfo, wished: BillingWish): boolean {
  switch (wished.wish) {
    case 'details':
      return isSameDetails(billing, wished.details);
    case 'add_tax_id':
      return billing.taxIds.some((taxId) => isSameTaxId(taxId, wished.taxId));
    case 'remove_tax_id':
      return !billing.taxIds.some(({ id }) => id === wished.taxId);
    case 'see_verification':
      return !isBeingVerified(billing);
  }
}

/** Whether an authority has not answered yet; most do within seconds. */
export const isBeingVerified = ({ taxIds }: Pick<BillingInfo, 'taxIds'>): boolean =>
  taxIds.some(({ verification }) => verification === 'pending');

/** Of a customer whom we have not looked at yet. */
export const noBillingInfo: BillingInfo = {
  name: null,
  email: null,
  phone: null,
  address: null,
  taxIds: [],
};

/** Whether two people, or one of them twice, want the very same. */
export function isSameWish(a: BillingWish, b: BillingWish): boolean {
  switch (a.wish) {
    case 'details':
      return b.wish === 'details' && isSameDetails(a.details, b.details);
    case 'add_tax_id':
      return b.wish === 'add_tax_id' && isSameTaxId(a.taxId, b.taxId);
    case 'remove_tax_id':
      return b.wish === 'remove_tax_id' && a.taxId === b.taxId;
    case 'see_verification':
      return b.wish === 'see_verification';
  }
}

const isSameDetails = (a: BillingDetails, b: BillingDetails): boolean =>
  a.name === b.name &&
  a.email === b.email &&
  a.phone === b.phone &&
  isSameAddress(a.address, b.address);
