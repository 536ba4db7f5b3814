import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environment, type Settings } from '../functions/environment.ts';
import { type Bundles, type Room, withCode } from './bundle.ts';
import type { BackstopTable } from './table.ts';

/** What every room is given. */
export interface RoomProps {
  readonly settings: Settings;
  readonly bundles: Bundles;
  readonly table: BackstopTable;
}

export interface RoomFunctionProps extends Omit<RoomProps, 'table'> {
  readonly room: Room;
  readonly description: string;
  readonly timeout: Duration;
  /** In megabytes; Lambda gives processor time in proportion. */
  readonly memorySize: number;
  /** What the function reads beside its bundle, by name of the file. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * For what waits in the queue that it came from, more than a few times: Lambda takes that for a
   * loop and ends it after 16 rounds.
   * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
   */
  readonly goesRound?: true;
}

type EnvironmentName = (typeof environment)[keyof typeof environment];

/** What a function may do: actions on exactly these resources. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, unknown>>;
}

/**
 * One Lambda function of one room, with a role and a log group of its own. The role starts with
 * the right to write that log group and to send traces; everything else is granted by the
 * constructs that the function uses.
 */
export class RoomFunction extends Construct {
  readonly resource: LambdaFunction;

  constructor(scope: Construct, id: string, props: RoomFunctionProps) {
    super(scope, id);
    // The table is the record of what was decided; logs help to understand the last months.
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What the function ${props.room} of Backstop may do`,
    });
    this.resource = withCode(
      props.bundles[props.room],
      props.files ?? {},
      (code) =>
        new LambdaFunction(this, 'Function', {
          description: props.description,
          code,
          handler: 'index.handler',
          runtime: Runtime.NODEJS_24_X,
          architecture: Architecture.ARM_64,
          timeout: props.timeout,
          memorySize: props.memorySize,
          role,
          logGroup,
          loggingFormat: LoggingFormat.JSON,
          tracing: Tracing.ACTIVE,
          ...(props.goesRound && { recursiveLoop: RecursiveLoop.ALLOW }),
        }),
    );
    this.setEnvironment(environment.settings, JSON.stringify(props.settings));
    this.allow({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray has no resource to name: its two actions are only ever granted on all.',
    });
    Validations.of(this.resource).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        "Queues call the functions, and have dead-letter queues themselves; API Gateway waits for its answer; a sweep that failed is followed by the next minute's.",
    });
  }

  allow(permission: Permission): void {
    this.resource.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: [...permission.actions],
        resources: [...permission.resources],
        ...(permission.conditions && { conditions: permission.conditions }),
      }),
    );
  }

  setEnvironment(name: EnvironmentName, value: string): void {
    this.resource.addEnvironment(name, value);
  }
}
