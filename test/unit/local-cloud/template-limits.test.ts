import { describe, expect, it } from 'vitest';
import { planCloud } from '../../../local/cloud/template/plan.ts';
import { Stack } from '../../../local/cloud/template/stack.ts';
import { type Template, TemplateError } from '../../../local/cloud/template/template.ts';
import { fixtureTemplate, stackName } from './fixtures/template.ts';

const assets = new Map([['code.zip', '/assets/code']]);

/** Reads the fixture with these properties of one resource changed. */
function planWith(logicalId: string, properties: Record<string, unknown>) {
  // The fixture is written as JSON for the other tests; here it is read the same way.
  const template = JSON.parse(JSON.stringify(fixtureTemplate())) as Template;
  Object.assign(template.Resources[logicalId]?.Properties ?? {}, properties);
  return planCloud(new Stack(template, stackName), assets);
}

const redrive = (maxReceiveCount: number) => ({
  RedrivePolicy: {
    deadLetterTargetArn: { 'Fn::GetAtt': ['WorkDead', 'Arn'] },
    maxReceiveCount,
  },
});
const environment = (bytes: number) => ({ Environment: { Variables: { V: 'a'.repeat(bytes) } } });

/** Resource, what is changed, the least and the most that AWS takes. */
const ranges: [string, string, number, number][] = [
  ['WorkDead', 'DelaySeconds', 0, 900],
  ['WorkDead', 'MaximumMessageSize', 1024, 1_048_576],
  ['WorkDead', 'MessageRetentionPeriod', 60, 1_209_600],
  ['WorkDead', 'ReceiveMessageWaitTimeSeconds', 0, 20],
  ['WorkDead', 'VisibilityTimeout', 0, 43_200],
  ['Tick', 'Timeout', 1, 900],
  ['Tick', 'MemorySize', 128, 10_240],
  ['WorkSource', 'MaximumBatchingWindowInSeconds', 0, 300],
  ['WorkSource', 'BatchSize', 1, 10_000],
  ['Integration', 'TimeoutInMillis', 50, 30_000],
];

describe('a value of the template outside the limits of AWS fails at the start', () => {
  it.each(ranges)('%s: %s', (logicalId, property, least, most) => {
    // A large batch needs a window, which is a limit of its own.
    const others = property === 'BatchSize' ? { MaximumBatchingWindowInSeconds: 1 } : {};
    const plan = (value: number) => planWith(logicalId, { ...others, [property]: value });
    for (const value of [least, most]) expect(() => plan(value)).not.toThrow();
    for (const value of [least - 1, most + 1, least + 0.5]) {
      expect(() => plan(value)).toThrow(TemplateError);
      expect(() => plan(value)).toThrow(
        `its property "${property}": AWS takes a whole number from ${least} to ${most}.`,
      );
    }
  });

  it.each([
    ['ScalingConfig.MaximumConcurrency', { ScalingConfig: { MaximumConcurrency: 1 } }],
    ['ScalingConfig.MaximumConcurrency', { ScalingConfig: { MaximumConcurrency: 1001 } }],
  ])('WorkSource: %s', (property, properties) => {
    expect(() => planWith('WorkSource', properties)).toThrow(`its property "${property}"`);
  });

  it('Work0123ABCD: the receives before the dead-letter queue', () => {
    for (const count of [1, 1000]) {
      expect(() => planWith('Work0123ABCD', redrive(count))).not.toThrow();
    }
    for (const count of [0, 1001]) {
      expect(() => planWith('Work0123ABCD', redrive(count))).toThrow(
        'its property "RedrivePolicy.maxReceiveCount": AWS takes a whole number from 1 to 1000.',
      );
    }
  });

  it('Tick: a reserved concurrency below nothing', () => {
    expect(() => planWith('Tick', { ReservedConcurrentExecutions: 0 })).not.toThrow();
    expect(() => planWith('Tick', { ReservedConcurrentExecutions: -1 })).toThrow(
      'its property "ReservedConcurrentExecutions"',
    );
  });

  it('WorkSource: a batch of more than ten without a window', () => {
    expect(() => planWith('WorkSource', { BatchSize: 10 })).not.toThrow();
    expect(() => planWith('WorkSource', { BatchSize: 11 })).toThrow(
      'WorkSource has the batch size 11: above 10 Lambda wants a MaximumBatchingWindowInSeconds of at least 1.',
    );
  });

  it('WorkSource: a queue that hides its messages for less than the function may take', () => {
    expect(() => planWith('Worker', { Timeout: 60 })).not.toThrow();
    expect(() => planWith('Worker', { Timeout: 61 })).toThrow(
      'WorkSource reads Work0123ABCD, which hides a message for 60 s: less than the 61 s that Worker may take',
    );
  });

  it.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', '_HANDLER'])(
    'Tick: the environment variable %s, which is Lambda’s own',
    (name) => {
      expect(() => planWith('Tick', { Environment: { Variables: { [name]: 'a' } } })).toThrow(
        `Tick has the environment variable ${name}, which Lambda sets itself and refuses.`,
      );
    },
  );

  it('Tick: more than 4 KB of environment variables', () => {
    expect(() => planWith('Tick', environment(4095))).not.toThrow();
    expect(() => planWith('Tick', environment(4096))).toThrow(
      'Tick has 4097 bytes of environment variables; Lambda takes 4096.',
    );
  });
});
