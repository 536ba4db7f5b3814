import type { Actor, AuditEntry } from '../audit.ts';
import { type PaymentMethodId, paymentMethodId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Member } from './customer.ts';

/** What happened to a payment method, or to its role. */
export interface MethodChange {
  readonly what: 'added' | 'changed' | 'removed' | 'made_primary' | 'made_backup' | 'no_backup';
  readonly method: PaymentMethodId;
}

/** What a change of the customer tells by mail: ids only, where the words are found later. */
export type Telling =
  | { readonly kind: 'methods_changed'; readonly changes: readonly MethodChange[] }
  | { readonly kind: 'consent_given' | 'consent_withdrawn'; readonly method: PaymentMethodId }
  | {
      readonly kind: 'members_changed';
      readonly what: 'invited' | 'role_changed' | 'removed';
      readonly member: Member;
      /** The place of its audit entry among those of the change. */
      readonly place: number;
    }
  | { readonly kind: 'invitation'; readonly member: Member }
  | { readonly kind: 'extension_granted'; readonly until: Instant }
  /** By its network: nobody asked for it. */
  | {
      readonly kind: 'card_updated';
      readonly method: PaymentMethodId;
      readonly expires: { readonly month: number; readonly year: number };
      /** When Stripe took the new data in: an event of it that comes again tells the same. */
      readonly updatedAt: Instant;
    };

/** That somebody agreed, or does so no longer. */
export type ConsentTelling = Extract<
  Telling,
  { readonly kind: 'consent_given' | 'consent_withdrawn' }
>;

type Entry = Pick<AuditEntry, 'what' | 'about' | 'from' | 'to' | 'reason'>;

/**
 * What the audit entries of one change are to the people they concern. What nobody has to know, or
 * hears otherwise, tells nothing.
 * @param told The consent of this change, whose mail says which method is the backup now.
 */
export function tellingsOf(
  entries: readonly Entry[],
  told: ConsentTelling | null,
): readonly Telling[] {
  const changes = entries
    .flatMap(methodChanges)
    .filter(({ what, method }) => !isToldBy(told, what, method));
  return [
    ...(told === null ? [] : [told]),
    ...(changes.length === 0 ? [] : [{ kind: 'methods_changed', changes } as const]),
    ...entries.flatMap(otherTellings),
  ];
}

/** A consent is given for a backup that is new, and withdrawn from the one that is no more. */
const isToldBy = (
  told: ConsentTelling | null,
  what: MethodChange['what'],
  method: PaymentMethodId,
): boolean =>
  told?.method === method && (what === 'added' || what === 'made_backup' || what === 'no_backup');

function methodChanges({ what, about, from, to, reason }: Entry): readonly MethodChange[] {
  switch (what) {
    case 'method_added':
      return about === null ? [] : [{ what: 'added', method: paymentMethodId(about) }];
    case 'method_removed':
      // With a reason it is the old copy of a card that was added anew.
      return about === null || reason !== null
        ? []
        : [{ what: 'removed', method: paymentMethodId(about) }];
    case 'roles_changed':
      return roleChanges(from, to);
    default:
      return [];
  }
}

function roleChanges(from: Entry['from'], to: Entry['to']): readonly MethodChange[] {
  const [before, after] = [rolesIn(from), rolesIn(to)];
  const primary: readonly MethodChange[] =
    after.primary === null || after.primary === before.primary
      ? []
      : [{ what: 'made_primary', method: after.primary }];
  if (after.secondary === before.secondary) return primary;
  if (after.secondary !== null) {
    return [...primary, { what: 'made_backup', method: after.secondary }];
  }
  // The backup that is the primary now is told as that.
  const { secondary } = before;
  return secondary === null || secondary === after.primary
    ? primary
    : [...primary, { what: 'no_backup', method: secondary }];
}

const rolesIn = (record: Entry['from']) => ({
  primary: methodIn(record?.primary),
  secondary: methodIn(record?.secondary),
});

const methodIn = (id: unknown): PaymentMethodId | null =>
  typeof id === 'string' ? paymentMethodId(id) : null;

function otherTellings({ what, from, to }: Entry, place: number): readonly Telling[] {
  switch (what) {
    case 'member_invited': {
      const member = memberIn(to);
      if (member === null) return [];
      return [
        { kind: 'members_changed', what: 'invited', member, place },
        { kind: 'invitation', member },
      ];
    }
    case 'member_changed': {
      const [before, member] = [memberIn(from), memberIn(to)];
      if (member === null || before?.role === member.role) return [];
      return [{ kind: 'members_changed', what: 'role_changed', member, place }];
    }
    case 'member_removed': {
      const member = memberIn(from);
      return member === null ? [] : [{ kind: 'members_changed', what: 'removed', member, place }];
    }
    case 'extension_granted': {
      const until = typeof to?.until === 'string' ? Date.parse(to.until) : Number.NaN;
      return Number.isNaN(until) ? [] : [{ kind: 'extension_granted', until }];
    }
    default:
      return [];
  }
}

function memberIn(record: Entry['from']): Member | null {
  if (record === null) return null;
  const { email, name, role } = record;
  if (typeof email !== 'string' || (role !== 'owner' && role !== 'viewer')) return null;
  return { email, name: typeof name === 'string' ? name : null, role };
}

/** What is still to be told of a change, on record with the change itself. */
export interface OpenTelling {
  readonly kind: 'tell';
  readonly telling: Telling;
  /** The version of the customer that the change made. */
  readonly change: number;
  readonly by: Actor;
  readonly at: Instant;
}
