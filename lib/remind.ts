import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Notify } from './notify.ts';
import { RoomFunction, type RoomProps } from './room-function.ts';
import type { StripeSecrets } from './stripe-secrets.ts';

export interface RemindProps extends RoomProps {
  readonly notify: Notify;
  readonly secrets: StripeSecrets;
}

/** Once an hour: the cards whose time has come are looked at, and who should be is told. */
export class Remind extends Construct {
  readonly function: RoomFunction;

  constructor(scope: Construct, id: string, props: RemindProps) {
    super(scope, id);
    this.function = new RoomFunction(this, 'Remind', {
      room: 'remind',
      description: 'Backstop: has customers told whose card expires soon',
      // More than a thousand looks at Stripe; what is left then is done an hour later.
      timeout: Duration.minutes(10),
      memorySize: 256,
      settings: props.settings,
      bundles: props.bundles,
    });
    props.table.grantQueryIndex(this.function, 'remind');
    props.table.grantGetAndPut(this.function);
    props.secrets.grantReadApiKey(this.function);
    props.notify.queue.grantSend(this.function);
    const everyHour = new Rule(this, 'EveryHour', {
      description: 'Starts the reminders of Backstop',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [
        // The next hour's run finds whatever this one missed.
        new LambdaFunction(this.function.resource, {
          retryAttempts: 0,
          maxEventAge: Duration.hours(1),
        }),
      ],
    });
    Validations.of(everyHour).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason:
        'A tick carries no data: the next one finds the same cards, and an alarm rings if ticks stop.',
    });
  }
}
