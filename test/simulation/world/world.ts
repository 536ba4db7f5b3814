import type { SimulatedCustomer } from '../evidence.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { Coverage } from './coverage.ts';
import type { Faults } from './faults.ts';
import type { HttpApi } from './http-api.ts';
import type { Plan } from './plan.ts';
import type { Reconciliations } from './reconciliations.ts';
import type { SimulatedMail } from './simulated-mail.ts';
import type { SimulatedQueues } from './simulated-queues.ts';
import type { SimulatedStripe } from './simulated-stripe.ts';
import type { SimulatedTable } from './simulated-table.ts';

/** A customer with what the world outside needs to know of them. */
export interface KnownCustomer extends SimulatedCustomer {
  readonly currency: string;
  readonly price: string;
  readonly backups: Backup[];
  /** Requests under way by which the customer agrees to a backup. */
  agreeing: number;
}

/** What a person signs in with. */
export interface Browser {
  readonly email: string;
  /** `null` where nobody is signed in, as far as the browser knows. */
  cookie: string | null;
  /** For whom they act. */
  customer: string | null;
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
  readonly mail: SimulatedMail;
  readonly api: HttpApi;
  readonly reconciliations: Reconciliations;
  readonly customers: KnownCustomer[];
  /** Everybody who reads mail, by their address. */
  readonly people: Map<string, Browser>;
  /** Until then nothing more happens outside; epoch milliseconds. */
  quietUntil: number;
}
