import type { Policy } from '../domain/policy.ts';
import type { Table } from '../domain/ports.ts';
import type { StripeReconcile } from '../domain/stripe/stripe-reconcile.ts';
import type { HintDependencies } from '../events/take-hint.ts';
import type { Records } from '../runtime/records.ts';

export interface ReconcileDependencies extends HintDependencies {
  readonly table: Pick<Table, 'queryIndex'>;
  readonly records: Pick<
    Records,
    'addCase' | 'case' | 'caseAt' | 'cases' | 'customer' | 'reconciliation' | 'saveReconciliation'
  >;
  readonly stripe: StripeReconcile;
  readonly policy: Policy;
  /** How long this process may still live, in milliseconds. */
  readonly remainingMs: () => number;
}

/** What the pages of one run tell each other. */
export interface Run {
  /** The invoices that Stripe lists as open; `null` where this run has not seen all of them. */
  listed: Set<string> | null;
  /** From when on invoices are listed: older ones are not among them. */
  readonly listedFrom: number;
  /** Customers who were looked at already. */
  readonly customers: Set<string>;
  /** What went wrong with single rows; the others are done all the same. */
  readonly failures: unknown[];
}
