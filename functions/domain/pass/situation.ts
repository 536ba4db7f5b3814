import type { DunningCase } from '../case/dunning-case.ts';
import type { PaymentMethod } from '../customer/payment-method.ts';
import type { CardLedger } from '../decline/card-ledger.ts';
import type { Policy } from '../policy.ts';
import type { MandateStatus } from '../ports.ts';
import type { InvoiceFacts } from '../stripe/stripe-facts.ts';
import type { Instant } from '../time.ts';

/** Whether charges are made: `stopped` by the switch, `observe` by the settings. */
export type Charging = 'own' | 'observe' | 'stopped';

/** A method with what its card's ledger says. */
export interface Candidate {
  readonly method: PaymentMethod;
  readonly ledger: CardLedger;
  /** False once it was detached from the customer: Stripe would refuse it. */
  readonly attached: boolean;
  /** Of a bank debit: Stripe's status of its mandate; `null` where it is no debit or not known. */
  readonly mandate: MandateStatus | null;
}

/** All that a decision about a case may look at. */
export interface Situation {
  readonly dunningCase: DunningCase;
  readonly facts: InvoiceFacts;
  readonly primary: Candidate | null;
  readonly secondary: Candidate | null;
  /** Which change of the customer chose the primary; 0 where it only mirrors Stripe. */
  readonly primarySetBy: number;
  readonly policy: Policy;
  readonly charging: Charging;
  readonly now: Instant;
}
