import type { Instant } from './time.ts';

/** Who made a change. */
export type Actor =
  /** A member of the customer, by the mail address with which they signed in. */
  | { readonly kind: 'member'; readonly email: string }
  | { readonly kind: 'staff'; readonly arn: string }
  /** Nobody: what the product does by itself. */
  | { readonly kind: 'backstop' };

/** What can be changed, by the name of what it does. */
export type Audited =
  | 'method_added'
  | 'method_changed'
  | 'method_removed'
  | 'roles_changed'
  | 'consent_given'
  | 'consent_withdrawn'
  | 'authorisation_recorded'
  | 'billing_info_changed'
  | 'tax_id_added'
  | 'tax_id_removed'
  | 'member_invited'
  | 'member_changed'
  | 'member_removed'
  | 'portal_session_created'
  | 'extension_granted'
  | 'extension_ended'
  | 'payment_started'
  | 'retry_wanted'
  | 'case_held'
  | 'case_released'
  | 'case_handed_back'
  | 'case_closed'
  | 'trouble_acknowledged'
  | 'block_lifted'
  | 'suppression_lifted'
  | 'bank_account_added'
  | 'bank_account_verification_started';

/** One line of the audit log: who changed what, from what, to what, and when. Never changed. */
export interface AuditEntry {
  /**
   * What the entry is of, and the version of it that the change made: an entry that is written
   * twice is one. `customer-12`, `in_123-4`.
   */
  readonly id: string;
  readonly at: Instant;
  readonly by: Actor;
  readonly what: Audited;
  /** What it was about: a payment method, an invoice, a member; `null` for the customer. */
  readonly about: string | null;
  /** Ids and plain words, no secrets and no card data beyond ids. */
  readonly from: Readonly<Record<string, unknown>> | null;
  readonly to: Readonly<Record<string, unknown>> | null;
  /** Why, where the change asks for a reason. */
  readonly reason: string | null;
}
