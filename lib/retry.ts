import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environment } from '../functions/environment.ts';
import type { Notify } from './notify.ts';
import { RoomFunction, type RoomProps } from './room-function.ts';
import type { StripeSecrets } from './stripe-secrets.ts';
import { WorkQueue } from './work-queue.ts';

export interface RetryProps extends RoomProps {
  readonly secrets: StripeSecrets;
  readonly notify: Notify;
}

/** The passes that charge, and what changes of customers left to be finished. */
export class Retry extends Construct {
  readonly function: RoomFunction;
  /** Passes that came due, or were caused by an event. */
  readonly queue: WorkQueue;
  /** Passes that somebody is waiting for; never behind a renewal day's backlog. */
  readonly nowQueue: WorkQueue;

  constructor(scope: Construct, id: string, props: RetryProps) {
    super(scope, id);
    // A pass may charge two methods, and one charge may take Stripe 20 seconds.
    const timeout = Duration.seconds(120);
    this.queue = new WorkQueue(this, 'Due', {
      consumerTimeout: timeout,
      urlName: environment.retryQueueUrl,
    });
    this.nowQueue = new WorkQueue(this, 'Now', {
      consumerTimeout: timeout,
      urlName: environment.retryNowQueueUrl,
    });
    this.function = new RoomFunction(this, 'Retry', {
      room: 'retry',
      description: 'Backstop: charges the primary, then the secondary method of a failed invoice',
      timeout,
      memorySize: 512,
      settings: props.settings,
      bundles: props.bundles,
    });
    props.table.grantGetAndPut(this.function);
    props.table.grantQuery(this.function);
    props.secrets.grantReadApiKey(this.function);
    props.notify.queue.grantSend(this.function);
    // A change of a customer that it finishes may wake cases.
    this.nowQueue.grantSend(this.function);
    // A customer who was changed at Stripe has each open case looked at.
    this.queue.grantSend(this.function);
    this.queue.deliverTo(this.function, { batchSize: 1, maxConcurrency: 10 });
    this.nowQueue.deliverTo(this.function, { batchSize: 1, maxConcurrency: 5 });
  }
}
