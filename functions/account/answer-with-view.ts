import { type Answer, refuse } from '../api/answer.ts';
import { problem } from '../api/problems.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { Problem } from '../runtime/problem.ts';
import type { AccountDependencies } from './dependencies.ts';
import { viewCustomer } from './view.ts';

/**
 * After a change: the whole view, read anew. The change was written before this read: a payment
 * that was started without seeing it stands in the view as one that may still complete.
 */
export async function answerWithView<Dependencies extends AccountDependencies>(
  dependencies: Dependencies,
  customer: CustomerId,
  changed: { readonly problem: Problem } | object = {},
  view: (dependencies: Dependencies, customer: CustomerId) => Promise<object | null> = viewCustomer,
): Promise<Answer> {
  if ('problem' in changed) return refuse(changed.problem);
  const body = await view(dependencies, customer);
  return body === null ? refuse(noSuchCustomer) : { status: 200, body };
}

const noSuchCustomer = problem('not-found', 'There is no such customer here, nor at Stripe.');
