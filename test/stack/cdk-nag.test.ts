import { Topic } from 'aws-cdk-lib/aws-sns';
import { type App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { BackstopStack } from '../../lib/backstop-stack.ts';
import { exampleConfiguration, findViolations } from './synthesize-example.ts';

const packs = (app: App) => [new AwsSolutionsChecks(app), new ServerlessChecks(app)];

test("the stack passes the packs AwsSolutions and Serverless, and CloudFormation's schemas", () => {
  const violations = findViolations((app) => {
    new BackstopStack(app, 'Backstop', { configuration: exampleConfiguration() });
  }, packs);
  expect(violations).toEqual([]);
});

test('the packs and the schemas do find what is wrong, so the test above can fail', () => {
  const violations = findViolations((app) => {
    const stack = new Stack(app, 'Careless');
    new Topic(stack, 'Topic');
    new CfnResource(stack, 'Misspelt', {
      type: 'AWS::SQS::Queue',
      properties: { VisibilityTimeOut: 30 },
    });
  }, packs);
  expect(violations.flatMap(({ paths }) => paths)).toEqual(
    expect.arrayContaining(['Careless/Topic/Resource', 'Careless/Misspelt']),
  );
  expect(violations.map(({ rule }) => rule)).toContain('AwsSolutions-SNS3');
});
