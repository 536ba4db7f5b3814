import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { openStage, splitRoute } from './open-stage.ts';

/** The HTTP API that anybody can reach; every route proves by itself who is calling. */
export class PublicApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: "Backstop: webhooks of Stripe and the customer's page",
      createDefaultStage: false,
    });
    openStage(this, {
      api: this.api,
      name: 'public-api',
      // Above what Stripe sends on a renewal day; what is refused with 429, Stripe redelivers.
      throttle: { rateLimit: 200, burstLimit: 400 },
    });
  }

  /**
   * Adds a route that API Gateway lets everybody call.
   *
   * @param whoIsCalling how the function itself finds out who is calling.
   */
  addRoute(
    route: `${string} /${string}`,
    integration: HttpLambdaIntegration,
    whoIsCalling: string,
  ): void {
    const { method, path } = splitRoute(route);
    const [added] = this.api.addRoutes({ path, methods: [method], integration });
    if (added === undefined) throw new Error(`"${route}" was not added.`);
    Validations.of(added).acknowledge({ id: 'AwsSolutions-APIG4', reason: whoIsCalling });
  }
}
