import type { BillingView, CustomerView } from '../api/api-types.ts';
import type { Result } from '../api/result.ts';

/** The customer's page with what was changed of the billing info: the answer has nothing else. */
export const intoView = (view: CustomerView, answer: Result<BillingView>): Result<CustomerView> =>
  answer.ok ? { ok: true, body: { ...view, ...answer.body } } : answer;
