// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of CloudFormation.

import { describe, expect, it } from 'vitest';
import { planCloud } from '../../../local/cloud/template/plan.ts';
import { Stack } from '../../../local/cloud/template/stack.ts';
import type { Template } from '../../../local/cloud/template/template.ts';
import { type FixtureTemplate, fixtureTemplate, stackName } from './fixtures/template.ts';

const assets = new Map([['code.zip', '/assets/code']]);

function plan(change: (template: FixtureTemplate) => void = () => {}) {
  const template = fixtureTemplate();
  change(template);
  // The fixture is written as JSON for the other tests; here it is read the same way.
  const read = JSON.parse(JSON.stringify(template)) as Template;
  return planCloud(new Stack(read, stackName), assets);
}

/** The environment of a function with one variable of this value. */
function environmentValue(value: unknown): string | undefined {
  const { functions } = plan((template) => {
    Object.assign(template.Resources.Script.Properties, {
      Environment: { Variables: { VALUE: value } },
    });
  });
  const script = functions.find(({ logicalId }) => logicalId === 'Script');
  return script?.environmentAt({
    queueUrlBase: 'http://127.0.0.1:1',
    apiUrl: (logicalId) => `http://127.0.0.1:2 of ${logicalId}`,
  }).VALUE;
}

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Table' }, 'Fixture-Table'],
    [{ Ref: 'Work0123ABCD' }, 'http://127.0.0.1:1/000000000000/work'],
    [{ Ref: 'AWS::AccountId' }, '000000000000'],
    [{ Ref: 'AWS::StackName' }, 'Fixture'],
    [{ Ref: 'BootstrapVersion' }, '/cdk-bootstrap/hnb659fds/version'],
    [{ 'Fn::GetAtt': ['Work0123ABCD', 'QueueName'] }, 'work'],
    [{ 'Fn::GetAtt': 'Work0123ABCD.Arn' }, 'arn:aws:sqs:us-east-1:000000000000:work'],
    [{ 'Fn::Join': ['/', ['a', { Ref: 'AWS::Region' }]] }, 'a/us-east-1'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::Sub': '${Table}-${!kept}-${Work0123ABCD.QueueName}' }, 'Fixture-Table-${kept}-work'],
    [{ 'Fn::Sub': ['${x}${AWS::Partition}', { x: { Ref: 'Table' } }] }, 'Fixture-Tableaws'],
    [{ 'Fn::If': ['InVirginia', 'here', 'there'] }, 'here'],
    [{ 'Fn::If': ['Elsewhere', 'here', { Ref: 'AWS::NoValue' }] }, undefined],
    [{ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, 'http://127.0.0.1:2 of Api'],
    [{ Ref: 'Secret' }, 'arn:aws:secretsmanager:us-east-1:000000000000:secret:fixture/key-LOCAL1'],
  ])('%j is %j', (value, expected) => {
    expect(environmentValue(value)).toBe(expected);
  });

  it('decide which resources there are', () => {
    expect(plan().functions.map(({ logicalId }) => logicalId)).not.toContain('OnlyElsewhere');
  });
});

describe('what the local cloud does not know fails at the start, with its name', () => {
  it.each<[string, (template: FixtureTemplate) => void]>([
    [
      'Stream has the resource type "AWS::Kinesis::Stream"',
      (template) => Object.assign(template.Resources, { Stream: { Type: 'AWS::Kinesis::Stream' } }),
    ],
    [
      'Role uses the intrinsic function "Fn::ImportValue"',
      (template) =>
        Object.assign(template.Resources.Role.Properties, { RoleName: { 'Fn::ImportValue': 'x' } }),
    ],
    [
      'Table uses the condition "Nowhere"',
      (template) => Object.assign(template.Resources.Table, { Condition: 'Nowhere' }),
    ],
    [
      'Condition Elsewhere uses "Fn::Contains"',
      (template) => {
        template.Conditions.Elsewhere = { 'Fn::Contains': [['a'], 'a'] };
      },
    ],
    [
      'Script refers to "Nothing"',
      (template) => {
        Object.assign(template.Resources.Script.Properties, { Role: { Ref: 'Nothing' } });
      },
    ],
    [
      'Script uses the attribute "Url" of Table (AWS::DynamoDB::GlobalTable)',
      (template) => {
        Object.assign(template.Resources.Script.Properties, {
          Role: { 'Fn::GetAtt': ['Table', 'Url'] },
        });
      },
    ],
    [
      'Secret uses the dynamic reference "{{resolve:ssm:x}}"',
      (template) => {
        Object.assign(template.Resources.Secret.Properties, { SecretString: '{{resolve:ssm:x}}' });
      },
    ],
    [
      'WorkSource (AWS::Lambda::EventSourceMapping): the local cloud cannot run its property "FilterCriteria"',
      (template) => {
        template.Resources.WorkSource.Properties.FilterCriteria = {};
      },
    ],
    [
      'Work0123ABCD (AWS::SQS::Queue): the local cloud cannot run its property "FifoQueue"',
      (template) => Object.assign(template.Resources.Work0123ABCD.Properties, { FifoQueue: true }),
    ],
    [
      'Script has the code "other.zip", which no asset holds',
      (template) => {
        template.Resources.Script.Properties.Code.S3Key = 'other.zip';
      },
    ],
    [
      'Minutely has the schedule "cron(0 12 L * ? *)"',
      (template) => {
        template.Resources.Minutely.Properties.ScheduleExpression = 'cron(0 12 L * ? *)';
      },
    ],
    [
      'MailRule: "source" in its event pattern uses {"cidr":"10.0.0.0/24"}',
      (template) => {
        Object.assign(template.Resources.MailRule.Properties.EventPattern, {
          source: [{ cidr: '10.0.0.0/24' }],
        });
      },
    ],
  ])('%s', (sentence, change) => {
    expect(() => plan(change)).toThrow(sentence);
  });
});
