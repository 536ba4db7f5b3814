import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import { ledgerCard } from '../domain/decline/card-ledger.ts';
import type { ChargeFacts } from '../domain/stripe/stripe-facts.ts';

/** The key of the ledger: what the charge shows of its card, else what the record knows of it. */
export function ledgerKeyOf(
  { charge, fingerprint, method: id }: ChargeFacts,
  method: PaymentMethod | null,
): string {
  if (fingerprint !== null) return fingerprint;
  if (method !== null) return ledgerCard(method);
  return id ?? charge;
}
