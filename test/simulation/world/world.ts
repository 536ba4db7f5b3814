import type { SimulatedCustomer } from '../evidence.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { Coverage } from './coverage.ts';
import type { Invoke } from './environments.ts';
import type { Faults } from './faults.ts';
import type { Plan } from './plan.ts';
import type { SimulatedQueues } from './simulated-queues.ts';
import type { SimulatedStripe } from './simulated-stripe.ts';
import type { SimulatedTable } from './simulated-table.ts';

/** A customer with what the world outside needs to know of them. */
export interface KnownCustomer extends SimulatedCustomer {
  readonly currency: string;
  readonly price: string;
  readonly backups: Backup[];
  /** What staff are doing about the backup, and are going to do after that. */
  readonly turns: (() => void)[];
}

export interface Backup {
  readonly method: string;
  readonly consentFrom: number;
  consentUntil: number | null;
}

/** All that the people, banks and staff of a seed act upon. */
export interface World {
  readonly plan: Plan;
  readonly agenda: Agenda;
  /** For what happens outside; the scheduler and the faults have their own. */
  readonly random: Random;
  readonly faults: Faults;
  readonly chronicle: Chronicle;
  readonly coverage: Coverage;
  readonly stripe: SimulatedStripe;
  readonly table: SimulatedTable;
  readonly queues: SimulatedQueues;
  readonly invoke: Invoke;
  readonly customers: KnownCustomer[];
  /** Until then nothing more happens outside; epoch milliseconds. */
  quietUntil: number;
  /** When staff's process last wrote the table; epoch milliseconds. */
  lastStaffWrite(process: string): number | undefined;
}
