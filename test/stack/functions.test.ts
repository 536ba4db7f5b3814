import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { functionsOf, lookUp, plainId, propertiesOf, roomOf } from './read-template.ts';
import { synthesizeExample } from './synthesize-example.ts';

const template = synthesizeExample();
const functions = functionsOf(template);
const withResources = z.object({ Resources: z.record(z.string(), z.unknown()) });

test('find in their environment what the rooms share, and nothing secret', () => {
  const names = [...functions].map(([id, { Environment }]) => [
    roomOf(id),
    Object.keys(Environment.Variables).toSorted(),
  ]);
  expect(Object.fromEntries(names)).toEqual({
    CustomerApi: [
      'BACKSTOP_SETTINGS',
      'NOTICE_QUEUE_URL',
      'PORTAL_ORIGIN',
      'PORTAL_ORIGIN_SECRET',
      'RETRY_NOW_QUEUE_URL',
      'SIGN_IN_QUEUE_URL',
      'STRIPE_API_KEY_SECRET',
      'TABLE_NAME',
    ],
    MailEvents: ['BACKSTOP_SETTINGS', 'NOTICE_QUEUE_URL', 'TABLE_NAME'],
    Notify: [
      'BACKSTOP_SETTINGS',
      'MAIL_CONFIGURATION_SET',
      'NOTICE_QUEUE_URL',
      'PORTAL_ORIGIN',
      'TABLE_NAME',
    ],
    Reconcile: ['BACKSTOP_SETTINGS', 'RETRY_QUEUE_URL', 'STRIPE_API_KEY_SECRET', 'TABLE_NAME'],
    Remind: ['BACKSTOP_SETTINGS', 'NOTICE_QUEUE_URL', 'STRIPE_API_KEY_SECRET', 'TABLE_NAME'],
    Retry: [
      'BACKSTOP_SETTINGS',
      'NOTICE_QUEUE_URL',
      'RETRY_NOW_QUEUE_URL',
      'RETRY_QUEUE_URL',
      'STRIPE_API_KEY_SECRET',
      'TABLE_NAME',
    ],
    SignIn: [
      'BACKSTOP_SETTINGS',
      'MAIL_CONFIGURATION_SET',
      'PORTAL_ORIGIN',
      'SIGN_IN_QUEUE_URL',
      'TABLE_NAME',
    ],
    StaffApi: [
      'BACKSTOP_SETTINGS',
      'NOTICE_QUEUE_URL',
      'PORTAL_ORIGIN',
      'RETRY_NOW_QUEUE_URL',
      'STRIPE_API_KEY_SECRET',
      'TABLE_NAME',
    ],
    StripeWebhook: ['BACKSTOP_SETTINGS', 'RETRY_QUEUE_URL', 'STRIPE_WEBHOOK_SECRET', 'TABLE_NAME'],
    Sweep: ['BACKSTOP_SETTINGS', 'RETRY_QUEUE_URL', 'TABLE_NAME'],
  });
});

test('get secrets by name: no value is resolved into the template', () => {
  const text = JSON.stringify(template.toJSON());
  // CloudFront's alone is: no function has it in its environment.
  const { Resources: resources } = withResources.parse(template.toJSON());
  const resolving = Object.entries(resources).filter(([, each]) =>
    JSON.stringify(each).includes('{{resolve:'),
  );
  expect(resolving.map(([id]) => plainId(id))).toEqual(['PortalPageDistribution']);
  expect(text).not.toMatch(/(sk|rk)_(test|live)_|whsec_[A-Za-z0-9]/);
  const variables = [...functions.values()].map(({ Environment }) => Environment.Variables);
  const named = variables.flatMap((each) => [
    each.STRIPE_API_KEY_SECRET,
    each.STRIPE_WEBHOOK_SECRET,
    each.PORTAL_ORIGIN_SECRET,
  ]);
  expect(new Set(named.filter((name) => name !== undefined))).toEqual(
    new Set([
      'backstop/stripe-api-key',
      'backstop/stripe-webhook-secret',
      'backstop/portal-origin-secret',
    ]),
  );
});

test('run on Node 24 on arm64, traced, logging JSON to a group that forgets after months', () => {
  const all = propertiesOf(template, 'AWS::Lambda::Function', z.unknown());
  for (const id of functions.keys()) {
    expect(lookUp(all, id)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON' },
    });
  }
  const groups = propertiesOf(
    template,
    'AWS::Logs::LogGroup',
    z.object({ RetentionInDays: z.number() }),
  );
  for (const { LoggingConfig } of functions.values()) {
    expect(lookUp(groups, LoggingConfig.LogGroup.Ref).RetentionInDays).toBe(90);
  }
});
