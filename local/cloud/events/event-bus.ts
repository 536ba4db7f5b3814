import { randomUUID } from 'node:crypto';
import type { MovableClock } from '../../clock.ts';
import { account } from '../account.ts';
import type { Activity } from '../activity.ts';
import type { DeniedRecord, EventRecord, Part, Trigger } from '../records.ts';
import type { RulePlan, RuleTarget } from '../template/read-rules.ts';
import type { Json, JsonObject } from '../template/template.ts';
import { matchesPattern } from './event-pattern.ts';

/** What is put on the default event bus; the bus adds id, time, account and region. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

export interface EventBus {
  /**
   * Gives the event to every rule that it matches; targets get it later, in turns of their own.
   *
   * @returns the event's id.
   */
  publish(event: BusEvent): string;
  /** From now on the schedules fire. */
  startSchedules(): void;
  /** When the next schedule fires; epoch milliseconds. */
  nextSchedule(): number | undefined;
  /** When a rule's own schedule fires next; epoch milliseconds. */
  nextRun(rule: RulePlan): number | undefined;
  stop(): void;
}

export interface BusParts {
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly stopped: ReadonlySet<Part>;
  send(queue: string, body: string, attributes?: Record<string, string>): Promise<unknown>;
  invoke(functionLogicalId: string, event: Json, trigger: Trigger): Promise<unknown>;
  tell(record: EventRecord): void;
  /** Whether the policy of a target lets EventBridge do this for a rule. */
  mayDeliver(ruleArn: string, action: string, targetArn: string): boolean;
  /** Told of each delivery that may not be. */
  tellDenied(record: DeniedRecord): void;
}

/**
 * EventBridge's default bus. A schedule that was due several times in one move of the clock
 * fires once for that move: the missed runs collapse.
 */
export function createEventBus(rules: readonly RulePlan[], parts: BusParts): EventBus {
  const due = new Map<RulePlan, { readonly time: number; readonly cancel: () => void }>();
  const enabled = rules.filter((rule) => rule.enabled);

  const arm = (rule: RulePlan): void => {
    const time = rule.schedule?.next(parts.clock.now());
    if (time === undefined) return;
    const cancel = parts.clock.at(time, () => {
      arm(rule);
      const event = envelope(parts.clock.now(), {
        source: 'aws.events',
        detailType: 'Scheduled Event',
        resources: [rule.arn],
        detail: {},
      });
      dispatch(parts, [rule], event, 'schedule');
    });
    due.set(rule, { time, cancel });
  };

  return {
    publish(event) {
      const whole = envelope(parts.clock.now(), event);
      const matching = enabled.filter(
        ({ pattern }) => pattern !== undefined && matchesPattern(pattern, whole),
      );
      dispatch(parts, matching, whole, 'event');
      return whole.id;
    },
    startSchedules() {
      for (const rule of enabled) arm(rule);
    },
    nextSchedule() {
      const times = [...due.values()].map(({ time }) => time);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    nextRun: (rule) => due.get(rule)?.time,
    stop() {
      for (const { cancel } of due.values()) cancel();
      due.clear();
    },
  };
}

type Envelope = ReturnType<typeof envelope>;

function envelope(now: number, event: BusEvent) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': event.detailType,
    source: event.source,
    account: account.id,
    // EventBridge's times have whole seconds.
    time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: account.region,
    resources: event.resources,
    detail: event.detail,
  };
}

function dispatch(
  parts: BusParts,
  rules: readonly RulePlan[],
  event: Envelope,
  kind: 'schedule' | 'event',
): void {
  parts.tell({
    id: event.id,
    source: event.source,
    detailType: event['detail-type'],
    rules: rules.map(({ name }) => name),
    at: parts.clock.now(),
  });
  for (const rule of rules) {
    for (const target of rule.targets) {
      const ended = parts.activity.begin();
      void deliver(parts, rule, target, event, kind).finally(ended);
    }
  }
}

function mayDeliver(parts: BusParts, rule: RulePlan, action: string, resource: string): boolean {
  if (parts.mayDeliver(rule.arn, action, resource)) return true;
  const service = 'events.amazonaws.com';
  parts.tellDenied({ service, sourceArn: rule.arn, action, resource, at: parts.clock.now() });
  return false;
}

/**
 * What a target's policy does not allow is not tried again: it goes to the target's dead-letter
 * queue, or is lost (EventBridge: "Using dead-letter queues to process undelivered events").
 */
async function giveUp(
  parts: BusParts,
  rule: RulePlan,
  { arn, deadLetters }: RuleTarget,
  text: string,
): Promise<void> {
  if (deadLetters === undefined || parts.stopped.has('queue')) return;
  if (!mayDeliver(parts, rule, 'sqs:SendMessage', deadLetters.arn)) return;
  await parts.send(deadLetters.name, text, {
    RULE_ARN: rule.arn,
    TARGET_ARN: arn,
    ERROR_CODE: 'NO_PERMISSIONS',
    ERROR_MESSAGE: 'The policy of the target does not allow the delivery.',
  });
}

async function deliver(
  parts: BusParts,
  rule: RulePlan,
  target: RuleTarget,
  event: Envelope,
  kind: 'schedule' | 'event',
): Promise<void> {
  const text = target.input ?? JSON.stringify(event);
  const action = target.kind === 'queue' ? 'sqs:SendMessage' : 'lambda:InvokeFunction';
  if (!mayDeliver(parts, rule, action, target.arn)) return giveUp(parts, rule, target, text);
  if (target.kind === 'queue') {
    // EventBridge would try again for a day; a part that was stopped on purpose gets nothing.
    if (!parts.stopped.has('queue')) await parts.send(target.name, text);
    return;
  }
  // The text is JSON: an input that is not is refused by EventBridge itself at deploy.
  const input = JSON.parse(text) as Json;
  await parts.invoke(target.logicalId, input, { kind, rule: rule.name, eventId: event.id });
}
