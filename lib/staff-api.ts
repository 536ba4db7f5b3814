import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { staffRoutes } from '../functions/access.ts';
import { environment } from '../functions/environment.ts';
import type { Notify } from './notify.ts';
import { integrationOf, openStage, splitRoute } from './open-stage.ts';
import type { Retry } from './retry.ts';
import { RoomFunction, type RoomProps } from './room-function.ts';
import type { StripeSecrets } from './stripe-secrets.ts';

export interface StaffApiProps extends RoomProps {
  /** Where the customer's page stands. */
  readonly portalOrigin: string;
  readonly secrets: StripeSecrets;
  readonly retry: Retry;
  readonly notify: Notify;
}

/** What the business's staff and its backend call, signed with AWS credentials. */
export class StaffApi extends Construct {
  readonly api: HttpApi;
  readonly function: RoomFunction;

  constructor(scope: Construct, id: string, props: StaffApiProps) {
    super(scope, id);
    this.function = new RoomFunction(this, 'StaffApi', {
      room: 'staff-api',
      description: "Backstop: what the business's staff and its backend call",
      // An HTTP API waits for 30 seconds, and one request asks Stripe several times.
      timeout: Duration.seconds(29),
      memorySize: 512,
      settings: props.settings,
      bundles: props.bundles,
    });
    this.function.setEnvironment(environment.portalOrigin, props.portalOrigin);
    props.table.grantGetAndPut(this.function);
    props.table.grantQuery(this.function);
    props.table.grantQueryIndex(this.function, 'open');
    props.secrets.grantReadApiKey(this.function);
    props.retry.nowQueue.grantSend(this.function);
    props.notify.queue.grantSend(this.function);
    this.api = new HttpApi(this, 'Api', {
      description: "Backstop: what the business's staff and its backend call",
      createDefaultStage: false,
      defaultAuthorizer: new HttpIamAuthorizer(),
    });
    // Some people, and a backend that opens sessions for customers.
    openStage(this, {
      api: this.api,
      name: 'staff-api',
      throttle: { rateLimit: 50, burstLimit: 100 },
    });
    const integration = integrationOf(this.function);
    for (const route of Object.keys(staffRoutes)) {
      // What the type of `staffRoutes` says of its keys, `Object.keys` forgets.
      const { method, path } = splitRoute(route as keyof typeof staffRoutes);
      this.api.addRoutes({ path, methods: [method], integration });
    }
  }

  /** What IAM calls requests to the API's paths that match; `*` stands for any text. */
  arnOf(methodAndPath: string): string {
    return `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.api.apiId}/$default/${methodAndPath}`;
  }
}
