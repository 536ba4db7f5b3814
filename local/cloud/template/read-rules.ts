import * as z from 'zod';
import { arnOf } from '../account.ts';
import { type EventPattern, parseEventPattern } from '../events/event-pattern.ts';
import { parseSchedule, type Schedule } from '../events/schedule.ts';
import type { FunctionPlan } from './read-functions.ts';
import type { QueuePlan } from './read-queues.ts';
import type { Stack } from './stack.ts';
import { type Json, TemplateError } from './template.ts';

const ignored = z.optional(z.unknown());
const json: z.ZodType<Json> = z.json();

const ruleSchema = z.strictObject({
  Name: z.optional(z.string()),
  Description: ignored,
  EventBusName: z.optional(z.literal('default')),
  EventPattern: z.optional(json),
  ScheduleExpression: z.optional(z.string()),
  State: z._default(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
  Tags: ignored,
  Targets: z._default(
    z.array(
      z.strictObject({
        Arn: z.string(),
        Id: z.string(),
        Input: z.optional(z.string()),
        DeadLetterConfig: z.optional(z.strictObject({ Arn: z.string() })),
        // A delivery to a part that runs on this laptop does not fail by chance.
        RetryPolicy: ignored,
      }),
    ),
    [],
  ),
});

export type RuleTarget = {
  readonly arn: string;
  readonly input?: string;
  /** The queue for what the target does not let EventBridge deliver. */
  readonly deadLetters?: Pick<QueuePlan, 'name' | 'arn'>;
} & (
  | { readonly kind: 'queue'; readonly name: string }
  | { readonly kind: 'function'; readonly logicalId: string }
);

export interface RulePlan {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly schedule?: Schedule;
  readonly pattern?: EventPattern;
  readonly targets: readonly RuleTarget[];
}

export function readRules(
  stack: Stack,
  parts: { queues: readonly QueuePlan[]; functions: readonly FunctionPlan[] },
): readonly RulePlan[] {
  return stack.ofType('AWS::Events::Rule').map((resource) => {
    const { logicalId } = resource;
    const rule = stack.read(resource, ruleSchema);
    const name = stack.nameOf(logicalId, 'Name');
    return {
      logicalId,
      name,
      arn: arnOf('events', `rule/${name}`),
      enabled: rule.State === 'ENABLED',
      ...(rule.ScheduleExpression !== undefined && {
        schedule: parseSchedule(rule.ScheduleExpression, logicalId),
      }),
      ...(rule.EventPattern !== undefined && {
        pattern: parseEventPattern(rule.EventPattern, logicalId),
      }),
      targets: rule.Targets.map(({ Arn, Input, DeadLetterConfig }) => ({
        ...(Input !== undefined && { input: Input }),
        ...(DeadLetterConfig && {
          deadLetters: findDeadLetters(DeadLetterConfig.Arn, parts.queues, logicalId),
        }),
        ...findTarget(Arn, parts, logicalId),
      })),
    };
  });
}

function findDeadLetters(arn: string, queues: readonly QueuePlan[], at: string): QueuePlan {
  const queue = queues.find((plan) => plan.arn === arn);
  if (queue !== undefined) return queue;
  throw new TemplateError(
    `${at} has the dead-letter queue "${arn}", which is no queue of the template.`,
  );
}

function findTarget(
  arn: string,
  { queues, functions }: { queues: readonly QueuePlan[]; functions: readonly FunctionPlan[] },
  at: string,
): RuleTarget {
  const queue = queues.find((plan) => plan.arn === arn);
  if (queue !== undefined) return { kind: 'queue', arn, name: queue.name };
  const target = functions.find((plan) => plan.arn === arn);
  if (target !== undefined) return { kind: 'function', arn, logicalId: target.logicalId };
  throw new TemplateError(
    `${at} has the target "${arn}", which is no queue or function of the template.`,
  );
}
