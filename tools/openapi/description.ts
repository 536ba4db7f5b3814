import type * as z from 'zod/mini';
import type { ProblemName } from '../../functions/api/problems.ts';

/** What the document says of a route beside what follows from its schemas and its access. */
export interface RouteDescription {
  /** What it does, in one line. */
  readonly summary: string;
  /** What a caller has to know. */
  readonly detail?: string;
  /** What it answers where all is well. */
  readonly answers: Readonly<Partial<Record<200 | 201 | 202 | 204, AnswerDescription>>>;
  /** Its refusals, beside those that every route of its kind has. */
  readonly problems: readonly ProblemName[];
}

export interface AnswerDescription {
  readonly description: string;
  /** Absent where the answer is empty. */
  readonly schema?: z.ZodMiniType;
}

/** A change of the customer's item: gone, or changed by somebody else. */
export const changing = ['not-found', 'changed-meanwhile'] as const satisfies ProblemName[];
/** Where Stripe is asked, it may be silent. */
export const asking = ['stripe-unavailable'] as const satisfies ProblemName[];
