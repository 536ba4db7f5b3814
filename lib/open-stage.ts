import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { RoomFunction } from './room-function.ts';

export interface StageProps {
  readonly api: HttpApi;
  /** Last part of the access logs' name. */
  readonly name: string;
  /** Requests a second, and at once, beyond which API Gateway answers 429. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
}

/** The one stage of an HTTP API: slowed down, and each request logged without what it carried. */
export function openStage(scope: Construct, { api, name, throttle }: StageProps): void {
  new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle,
    accessLogSettings: {
      destination: new LogGroupLogDestination(
        // Under this prefix API Gateway needs no entry of its own in the account's resource
        // policy for logs, which holds only a few.
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
        new LogGroup(scope, 'AccessLogs', {
          logGroupName: `/aws/vendedlogs/backstop/${name}`,
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      ),
      // The route and not the path: paths name customers and invoices.
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
 * The way from an API's routes to a function. The function's policy lets the whole API in: a
 * statement for each of dozens of routes would go beyond the 20 KB that Lambda takes.
 */
export const integrationOf = (target: RoomFunction): HttpLambdaIntegration =>
  new HttpLambdaIntegration(target.node.id, target.resource, {
    payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
    scopePermissionToRoute: false,
  });

/** `GET /things/{id}` in two parts. */
export function splitRoute(route: `${string} /${string}`): {
  readonly method: HttpMethod;
  readonly path: `/${string}`;
} {
  const [verb, path] = route.split(' ', 2);
  const method = Object.values(HttpMethod).find((each) => each === verb);
  if (method === undefined || path === undefined) throw new Error(`"${route}" is no route.`);
  return { method, path: `/${path.slice(1)}` };
}
