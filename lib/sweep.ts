import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Retry } from './retry.ts';
import { RoomFunction, type RoomProps } from './room-function.ts';

export interface SweepProps extends RoomProps {
  readonly retry: Retry;
}

/** Once a minute: the cases whose time has come go to the retry queue. */
export class Sweep extends Construct {
  readonly function: RoomFunction;

  constructor(scope: Construct, id: string, props: SweepProps) {
    super(scope, id);
    this.function = new RoomFunction(this, 'Sweep', {
      room: 'sweep',
      description: 'Backstop: sends the cases whose time has come to the retry queue',
      timeout: Duration.seconds(50),
      memorySize: 256,
      settings: props.settings,
      bundles: props.bundles,
    });
    props.table.grantQueryIndex(this.function, 'due');
    props.table.grantGetAndPut(this.function);
    props.retry.queue.grantSend(this.function);
    const everyMinute = new Rule(this, 'EveryMinute', {
      description: 'Starts the sweep of Backstop',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [
        // The next minute's sweep finds whatever this one missed: a late one is of no use.
        new LambdaFunction(this.function.resource, {
          retryAttempts: 0,
          maxEventAge: Duration.minutes(1),
        }),
      ],
    });
    Validations.of(everyMinute).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason:
        'A tick carries no data: the next one finds the same cases, and an alarm rings if ticks stop.',
    });
  }
}
