import type { AccountDependencies } from '../../functions/account/dependencies.ts';
import { createStripeAccount } from '../../functions/adapters/stripe-account.ts';
import { createStripeConnection } from '../../functions/adapters/stripe-connection.ts';
import { stripeSdk } from '../../functions/adapters/stripe-sdk.ts';
import { createStripeTroubles } from '../../functions/adapters/stripe-troubles.ts';
import type { LookDependencies } from '../../functions/retry/dependencies.ts';
import { createRecords } from '../../functions/runtime/records.ts';
import { openWorld, type World } from '../unit/local-stripe/world.ts';
import { exampleSettings } from './examples.ts';
import { createMemoryQueues, type MemoryQueues } from './memory-queues.ts';
import { createMemoryTable, type MemoryTable } from './memory-table.ts';
import { type RecordedTelemetry, recordTelemetry } from './recorded-telemetry.ts';

/** Table and queues in memory, and a local Stripe behind the real adapter, all on one clock. */
export interface AccountWorld extends World {
  readonly table: MemoryTable;
  readonly queues: MemoryQueues;
  readonly telemetry: RecordedTelemetry;
  readonly account: AccountDependencies;
  /** What the room `retry` looks at charges with. */
  readonly looks: LookDependencies;
}

export async function openAccountWorld(): Promise<AccountWorld> {
  const world = await openWorld();
  const { clock, local } = world;
  const table = createMemoryTable();
  const queues = createMemoryQueues(clock);
  const telemetry = recordTelemetry();
  const connection = {
    apiKey: { value: async () => local.apiKey, forget: () => undefined },
    connect: stripeSdk({ livemode: false, apiBase: `http://127.0.0.1:${local.port}` }),
  };
  const stripe = createStripeAccount(connection);
  const account = {
    records: createRecords(table),
    queues,
    stripe,
    settings: exampleSettings,
    clock,
    log: telemetry.log,
    metrics: telemetry.metrics,
  };
  const looks = { ...account, stripe: createStripeTroubles(createStripeConnection(connection)) };
  return { ...world, table, queues, telemetry, account, looks };
}
