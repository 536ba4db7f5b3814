import type { MovableClock } from '../clock.ts';
import type { Activity } from './activity.ts';
import type { EventBus } from './events/event-bus.ts';
import type { Feed } from './feed.ts';
import type { FunctionPool } from './functions/function-pool.ts';
import type { Listener } from './http/loopback.ts';
import type { MailService } from './mail/mail-service.ts';
import type { QueueService } from './queues/queue-service.ts';
import type { CloudRecords, OutgoingRequest, Part, Verdict } from './records.ts';
import type { RequestLog } from './request-log.ts';
import type { SecretService } from './secrets/secret-service.ts';
import type { TableService } from './tables/table-service.ts';
import type { CloudPlan } from './template/plan.ts';
import type { TroubleMaker } from './troubles.ts';

/** Everything that runs, for the face in local-cloud.ts. */
export interface RunningCloud {
  readonly plan: CloudPlan;
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly feed: Feed<CloudRecords>;
  readonly tables: TableService;
  readonly queues: QueueService;
  readonly secrets: SecretService;
  readonly mail: MailService;
  readonly bus: EventBus;
  readonly pools: ReadonlyMap<string, FunctionPool>;
  readonly apis: ReadonlyMap<string, Listener>;
  readonly pages: ReadonlyMap<string, Listener>;
  readonly stopped: Set<Part>;
  readonly requests: RequestLog;
  readonly interception: Interception;
  readonly troubleMaker: TroubleMaker;
  /** Where a person with rights to the account reaches its services. */
  readonly operatorUrl: string;
}

/** Who decides what becomes of a function's request; by default it passes. */
export interface Interception {
  judge?: (request: OutgoingRequest) => Verdict | Promise<Verdict>;
}
