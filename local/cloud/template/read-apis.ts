import * as z from 'zod';
import { apiLimits } from '../http/api-limits.ts';
import { type FunctionPlan, findFunction } from './read-functions.ts';
import type { Stack } from './stack.ts';
import { TemplateError } from './template.ts';
import { within } from './within.ts';

const ignored = z.optional(z.unknown());

const apiSchema = z.strictObject({
  Name: z.string(),
  ProtocolType: z.literal('HTTP'),
  Description: ignored,
  DisableExecuteApiEndpoint: ignored,
  IpAddressType: ignored,
  Tags: ignored,
});

const routeSchema = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z._default(z.enum(['NONE', 'AWS_IAM']), 'NONE'),
});

const integrationSchema = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  IntegrationMethod: ignored,
  TimeoutInMillis: z.optional(within(apiLimits.integrationTimeoutMilliseconds)),
});

const stageSchema = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default'),
  AutoDeploy: z.literal(true),
  AccessLogSettings: ignored,
  // Throttling is a limit that is not modelled.
  DefaultRouteSettings: ignored,
  RouteSettings: ignored,
  Tags: ignored,
});

export interface RoutePlan {
  /** `METHOD /path/{parameter}` or `$default`. */
  readonly routeKey: string;
  readonly functionLogicalId: string;
  readonly functionArn: string;
  /** With `iam` a request must be signed by a user who may call the route. */
  readonly authorization: 'none' | 'iam';
  readonly timeoutMilliseconds: number;
}

export interface ApiPlan {
  readonly logicalId: string;
  readonly name: string;
  readonly routes: readonly RoutePlan[];
}

export function readApis(stack: Stack, functions: readonly FunctionPlan[]): readonly ApiPlan[] {
  const integrations = new Map(
    stack
      .ofType('AWS::ApiGatewayV2::Integration')
      .map((resource) => [resource.logicalId, stack.read(resource, integrationSchema)]),
  );
  const routes = stack
    .ofType('AWS::ApiGatewayV2::Route')
    .map((resource) => ({ logicalId: resource.logicalId, ...stack.read(resource, routeSchema) }));
  const stages = stack
    .ofType('AWS::ApiGatewayV2::Stage')
    .map((resource) => stack.read(resource, stageSchema));
  return stack.ofType('AWS::ApiGatewayV2::Api').map((resource) => {
    const { logicalId } = resource;
    const { Name: name } = stack.read(resource, apiSchema);
    if (!stages.some(({ ApiId }) => ApiId === logicalId)) {
      throw new TemplateError(`${logicalId} (AWS::ApiGatewayV2::Api) has no stage.`);
    }
    const ownRoutes = routes.filter(({ ApiId }) => ApiId === logicalId);
    return {
      logicalId,
      name,
      routes: ownRoutes.map((route) => {
        const integration = integrations.get(route.Target.replace('integrations/', ''));
        if (integration === undefined) {
          throw new TemplateError(
            `${route.logicalId} leads to "${route.Target}", which is not there.`,
          );
        }
        const { logicalId: functionLogicalId, arn: functionArn } = findFunction(
          functions,
          integration.IntegrationUri,
          route.logicalId,
        );
        return {
          routeKey: route.RouteKey,
          functionLogicalId,
          functionArn,
          authorization: route.AuthorizationType === 'AWS_IAM' ? 'iam' : 'none',
          timeoutMilliseconds:
            integration.TimeoutInMillis ?? apiLimits.integrationTimeoutMilliseconds.to,
        };
      }),
    };
  });
}
