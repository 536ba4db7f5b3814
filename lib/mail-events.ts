import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { RoomFunction, type RoomProps } from './room-function.ts';
import { WorkQueue } from './work-queue.ts';

/** What became of each mail: sent, delivered, bounced, complained about. */
export class MailEvents extends Construct {
  readonly function: RoomFunction;
  /** Events of SES as EventBridge hands them on. */
  readonly queue: WorkQueue;

  constructor(scope: Construct, id: string, props: RoomProps) {
    super(scope, id);
    const timeout = Duration.seconds(20);
    this.queue = new WorkQueue(this, 'Events', { consumerTimeout: timeout });
    this.function = new RoomFunction(this, 'MailEvents', {
      room: 'mail-events',
      description: 'Backstop: records what became of each mail',
      timeout,
      memorySize: 256,
      settings: props.settings,
      bundles: props.bundles,
    });
    props.table.grantGetAndPut(this.function);
    props.table.grantQuery(this.function);
    this.queue.deliverTo(this.function, { batchSize: 10 });
  }
}
