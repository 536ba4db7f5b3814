import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { ArnFormat, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface AlarmDefinition {
  /** Fixed, because docs/runbook.md has a section of this title. */
  readonly name: `Backstop-${string}`;
  /** What has happened when it rings, as one sentence. */
  readonly meaning: string;
  readonly metric: IMetric;
  /** Rings at this value and above, or below it where `ringsBelow` is set. */
  readonly threshold: number;
  readonly ringsBelow?: true;
  /** How many periods of the metric in a row. */
  readonly periods: number;
}

/** One topic for everything that a person should look at. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: { readonly email: string | undefined }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'Backstop alarms', enforceSSL: true });
    this.#letAlarmsPublish();
    if (props.email !== undefined) this.#tell(props.email);
  }

  ringWhen(definition: AlarmDefinition): void {
    const { name, meaning, metric, threshold, ringsBelow, periods } = definition;
    const alarm = new Alarm(this, name, {
      alarmName: name,
      alarmDescription: `${meaning} See docs/runbook.md, section "${name}".`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ringsBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // What must happen and leaves no trace has not happened.
      treatMissingData: ringsBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  #tell(email: string): void {
    const subscription = this.topic.addSubscription(new EmailSubscription(email));
    Validations.of(subscription).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'SNS itself repeats mails for hours, and the state of the alarm stays in CloudWatch.',
    });
  }

  /** A policy of its own replaces the topic's default one, which let the account's alarms in. */
  #letAlarmsPublish(): void {
    const stack = Stack.of(this);
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: {
            'aws:SourceArn': stack.formatArn({
              service: 'cloudwatch',
              resource: 'alarm',
              resourceName: 'Backstop-*',
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
    );
  }
}
