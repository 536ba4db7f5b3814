import type { AuditEntry } from '../../../functions/domain/audit.ts';
import type { DunningCase, HistoryEntry } from '../../../functions/domain/case/dunning-case.ts';
import type { Customer } from '../../../functions/domain/customer/customer.ts';
import type { PaymentMethod } from '../../../functions/domain/customer/payment-method.ts';
import type { CardLedger } from '../../../functions/domain/decline/card-ledger.ts';
import { customerOf, methodOf, recordOf } from '../../../functions/domain/items.ts';
import type { Notice } from '../../../functions/domain/notice/notice.ts';
import type { Item } from '../../../functions/domain/ports.ts';

/** An item of the table with what its key says it is (docs/data-model.md). */
export type KnownItem =
  | { readonly kind: 'customer'; readonly item: Item; readonly record: Customer }
  | { readonly kind: 'method'; readonly item: Item; readonly record: PaymentMethod }
  | { readonly kind: 'case'; readonly item: Item; readonly record: DunningCase }
  | { readonly kind: 'history'; readonly item: Item; readonly record: HistoryEntry }
  | { readonly kind: 'audit'; readonly item: Item; readonly record: AuditEntry }
  | { readonly kind: 'notice'; readonly item: Item; readonly record: Notice }
  | { readonly kind: 'ledger'; readonly item: Item; readonly record: CardLedger }
  | { readonly kind: 'other'; readonly item: Item };

/** What a plain object from the table is; `undefined` where it has no key of ours. */
export function readItem(plain: Readonly<Record<string, unknown>>): KnownItem | undefined {
  if (typeof plain.pk !== 'string' || typeof plain.sk !== 'string') return undefined;
  // The functions write no item without key, `v` and `version`; keys were just looked at.
  const item = plain as Item;
  if (item.sk === 'V#CUSTOMER') return { kind: 'customer', item, record: customerOf(item) };
  if (item.sk.startsWith('V#METHOD#')) return { kind: 'method', item, record: methodOf(item) };
  if (item.sk.startsWith('V#CASE#')) return { kind: 'case', item, record: recordOf(item) };
  if (item.sk.startsWith('LOG#')) return { kind: 'history', item, record: recordOf(item) };
  if (item.sk.startsWith('AUDIT#')) return { kind: 'audit', item, record: recordOf(item) };
  if (item.sk.startsWith('NOTICE#')) return { kind: 'notice', item, record: recordOf(item) };
  if (item.sk === 'LEDGER') return { kind: 'ledger', item, record: recordOf(item) };
  return { kind: 'other', item };
}

export const readItems = (
  plain: readonly Readonly<Record<string, unknown>>[],
): readonly KnownItem[] => plain.flatMap((each) => readItem(each) ?? []);

/** The items of one kind. */
export const itemsOf = <Kind extends KnownItem['kind']>(
  items: readonly KnownItem[],
  kind: Kind,
): readonly Extract<KnownItem, { kind: Kind }>[] =>
  items.filter((each): each is Extract<KnownItem, { kind: Kind }> => each.kind === kind);

/** The customer in the key `CUSTOMER#cus_1`; `undefined` for what belongs to none. */
export const customerIn = ({ pk }: Pick<Item, 'pk'>): string | undefined =>
  pk.startsWith('CUSTOMER#') ? pk.slice('CUSTOMER#'.length) : undefined;
