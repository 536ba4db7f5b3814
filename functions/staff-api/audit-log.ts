import { type Answer, refuse } from '../api/answer.ts';
import { problem } from '../api/problems.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { CustomerId } from '../domain/ids.ts';
import { keys } from '../domain/items.ts';
import { isoInstant } from '../domain/time.ts';
import type { StaffDependencies } from './dependencies.ts';

/** One change: who, what, from, to, when and why. */
export interface AuditLine extends Omit<AuditEntry, 'at'> {
  readonly at: string;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditLine[];
  /** For the next page; `null` at the end. */
  readonly nextCursor: string | null;
}

/** An entry is well under 1 KB: a page is one query of a few units. */
const pageSize = 50;

export async function readAuditLog(
  { staffRecords, records }: StaffDependencies,
  customer: CustomerId,
  cursor: string | undefined,
): Promise<Answer> {
  const before = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
  if (before !== undefined && !isPlace(customer, before)) return refuse(unknownCursor);
  const found = await staffRecords.audit(customer, {
    limit: pageSize + 1,
    ...(before !== undefined && { before }),
  });
  if (found.length === 0 && (await records.customer(customer)) === null) {
    return refuse(noSuchCustomer);
  }
  const page = found.slice(0, pageSize);
  const last = found.length > pageSize ? page.at(-1) : undefined;
  const body: AuditPage = {
    entries: page.map(({ entry }) => ({ ...entry, at: isoInstant(entry.at) })),
    nextCursor: last === undefined ? null : Buffer.from(last.place).toString('base64url'),
  };
  return { status: 200, body };
}

/** DynamoDB: "The maximum length of the sort key value is 1024 bytes." */
const longestPlaceBytes = 1024;

/** Whether a sort key can be that of an audit entry: the table refuses to begin elsewhere. */
function isPlace(customer: CustomerId, place: string): boolean {
  const prefix = keys.audit(customer, 0, '').sk.split('#', 1)[0] ?? '';
  return place.startsWith(`${prefix}#`) && Buffer.byteLength(place) <= longestPlaceBytes;
}

const unknownCursor = problem(
  'invalid-request',
  'The cursor is none of ours. Send the one of the page before, or none for the first page.',
);

/** That nobody here knows the customer. */
export const noSuchCustomer = problem(
  'not-found',
  'There is no such customer here. Find them by id, mail or invoice first.',
);
