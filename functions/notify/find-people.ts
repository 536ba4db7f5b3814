import type { Customer, Member } from '../domain/customer/customer.ts';
import type { PersonId } from '../domain/customer/person.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { AccountNotice, NoticeContent } from '../domain/notice/notice-content.ts';
import { personOf } from '../runtime/hash.ts';
import type { Records } from '../runtime/records.ts';

/** The people in a notice, which names them by their hashes. */
export interface People {
  /** Who made the change; `null` where it was no member, or one who is none any more. */
  readonly maker: Member | null;
  /** Whom it is about; `null` where it is about nobody, or nobody knows them any more. */
  readonly concerned: Member | null;
}

/** Looks the people of a notice up: among the members, or who is none any more in the audit log. */
export async function findPeople(
  records: Pick<Records, 'auditEntry'>,
  { customer, members }: Customer,
  notice: NoticeContent,
): Promise<People> {
  const find = (person: PersonId): Member | null =>
    members.find(({ email }) => personOf(email) === person) ?? null;
  const by = 'by' in notice ? notice.by : null;
  const maker = by?.kind === 'member' ? find(by.person) : null;
  if (!('person' in notice)) return { maker, concerned: null };
  const known = find(notice.person);
  const isGone = known === null && notice.kind === 'members_changed';
  return { maker, concerned: isGone ? await findInAudit(records, customer, notice) : known };
}

/** @throws {Error} where the entry is not there yet: it is written with the notice. */
async function findInAudit(
  records: Pick<Records, 'auditEntry'>,
  customer: CustomerId,
  { at, entry: id }: Pick<Extract<AccountNotice, { kind: 'members_changed' }>, 'at' | 'entry'>,
): Promise<Member | null> {
  const entry = await records.auditEntry(customer, at, id);
  if (entry === null) throw new Error(`The audit entry ${id} is not there yet.`);
  const record = entry.from ?? entry.to;
  if (typeof record?.email !== 'string') return null;
  const name = typeof record.name === 'string' ? record.name : null;
  return { email: record.email, name, role: record.role === 'owner' ? 'owner' : 'viewer' };
}
