import type { InvoiceItemRecord, PriceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { amountOf } from './price-amount.ts';

/** A period of time in epoch seconds, UTC. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

export interface InvoiceItemTerms {
  readonly customer: string;
  readonly price: PriceRecord;
  /** Decimal text. */
  readonly quantity: string;
  /** Whole minor units; what the quantity costs at the price unless it is given. */
  readonly amount?: number;
  readonly description?: string | null;
  /** @default this moment */
  readonly period?: Period | undefined;
  readonly discountable?: boolean | undefined;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly invoice?: string | undefined;
  readonly subscription?: string | undefined;
  /** The item whose change this settles. */
  readonly prorationOf?: string | undefined;
  readonly testClock: string | null;
}

/** Something to be billed, pending until an invoice takes it up. */
export function buildInvoiceItem(tx: Transaction, terms: InvoiceItemTerms): InvoiceItemRecord {
  const { price, quantity, prorationOf } = terms;
  const amount = terms.amount ?? amountOf(price, quantity);
  const proration = prorationOf !== undefined;
  return {
    id: tx.id('ii'),
    object: 'invoiceitem',
    amount,
    currency: price.currency,
    customer: terms.customer,
    customer_account: null,
    date: tx.now,
    description: terms.description ?? null,
    discountable: terms.discountable ?? (!proration && amount >= 0),
    discounts: [],
    invoice: terms.invoice ?? null,
    livemode: false,
    metadata: { ...terms.metadata },
    net_amount: amount,
    parent: parentOf(terms),
    period: terms.period ?? { start: tx.now, end: tx.now },
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: price.unit_amount_decimal,
    },
    proration,
    quantity: Math.trunc(Number(quantity)),
    quantity_decimal: quantity,
    tax_rates: [],
    test_clock: terms.testClock,
  };
}

function parentOf({ subscription, prorationOf }: InvoiceItemTerms): InvoiceItemRecord['parent'] {
  if (subscription === undefined) return null;
  return {
    subscription_details: {
      subscription,
      ...(prorationOf === undefined ? {} : { subscription_item: prorationOf }),
    },
    type: 'subscription_details',
  };
}
