import { arnOf } from '../account.ts';
import type { EventSourcePlan, FunctionPlan } from '../template/read-functions.ts';
import { TemplateError } from '../template/template.ts';
import type { Authority } from './authority.ts';
import { overTls } from './condition.ts';
import type { Need } from './decide.ts';
import { functionPrincipal } from './principal.ts';

/**
 * What Lambda does itself under a function's role: the function never asks for it, and the role
 * must allow it all the same.
 *
 * - A queue is polled with these three (Lambda: "Creating and configuring an Amazon SQS event
 *   source mapping"; the managed policy AWSLambdaSQSQueueExecutionRole). Partial batch responses
 *   need no fourth: what has failed is left alone until its visibility time-out.
 * - Logs and traces are written; without the right to, AWS would run the function unseen.
 * - What failed for good is sent on.
 */
export function whatLambdaNeeds(
  plan: FunctionPlan,
  eventSources: readonly EventSourcePlan[],
): readonly Need[] {
  const needs = (resource: string, actions: readonly string[]) =>
    actions.map((action): Need => ({ action, resource, context: overTls }));
  const queues = eventSources.filter(
    ({ functionLogicalId }) => functionLogicalId === plan.logicalId,
  );
  const { deadLetterQueue, onFailureQueue } = plan.asynchronous;
  const destinations = [deadLetterQueue, onFailureQueue].filter((name) => name !== undefined);
  return [
    ...queues.flatMap(({ queue }) =>
      needs(queue.arn, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']),
    ),
    ...needs(arnOf('logs', `log-group:${plan.logGroup}:*`), [
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]),
    ...(plan.isTraced ? needs('*', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']) : []),
    ...destinations.flatMap((name) => needs(arnOf('sqs', name), ['sqs:SendMessage'])),
  ];
}

/** @throws TemplateError for the first right that Lambda needs and a role does not give. */
export function checkWhatLambdaNeeds(
  functions: readonly FunctionPlan[],
  eventSources: readonly EventSourcePlan[],
  authority: Authority,
): void {
  for (const plan of functions) {
    const principal = functionPrincipal(plan.role, plan.name);
    const permission = authority.judge(principal, whatLambdaNeeds(plan, eventSources));
    if (permission.kind === 'allowed') continue;
    const { action, resource } = permission;
    throw new TemplateError(
      `The role ${plan.role.logicalId} of ${plan.logicalId} does not allow ${action} on ${resource}, which Lambda needs to run that function.`,
    );
  }
}
