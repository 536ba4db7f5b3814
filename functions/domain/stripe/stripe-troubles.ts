import type { ChargeId, CustomerId, InvoiceId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { Instant } from '../time.ts';
import type { ChargeFacts } from './stripe-facts.ts';

/** A charge at Stripe, with whom it was asked of. */
export interface KnownCharge {
  readonly facts: ChargeFacts;
  /** `null` of a guest's. */
  readonly customer: CustomerId | null;
  /** `null` of one that was made without a PaymentIntent: then no invoice is behind it. */
  readonly paymentIntent: string | null;
  /** `card`, `us_bank_account`, ...; `null` where Stripe does not say. */
  readonly methodType: string | null;
}

/** A dispute as Stripe has it now. */
export interface DisputeFacts {
  readonly dispute: string;
  /** Stripe's word for why, such as `fraudulent`. */
  readonly reason: string;
  readonly amount: Money;
  readonly createdAt: Instant;
  /** `won`: the money stays, or an inquiry has ended without taking it. */
  readonly outcome: 'open' | 'won' | 'lost';
}

/** An issuer's report that a charge was fraud, before any dispute. */
export interface WarningFacts {
  readonly warning: string;
  /** Stripe's `fraud_type`. */
  readonly fraudType: string;
  readonly createdAt: Instant;
}

/** What can become of a charge, looked at when an event names it. */
export interface StripeTroubles {
  /** `null` where Stripe has no such charge. */
  charge(charge: ChargeId): Promise<KnownCharge | null>;
  disputesOf(charge: ChargeId): Promise<readonly DisputeFacts[]>;
  warningsOf(charge: ChargeId): Promise<readonly WarningFacts[]>;
  /** The invoice that the PaymentIntent pays; `null` where it pays none. */
  invoiceOf(paymentIntent: string): Promise<InvoiceId | null>;
}
