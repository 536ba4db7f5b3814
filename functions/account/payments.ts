import * as z from 'zod/mini';
import type { Answer } from '../api/answer.ts';
import { invoiceIdText } from '../api/input.ts';
import { problem } from '../api/problems.ts';
import type { CustomerId, InvoiceId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { PaidWith, Payment } from '../domain/stripe/stripe-billing.ts';
import { isoInstant } from '../domain/time.ts';
import type { AccountDependencies } from './dependencies.ts';

/** An invoice in the list of recent payments. */
export interface PaymentView {
  readonly invoice: InvoiceId;
  readonly number: string | null;
  readonly status: Payment['status'];
  readonly total: Money;
  readonly amountDue: Money;
  readonly createdAt: string;
  readonly paidWith: PaidWith | null;
  readonly hostedInvoiceUrl: string | null;
  readonly invoicePdf: string | null;
}

export interface PaymentsView {
  /** Newest first. */
  readonly payments: readonly PaymentView[];
  /** What to ask for the next page with; `null` on the last one. */
  readonly nextCursor: string | null;
}

/** Each invoice costs a request to Stripe for what it was paid with. */
const pageSize = 10;

export const paymentsQuery = z.strictObject({ cursor: z.optional(invoiceIdText) });

const noSuchPage = problem(
  'not-found',
  'Stripe has no such page of invoices. Ask for the first page again, without a cursor.',
);

/** The customer's invoices as Stripe has them now. */
export async function showPayments(
  { stripe }: Pick<AccountDependencies, 'stripe'>,
  customer: CustomerId,
  cursor: InvoiceId | undefined,
): Promise<Answer> {
  const page = await stripe.payments(customer, cursor ?? null, pageSize);
  if (page === null) return { problem: noSuchPage };
  const body: PaymentsView = {
    payments: page.payments.map(({ createdAt, ...payment }) => ({
      ...payment,
      createdAt: isoInstant(createdAt),
    })),
    nextCursor: page.nextCursor,
  };
  return { status: 200, body };
}
