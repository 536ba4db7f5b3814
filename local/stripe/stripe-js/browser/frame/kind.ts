import type { FormGroup } from '../messages.ts';
import type { ProblemCode, Texts } from '../texts.ts';

/** The fields that a person fills in. */
export type FieldName =
  | 'number'
  | 'expiry'
  | 'cvc'
  | 'country'
  | 'postalCode'
  | 'name'
  | 'email'
  | 'routing'
  | 'account'
  | 'iban';

/** What stands in the fields; one that nobody filled in is empty. */
export type Values = Readonly<Record<FieldName, string>>;

export interface Field {
  readonly name: FieldName;
  /** What browsers fill in by themselves (the HTML attribute). */
  readonly autocomplete: string;
  readonly inputMode?: 'numeric' | 'email' | 'text';
  readonly placeholder?: string;
  /** How what was typed is written. @default as it was typed */
  readonly format?: (value: string) => string;
  /** @default always */
  readonly isShown?: (values: Values) => boolean;
}

export interface Problem {
  readonly field: FieldName;
  readonly code: ProblemCode;
}

/** One of the numbers that Stripe gives for tests. */
export interface Example {
  readonly shown: string;
  readonly outcome: keyof Texts['outcomes'];
  readonly values: Partial<Values>;
}

/** A type of PaymentMethod: what is asked for it, and what is sent. */
export interface Kind {
  readonly type: 'card' | 'us_bank_account' | 'sepa_debit';
  readonly fields: readonly Field[];
  readonly examples: readonly Example[];
  /** The first thing that is wrong. @param now epoch milliseconds, UTC. */
  findProblem(values: Values, now: number): Problem | undefined;
  /** The `payment_method_data` of a confirmation. */
  describe(values: Values): FormGroup;
  /** Where an error of the API is shown, by its code. */
  fieldOf(code: string): FieldName;
}
