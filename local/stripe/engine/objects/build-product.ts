import type Stripe from 'stripe';
import type { ProductRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** What the caller says of a new product. */
export interface ProductTerms {
  /** @default an id of its own */
  readonly id?: string | undefined;
  readonly name: string;
  readonly active?: boolean | undefined;
  readonly description?: string | null | undefined;
  readonly images?: readonly string[] | undefined;
  readonly marketing_features?: readonly Stripe.Product.MarketingFeature[] | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly package_dimensions?: Stripe.Product.PackageDimensions | null | undefined;
  readonly shippable?: boolean | undefined;
  readonly statement_descriptor?: string | undefined;
  readonly tax_code?: string | null | undefined;
  readonly type?: 'good' | 'service' | undefined;
  readonly unit_label?: string | null | undefined;
  readonly url?: string | null | undefined;
}

export function buildProduct(tx: Transaction, terms: ProductTerms): ProductRecord {
  return {
    id: terms.id ?? tx.id('prod'),
    object: 'product',
    active: terms.active ?? true,
    created: tx.now,
    default_price: null,
    description: terms.description ?? null,
    images: [...(terms.images ?? [])],
    livemode: false,
    marketing_features: [...(terms.marketing_features ?? [])],
    metadata: { ...terms.metadata },
    name: terms.name,
    package_dimensions: terms.package_dimensions ?? null,
    shippable: terms.shippable ?? null,
    statement_descriptor: terms.statement_descriptor ?? null,
    tax_code: terms.tax_code ?? null,
    tax_details: null,
    type: terms.type ?? 'service',
    unit_label: terms.unit_label ?? null,
    updated: tx.now,
    url: terms.url ?? null,
  };
}
