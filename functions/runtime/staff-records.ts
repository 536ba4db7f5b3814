import type { AuditEntry } from '../domain/audit.ts';
import type { ChargingSwitch } from '../domain/charging-switch.ts';
import type { CustomerId } from '../domain/ids.ts';
import { earlierSwitchOf, keys, observedShard, openShard, recordOf } from '../domain/items.ts';
import type { IndexPlace, Table } from '../domain/ports.ts';
import { type Instant, isoInstant } from '../domain/time.ts';

/** What only staff read of the table. */
export interface StaffRecords {
  /** The newest entries, those before `before` where the page before ended. */
  audit(
    customer: CustomerId,
    page: { readonly limit: number; readonly before?: string },
  ): Promise<readonly LoggedEntry[]>;
  /** Places of the cases of one shard that were opened until then, oldest first. */
  openCases(
    shard: number,
    openedUntil: Instant,
    limit: number,
    after?: IndexPlace,
  ): Promise<readonly IndexPlace[]>;
  /** The same of those that were only observed and have ended. */
  observedCases(shard: number, limit: number, after?: IndexPlace): Promise<readonly IndexPlace[]>;
  /** What the charging switch said before, newest first. */
  earlierSwitches(limit: number): Promise<readonly ChargingSwitch[]>;
}

/** An audit entry with its place in the log. */
export interface LoggedEntry {
  readonly place: string;
  readonly entry: AuditEntry;
}

/** Behind every time of the index. */
const endOfTime = '9999-12-31T23:59:59.999Z';

export function createStaffRecords(table: Pick<Table, 'queryNewest' | 'queryIndex'>): StaffRecords {
  return {
    async audit(customer, page) {
      const { pk, sk } = keys.audit(customer, 0, '');
      const items = await table.queryNewest(pk, sk.slice(0, sk.indexOf('#') + 1), page);
      return items.map((item) => {
        // The item's own version counts its writes; entries have one.
        const { version: _, ...entry } = recordOf<AuditEntry & { version: number }>(item);
        return { place: item.sk, entry };
      });
    },
    openCases: (shard, openedUntil, limit, after) =>
      table.queryIndex('open', openShard(shard), isoInstant(openedUntil), limit, after),
    observedCases: (shard, limit, after) =>
      table.queryIndex('open', observedShard(shard), endOfTime, limit, after),
    async earlierSwitches(limit) {
      const { pk, sk } = keys.earlierSwitch(0);
      const items = await table.queryNewest(pk, sk.slice(0, sk.indexOf('#') + 1), { limit });
      return items.map(earlierSwitchOf);
    },
  };
}
