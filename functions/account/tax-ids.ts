import * as z from 'zod/mini';
import type { Answer } from '../api/answer.ts';
import { problem } from '../api/problems.ts';
import {
  exampleOfTaxId,
  hasTaxIdFormat,
  isTaxIdNotCard,
  type NewTaxId,
  taxIdTypes,
} from '../domain/customer/tax-id.ts';
import { changeBilling } from './change-billing.ts';
import type { Wish } from './change-customer.ts';
import type { AccountDependencies } from './dependencies.ts';

export const taxIdSchema = z.strictObject({
  type: z.enum(taxIdTypes),
  value: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
});

/** The value, where it is a tax id of its type although its digits may pass for a card's. */
export function excusedTaxId(body: unknown): string | null {
  const parsed = rawTaxId.safeParse(body);
  return parsed.success && isTaxIdNotCard(parsed.data) ? parsed.data.value : null;
}

/** As it was sent: what is excused must be the very text. */
const rawTaxId = z.object({ type: z.enum(taxIdTypes), value: z.string().check(z.maxLength(40)) });

/**
 * Adds a tax id, once its form is that of its type. Whether there is such a number its authority
 * says later, where Stripe asks one; its country need not be that of the address.
 */
export async function addTaxId(
  dependencies: AccountDependencies,
  wish: Wish,
  taxId: NewTaxId,
): Promise<Answer> {
  if (!hasTaxIdFormat(taxId)) return { problem: wrongForm(taxId) };
  const changed = await changeBilling(dependencies, wish, { wish: 'add_tax_id', taxId }, (key) =>
    dependencies.stripe.addTaxId(wish.customer, taxId, key),
  );
  return 'problem' in changed ? changed : { status: 200, body: changed.view };
}

/** Takes a tax id away; one that is gone already was taken away. */
export async function removeTaxId(
  dependencies: AccountDependencies,
  wish: Wish,
  taxId: string,
): Promise<Answer> {
  const changed = await changeBilling(dependencies, wish, { wish: 'remove_tax_id', taxId }, (key) =>
    dependencies.stripe.removeTaxId(wish.customer, taxId, key),
  );
  return 'problem' in changed ? changed : { status: 200, body: changed.view };
}

function wrongForm(taxId: NewTaxId) {
  const example = exampleOfTaxId(taxId);
  const look = example === null ? '' : ` One looks like ${example}.`;
  return problem(
    'tax-id-form',
    `The number does not have the form of ${taxId.type}.${look} Correct it, or choose its type.`,
  );
}
