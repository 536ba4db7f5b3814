import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Retry } from './retry.ts';
import { RoomFunction, type RoomProps } from './room-function.ts';
import type { StripeSecrets } from './stripe-secrets.ts';

export interface ReconcileProps extends RoomProps {
  readonly retry: Retry;
  readonly secrets: StripeSecrets;
}

/** Once an hour: what the table says is compared with Stripe, and what differs is looked at. */
export class Reconcile extends Construct {
  readonly function: RoomFunction;

  constructor(scope: Construct, id: string, props: ReconcileProps) {
    super(scope, id);
    this.function = new RoomFunction(this, 'Reconcile', {
      room: 'reconcile',
      description: 'Backstop: compares the open invoices at Stripe with the open cases',
      // Hundreds of pages of Stripe's lists; what is left then is done an hour later.
      timeout: Duration.minutes(10),
      memorySize: 512,
      settings: props.settings,
      bundles: props.bundles,
    });
    props.table.grantQueryIndex(this.function, 'open');
    props.table.grantGetAndPut(this.function);
    props.secrets.grantReadApiKey(this.function);
    props.retry.queue.grantSend(this.function);
    const everyHour = new Rule(this, 'EveryHour', {
      description: 'Starts the comparison of Backstop with Stripe',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [
        // The next hour's comparison finds whatever this one missed.
        new LambdaFunction(this.function.resource, {
          retryAttempts: 0,
          maxEventAge: Duration.hours(1),
        }),
      ],
    });
    Validations.of(everyHour).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason:
        'A tick carries no data: the next one compares the same, and an alarm rings if ticks stop.',
    });
  }
}
