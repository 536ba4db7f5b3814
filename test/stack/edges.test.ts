import { Match, Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { customerRoutes, staffRoutes } from '../../functions/access.ts';
import { BackstopStack } from '../../lib/backstop-stack.ts';
import { functionsOf, plainId, propertiesOf, reference, roomOf } from './read-template.ts';
import { createApp, exampleConfiguration, synthesizeExample } from './synthesize-example.ts';

const template = synthesizeExample();

const apis = ['PublicApi', 'StaffApi'] as const;
const apiIds = Object.keys(template.findResources('AWS::ApiGatewayV2::Api'));
const routes = propertiesOf(
  template,
  'AWS::ApiGatewayV2::Route',
  z.object({
    ApiId: reference,
    RouteKey: z.string(),
    AuthorizationType: z.string(),
    Target: z.unknown(),
  }),
);
const routesOf = (api: string) =>
  [...routes.values()].filter(({ ApiId }) => plainId(ApiId.Ref) === api);
const keysOf = (api: string) => routesOf(api).map(({ RouteKey }) => RouteKey);

test('there are two HTTP APIs, each with the routes of its own and no catch-all', () => {
  expect(apiIds.map(plainId)).toEqual(apis);
  expect(keysOf('PublicApi').toSorted()).toEqual(
    ['POST /webhooks/stripe', ...Object.keys(customerRoutes)].toSorted(),
  );
  expect(keysOf('StaffApi').toSorted()).toEqual(Object.keys(staffRoutes).toSorted());
  expect([...routes.values()].filter(({ RouteKey }) => /\+\}|^ANY|^\$/.test(RouteKey))).toEqual([]);
});

test('IAM judges every request to the staff API; at the public one the functions do', () => {
  const kinds = (api: string) =>
    new Set(routesOf(api).map(({ AuthorizationType }) => AuthorizationType));
  expect(kinds('StaffApi')).toEqual(new Set(['AWS_IAM']));
  expect(kinds('PublicApi')).toEqual(new Set(['NONE']));
});

test.each([
  ['PublicApi', 'public-api', 200, 400],
  ['StaffApi', 'staff-api', 50, 100],
])('%s is slowed down and logged, without what was sent', (api, name, rate, burst) => {
  template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    ApiId: { Ref: Match.stringLikeRegexp(`^${api}[0-9A-F]{8}$`) },
    StageName: '$default',
    DefaultRouteSettings: { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
    AccessLogSettings: Match.objectLike({ Format: Match.stringLikeRegexp('requestId') }),
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: `/aws/vendedlogs/backstop/${name}`,
    RetentionInDays: 90,
  });
  expect(JSON.stringify(template.findResources('AWS::ApiGatewayV2::Stage'))).not.toMatch(
    /context\.(path|authorizer)|request\.(header|querystring|body)/,
  );
});

test('a function answers before API Gateway gives up, and its policy stays small', () => {
  template.allResourcesProperties('AWS::ApiGatewayV2::Integration', {
    PayloadFormatVersion: '2.0',
    TimeoutInMillis: Match.absent(),
  });
  template.resourceCountIs('AWS::ApiGatewayV2::Integration', 3);
  for (const [id, { Timeout }] of functionsOf(template)) {
    if (['StripeWebhook', 'CustomerApi', 'StaffApi'].includes(roomOf(id))) {
      expect(Timeout).toBeLessThan(30);
    }
  }
  const permissions = template.findResources('AWS::Lambda::Permission', {
    Properties: { Principal: 'apigateway.amazonaws.com' },
  });
  expect(Object.keys(permissions)).toHaveLength(3);
});

test('the page stands where the configuration says, or where CloudFront puts it', () => {
  const origin = (url?: string) => {
    const { app, remove } = createApp();
    try {
      const { settings, ...configuration } = exampleConfiguration();
      const portal = { ...settings.portal, ...(url !== undefined && { url }) };
      const stack = new BackstopStack(app, 'Backstop', {
        configuration: { ...configuration, settings: { ...settings, portal } },
      });
      const functions = functionsOf(Template.fromStack(stack));
      return [...functions.values()].flatMap(
        ({ Environment }) => Environment.Variables.PORTAL_ORIGIN ?? [],
      );
    } finally {
      remove();
    }
  };
  const host = [expect.stringMatching(/^PortalPageDistribution[0-9A-F]{8}$/), 'DomainName'];
  const given = { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': host }]] };
  expect(origin()).toEqual([given, given, given, given]);
  const own = 'https://billing.example.com';
  expect(origin(own)).toEqual([own, own, own, own]);
});

test('the sweep starts every minute, and a missed start is not caught up', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Targets: [
      Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SweepFunction'), 'Arn'] },
        RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 },
      }),
    ],
  });
});

test('what became of our mails, and of no others, comes back through the queue', () => {
  const configurationSet = { Ref: Match.stringLikeRegexp('^MailConfigurationSet') };
  template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
    ConfigurationSetName: configurationSet,
    EventDestination: {
      Enabled: true,
      MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint', 'reject'],
    },
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.ses'],
      'detail-type': [
        'Email Sent',
        'Email Delivered',
        'Email Bounced',
        'Email Complaint Received',
        'Email Rejected',
      ],
      detail: { mail: { tags: { 'ses:configuration-set': [configurationSet] } } },
    },
    Targets: [
      Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MailEventsQueue'), 'Arn'] },
        DeadLetterConfig: {
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MailEventsDeadLetters'), 'Arn'] },
        },
      }),
    ],
  });
});
