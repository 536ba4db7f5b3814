import { describe, expect, it } from 'vitest';
import { planCloud } from '../../../../local/cloud/template/plan.ts';
import { Stack } from '../../../../local/cloud/template/stack.ts';
import type { Template } from '../../../../local/cloud/template/template.ts';
import { type FixtureTemplate, fixtureTemplate, stackName } from '../fixtures/template.ts';

function plan(change: (template: FixtureTemplate) => void = () => {}) {
  const template = fixtureTemplate();
  change(template);
  // The fixture is written as JSON for the other tests; here it is read the same way.
  const read = JSON.parse(JSON.stringify(template)) as Template;
  return planCloud(new Stack(read, stackName), new Map([['code.zip', '/assets/code']]));
}

const statementsOf = ({ Resources }: FixtureTemplate, ...statements: unknown[]) => {
  Resources.RolePolicy.Properties.PolicyDocument.Statement = statements;
};
const allow = (Action: string | string[], Resource: unknown = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

describe('a role', () => {
  it('has the statements of its inline policies and of those attached to it', () => {
    const { functions } = plan(({ Resources }) => {
      Object.assign(Resources.Role.Properties, {
        Policies: [
          {
            PolicyName: 'inline',
            PolicyDocument: { Version: '2012-10-17', Statement: allow('sqs:*') },
          },
        ],
      });
    });
    expect(functions[0]?.role).toMatchObject({
      logicalId: 'Role',
      arn: 'arn:aws:iam::000000000000:role/Fixture-Role',
      statements: [
        { policy: 'Role.inline', index: 0 },
        { policy: 'RolePolicy', index: 0 },
      ],
    });
  });

  it.each<[string, (template: FixtureTemplate) => void]>([
    [
      'Role (AWS::IAM::Role): the local cloud cannot run its property "ManagedPolicyArns"',
      ({ Resources }) =>
        Object.assign(Resources.Role.Properties, {
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        }),
    ],
    [
      'Role (AWS::IAM::Role): the local cloud cannot run its property "PermissionsBoundary"',
      ({ Resources }) => Object.assign(Resources.Role.Properties, { PermissionsBoundary: 'x' }),
    ],
    [
      'RolePolicy, statement 0: the local cloud cannot judge by "NotAction"',
      (template) => statementsOf(template, { ...allow('*'), NotAction: 'x' }),
    ],
    [
      'RolePolicy, statement 0 uses the condition key "aws:SourceIp"',
      (template) =>
        statementsOf(template, {
          ...allow('*'),
          Condition: { StringEquals: { 'aws:SourceIp': '127.0.0.1' } },
        }),
    ],
    [
      'RolePolicy is attached to "Other", which is no role of the template',
      ({ Resources }) => Object.assign(Resources.RolePolicy.Properties, { Roles: ['Other'] }),
    ],
    [
      'cannot have the role Role: its AssumeRolePolicyDocument does not let lambda.amazonaws.com in',
      ({ Resources }) => Object.assign(Resources.Role.Properties, { AssumeRolePolicyDocument: {} }),
    ],
    [
      'Script has the role "arn:aws:iam::1:role/other", which is none of the template\'s',
      ({ Resources }) =>
        Object.assign(Resources.Script.Properties, { Role: 'arn:aws:iam::1:role/other' }),
    ],
    [
      'MailEventsPolicy is about "other", which is no queue of the template',
      ({ Resources }) =>
        Object.assign(Resources.MailEventsPolicy.Properties, { Queues: ['other'] }),
    ],
    [
      'ApiMayCall (AWS::Lambda::Permission): the local cloud cannot run its property "EventSourceToken"',
      ({ Resources }) => Object.assign(Resources.ApiMayCall.Properties, { EventSourceToken: 'x' }),
    ],
  ])('is refused at the start: %s', (sentence, change) => {
    expect(() => plan(change)).toThrow(sentence);
  });
});

describe('what Lambda needs of a role', () => {
  const queue = 'arn:aws:sqs:us-east-1:000000000000';
  const logs = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/Fixture-Worker:*';
  const needed: readonly [action: string, resource: string][] = [
    ['sqs:ReceiveMessage', `${queue}:work`],
    ['sqs:DeleteMessage', `${queue}:work`],
    ['sqs:GetQueueAttributes', `${queue}:work`],
    ['sqs:SendMessage', `${queue}:failed`],
    ['sqs:SendMessage', `${queue}:dead`],
    ['logs:CreateLogStream', logs],
    ['logs:PutLogEvents', logs],
    ['xray:PutTraceSegments', '*'],
    ['xray:PutTelemetryRecords', '*'],
  ];

  /** The fixture with its worker alone, under a role that has these rights and no others. */
  const planWith = (rights: readonly (readonly [string, string])[]) =>
    plan((template) => {
      const { Resources } = template;
      const { Role, RolePolicy, Worker, WorkSource, Work0123ABCD, WorkDead } = Resources;
      Object.assign(template, {
        Resources: {
          ...{ Role, RolePolicy, Worker, WorkSource, Work0123ABCD, WorkDead },
          Table: Resources.Table,
          Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
          Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
          Asynchronous: {
            Type: 'AWS::Lambda::EventInvokeConfig',
            Properties: {
              FunctionName: { Ref: 'Worker' },
              Qualifier: '$LATEST',
              DestinationConfig: { OnFailure: { Destination: arn('Failed') } },
            },
          },
        },
      });
      Object.assign(Worker.Properties, {
        TracingConfig: { Mode: 'Active' },
        DeadLetterConfig: { TargetArn: arn('Dead') },
      });
      statementsOf(template, ...rights.map(([action, resource]) => allow(action, resource)));
    });

  it('is enough', () => {
    expect(planWith(needed).functions).toHaveLength(1);
  });

  it.each(needed)('is missed at the start: %s on %s', (action, resource) => {
    const rest = needed.filter((one) => one[0] !== action || one[1] !== resource);
    expect(() => planWith(rest)).toThrow(
      `The role Role of Worker does not allow ${action} on ${resource}, which Lambda needs`,
    );
  });
});
