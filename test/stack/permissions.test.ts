import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { functionsOf, plainId, propertiesOf, reference, roomOf } from './read-template.ts';
import { synthesizeExample } from './synthesize-example.ts';

const template = synthesizeExample();
const functions = functionsOf(template);
const policies = propertiesOf(
  template,
  'AWS::IAM::Policy',
  z.object({
    Roles: z.tuple([reference]),
    PolicyDocument: z.object({
      Statement: z.array(
        z.object({
          Effect: z.literal('Allow'),
          Action: z.union([z.string(), z.array(z.string())]),
          Resource: z.unknown(),
          Condition: z.optional(z.unknown()),
        }),
      ),
    }),
  }),
);

/** `{"Fn::GetAtt": ["DataTable..", "Arn"]}` as `DataTable`, a joined ARN by its readable part. */
function nameResource(value: unknown): string {
  if (value === '*') return '*';
  const text = JSON.stringify(value);
  const join = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });
  const joined = join.safeParse(value);
  if (joined.success) {
    return joined.data['Fn::Join'][1]
      .map((part) => (typeof part === 'string' ? part : nameResource(part)))
      .join('')
      .replace(/^arn:.*?AWS::AccountId:/, '');
  }
  const [, id] = /^\{"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/.exec(text) ?? [];
  if (id === undefined) throw new Error(`A resource that this test cannot name: ${text}`);
  return plainId(id);
}

/** Every permission of a function as "action resource". */
function permissionsOf(room: string): string[] {
  const roles = [...functions].filter(([id]) => roomOf(id) === room).map(([, { Role }]) => Role);
  const roleIds = roles.map((role) => role['Fn::GetAtt'][0]);
  return [...policies.values()]
    .filter(({ Roles }) => roleIds.includes(Roles[0].Ref))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) =>
          [Resource].flat().map((resource) => `${action} ${nameResource(resource)}`),
        ),
    )
    .toSorted();
}

const ownLogsAndTraces = (room: string) => [
  `logs:CreateLogStream ${room}Logs`,
  `logs:PutLogEvents ${room}Logs`,
  'xray:PutTelemetryRecords *',
  'xray:PutTraceSegments *',
];
const consume = (queue: string) =>
  ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(
    (action) => `sqs:${action} ${queue}`,
  );

test.each([
  [
    'StripeWebhook',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'secretsmanager:GetSecretValue SecretsWebhookSecret',
      'sqs:SendMessage RetryDueQueue',
    ],
  ],
  [
    'CustomerApi',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'dynamodb:Query DataTable',
      'secretsmanager:GetSecretValue PortalPageOriginSecret',
      'secretsmanager:GetSecretValue secret:backstop/stripe-api-key-??????',
      'sqs:SendMessage NotifyNoticeQueue',
      'sqs:SendMessage RetryNowQueue',
      'sqs:SendMessage SignInLinksQueue',
    ],
  ],
  [
    'StaffApi',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'dynamodb:Query DataTable',
      'dynamodb:Query DataTable/index/open',
      'secretsmanager:GetSecretValue secret:backstop/stripe-api-key-??????',
      'sqs:SendMessage NotifyNoticeQueue',
      'sqs:SendMessage RetryNowQueue',
    ],
  ],
  [
    'SignIn',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'dynamodb:Query DataTable',
      'ses:SendEmail configuration-set/MailConfigurationSet',
      'ses:SendEmail identity/billing@example.com',
      ...consume('SignInLinksQueue'),
      'sqs:SendMessage SignInLinksQueue',
    ],
  ],
  [
    'Retry',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'dynamodb:Query DataTable',
      'secretsmanager:GetSecretValue secret:backstop/stripe-api-key-??????',
      'sqs:SendMessage NotifyNoticeQueue',
      'sqs:SendMessage RetryDueQueue',
      'sqs:SendMessage RetryNowQueue',
      ...consume('RetryDueQueue'),
      ...consume('RetryNowQueue'),
    ],
  ],
  [
    'Sweep',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'dynamodb:Query DataTable/index/due',
      'sqs:SendMessage RetryDueQueue',
    ],
  ],
  [
    'Reconcile',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'dynamodb:Query DataTable/index/open',
      'secretsmanager:GetSecretValue secret:backstop/stripe-api-key-??????',
      'sqs:SendMessage RetryDueQueue',
    ],
  ],
  [
    'Remind',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'dynamodb:Query DataTable/index/remind',
      'secretsmanager:GetSecretValue secret:backstop/stripe-api-key-??????',
      'sqs:SendMessage NotifyNoticeQueue',
    ],
  ],
  [
    'Notify',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'dynamodb:Query DataTable',
      'ses:SendEmail configuration-set/MailConfigurationSet',
      'ses:SendEmail identity/billing@example.com',
      ...consume('NotifyNoticeQueue'),
      'sqs:SendMessage NotifyNoticeQueue',
    ],
  ],
  [
    'MailEvents',
    [
      'dynamodb:GetItem DataTable',
      'dynamodb:PutItem DataTable',
      'dynamodb:Query DataTable',
      ...consume('MailEventsQueue'),
      'sqs:SendMessage NotifyNoticeQueue',
    ],
  ],
])('%s may do exactly what it needs', (room, permissions) => {
  expect(permissionsOf(room)).toEqual([...permissions, ...ownLogsAndTraces(room)].toSorted());
});

test('each function has a role of its own, without managed or inline policies beside', () => {
  expect(functions.size).toBe(10);
  expect(new Set([...functions.values()].map(({ Role }) => Role['Fn::GetAtt'][0])).size).toBe(10);
  // The eleventh belongs to what copies the page during a deploy.
  expect(policies.size).toBe(11);
  template.allResourcesProperties('AWS::IAM::Role', {
    ManagedPolicyArns: Match.absent(),
    Policies: Match.absent(),
  });
});

test("what copies the page's files reads assets and writes that bucket, and no other", () => {
  const [copier] = propertiesOf(
    template,
    'AWS::IAM::Policy',
    z.object({
      PolicyName: z.string(),
      PolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
    }),
  )
    .values()
    .filter(({ PolicyName }) => PolicyName.startsWith('PortalPageCopierRole'));
  const statements = (copier?.PolicyDocument.Statement ?? []).map((each) => JSON.stringify(each));
  const writing = statements.filter((each) => /s3:(Put|Delete)/.test(each));
  expect(writing).toHaveLength(1);
  expect(writing[0]).toMatch(/"Resource":\[\{"Fn::GetAtt":\["PortalPageFiles\w+","Arn"\]\}/);
  expect(writing[0]).not.toContain('cdk-hnb659fds-assets');
  expect(statements.join()).not.toContain('"Resource":"*"');
});

test('mail is sent from the one sender only', () => {
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'ses:SendEmail',
          Condition: { StringEquals: { 'ses:FromAddress': 'billing@example.com' } },
        }),
      ]),
    },
  });
});

describe('what a person attaches', () => {
  const invoke = (effect: string, ...paths: string[]) => ({
    Effect: effect,
    Action: 'execute-api:Invoke',
    Resource: single(
      paths.map((path) => ({
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':execute-api:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            ':',
            { Ref: Match.stringLikeRegexp('^StaffApi[0-9A-F]{8}$') },
            `/$default/${path}`,
          ],
        ],
      })),
    ),
  });
  /** CDK writes a list of one without the list. */
  const single = (values: readonly unknown[]) => (values.length === 1 ? values[0] : values);

  test.each([
    ['BackstopStaff', [invoke('Allow', '*')]],
    [
      'BackstopBackend',
      [
        invoke('Allow', 'GET/staff/customers/*', 'POST/staff/customers/*/portal-sessions'),
        invoke(
          'Deny',
          'GET/staff/customers/*/audit',
          'GET/staff/customers/*/cases/*',
          'GET/staff/customers/*/payments',
        ),
      ],
    ],
  ])('%s is attached to nobody by the stack, and lets in to the staff API alone', (name, is) => {
    const [found] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(
      ([id]) => plainId(id) === name,
    );
    const [id = ''] = found ?? [];
    template.templateMatches({
      Resources: {
        [id]: {
          Properties: {
            Groups: Match.absent(),
            Roles: Match.absent(),
            Users: Match.absent(),
            PolicyDocument: { Statement: is },
          },
        },
      },
    });
  });

  test('they are outputs, beside the address that they let in to', () => {
    template.hasOutput('StaffPolicyArn', {
      Value: { Ref: Match.stringLikeRegexp('^BackstopStaff') },
    });
    template.hasOutput('BackendPolicyArn', {
      Value: { Ref: Match.stringLikeRegexp('^BackstopBackend') },
    });
    const endpoint = (api: string) => ({
      'Fn::GetAtt': [Match.stringLikeRegexp(`^${api}[0-9A-F]{8}$`), 'ApiEndpoint'],
    });
    template.hasOutput('StaffApiUrl', { Value: endpoint('StaffApi') });
    template.hasOutput('PortalUrl', {
      Value: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith(['https://'])] }),
    });
  });
});
