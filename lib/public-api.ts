import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RoomFunction } from './room-function.ts';

/** The HTTP API that anybody can reach; every route proves by itself who is calling. */
export class PublicApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: 'Backstop: webhooks of Stripe',
      createDefaultStage: false,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // Above what Stripe sends on a renewal day; what is refused with 429, Stripe redelivers.
      throttle: { rateLimit: 200, burstLimit: 400 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          // Under this prefix API Gateway needs no entry of its own in the account's resource
          // policy for logs, which holds only a few.
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
          new LogGroup(this, 'AccessLogs', {
            logGroupName: '/aws/vendedlogs/backstop/public-api',
            retention: RetentionDays.THREE_MONTHS,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: AccessLogField.contextRequestId(),
            time: AccessLogField.contextRequestTime(),
            route: '$context.routeKey',
            status: AccessLogField.contextStatus(),
            latency: '$context.responseLatency',
            length: AccessLogField.contextResponseLength(),
            address: AccessLogField.contextIdentitySourceIp(),
            error: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
  }

  /**
   * Adds a route that API Gateway lets everybody call.
   *
   * @param whoIsCalling how the function itself finds out who is calling.
   */
  post(path: `/${string}`, target: RoomFunction, whoIsCalling: string): void {
    const routes = this.api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration(target.node.id, target.resource, {
        payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
      }),
    });
    for (const route of routes) {
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: whoIsCalling });
    }
  }
}
