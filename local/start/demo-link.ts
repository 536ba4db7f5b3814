import { customerId } from '../../functions/domain/ids.ts';
import { createLink, linkUrl } from '../../functions/domain/sign-in/sign-in-link.ts';
import { hashSecret, personOf } from '../../functions/runtime/hash.ts';
import { randomToken } from '../../functions/runtime/random.ts';
import type { DemoCustomer } from './demo-customer.ts';
import type { LocalStack } from './local-stack.ts';
import type { Operator } from './operator.ts';

/**
 * An address of the page that signs the demo's customer in, once and for 10 minutes.
 *
 * @throws {Error} where the table does not take the link.
 */
export async function createDemoLink(
  { cloud, clock }: LocalStack,
  { records }: Operator,
  { customer, email }: DemoCustomer,
): Promise<string> {
  const token = randomToken();
  const link = { id: hashSecret(token), person: personOf(email), returnUrl: null };
  const signsIn = createLink({ ...link, customer: customerId(customer) }, clock.now());
  if (!(await records.addLink(signsIn))) throw new Error('A link has this id already.');
  return linkUrl(cloud.pageUrl, token);
}
