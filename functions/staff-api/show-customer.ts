import { type CustomerView, viewCustomerForStaff } from '../account/view.ts';
import { type Answer, refuse } from '../api/answer.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import { ledgerCard, standingBlock } from '../domain/decline/card-ledger.ts';
import type { CustomerId } from '../domain/ids.ts';
import { noSuchCustomer } from './audit-log.ts';
import { type CaseRecord, caseRecord } from './case-record.ts';
import type { StaffDependencies } from './dependencies.ts';
import { type ExtensionView, viewExtension } from './extend.ts';
import { type BlockView, viewBlock } from './unblock.ts';

/** What the customer's page shows, and what only staff see. */
export interface StaffCustomer extends Omit<CustomerView, 'extension'> {
  readonly extension: ExtensionView['extension'];
  /** Every case on record, ended ones too, newest first. */
  readonly allCases: readonly CaseRecord[];
  /** What stands against their cards, whatever the invoice. */
  readonly blocks: readonly MethodBlock[];
}

export interface MethodBlock extends BlockView {
  readonly method: string;
}

export async function showCustomer(
  dependencies: StaffDependencies,
  id: CustomerId,
): Promise<Answer> {
  const body = await viewForStaff(dependencies, id);
  return body === null ? refuse(noSuchCustomer) : { status: 200, body };
}

/** `null` where neither we nor Stripe know the customer. */
export async function viewForStaff(
  dependencies: StaffDependencies,
  id: CustomerId,
): Promise<StaffCustomer | null> {
  const found = await viewCustomerForStaff(dependencies, id);
  if (found === null) return null;
  const { records, ...view } = found;
  const { customer, methods, cases } = records;
  const kept = methods.filter(({ removedAt }) => removedAt === null);
  const blocks = await Promise.all(kept.map((method) => blockOf(dependencies, method)));
  return {
    ...view,
    extension: viewExtension(customer.extension),
    allCases: cases.toSorted((a, b) => b.createdAt - a.createdAt).map(caseRecord),
    blocks: blocks.filter((block) => block !== null),
  };
}

async function blockOf(
  { records }: StaffDependencies,
  method: PaymentMethod,
): Promise<MethodBlock | null> {
  const block = standingBlock(await records.ledger(ledgerCard(method)), method);
  return block === null ? null : { method: method.method, ...viewBlock(block) };
}
