import type { AccountDependencies } from '../account/dependencies.ts';
import type { StaffRecords } from '../runtime/staff-records.ts';

/** What the staff API works with. */
export interface StaffDependencies extends AccountDependencies {
  readonly staffRecords: StaffRecords;
  /** 256 random bits as base64url. */
  readonly randomToken: () => string;
  /** Where the customer's page stands, for the links that lead there. */
  readonly portalOrigin: string;
}
