/**
 * The cloud's numbers as `lib/` deploys them. A test of the project `stack` compares them with the
 * synthesized template.
 */
export const roomNames = ['stripe-webhook', 'retry', 'sweep', 'notify', 'mail-events'] as const;
export type RoomName = (typeof roomNames)[number];

/** A member of staff with a tool on a laptop is a process too, and can lose it. */
export type ProcessKind = RoomName | 'staff';

/** How long a process may run. */
export const timeoutSeconds: Readonly<Record<ProcessKind, number>> = {
  'stripe-webhook': 10,
  retry: 120,
  sweep: 50,
  notify: 30,
  'mail-events': 20,
  staff: 600,
};

export const queueNames = ['retry', 'retryNow', 'notice', 'mailEvents'] as const;
export type QueueName = (typeof queueNames)[number];

export interface QueueLimits {
  readonly room: 'retry' | 'notify' | 'mail-events';
  readonly batchSize: number;
  /** How many invocations run at a time; `null` for as many as there are messages. */
  readonly maxConcurrency: number | null;
  readonly visibilitySeconds: number;
}

export const queueLimits: Readonly<Record<QueueName, QueueLimits>> = {
  retry: { room: 'retry', batchSize: 1, maxConcurrency: 10, visibilitySeconds: 720 },
  retryNow: { room: 'retry', batchSize: 1, maxConcurrency: 5, visibilitySeconds: 720 },
  notice: { room: 'notify', batchSize: 5, maxConcurrency: 5, visibilitySeconds: 180 },
  mailEvents: { room: 'mail-events', batchSize: 10, maxConcurrency: null, visibilitySeconds: 120 },
};

/** After so many receives the next one puts a message into the dead-letter queue. */
export const receivesBeforeDeadLetter = 5;
