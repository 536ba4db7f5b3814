import { randomBytes } from 'node:crypto';
import { account } from '../cloud/account.ts';
import type { LocalUser } from '../cloud/permissions/local-user.ts';

/** How a program calls the staff API: where, and signed with whose key. */
export interface StaffAccess {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** The users of the local account, each with the managed policy of the template made for it. */
export interface StaffUsers {
  /** A person who looks after customers. */
  readonly staff: LocalUser;
  /** The business's own program, which opens the page for its customers. */
  readonly backend: LocalUser;
}

/** Both with keys of this run alone. */
export const createStaffUsers = (): StaffUsers => ({
  staff: userOf('staff', 'BackstopStaff'),
  backend: userOf('backend', 'BackstopBackend'),
});

/** Keys that look as AWS's do. */
const userOf = (name: string, managedPolicy: string): LocalUser => ({
  name,
  accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString('base64'),
  statements: [],
  managedPolicies: [managedPolicy],
});

export const staffAccessOf = (
  url: string,
  { accessKeyId, secretAccessKey }: LocalUser,
): StaffAccess => ({ url, accessKeyId, secretAccessKey, region: account.region });
