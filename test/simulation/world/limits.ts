/**
 * The cloud's numbers as `lib/` deploys them. A test of the project `stack` compares them with the
 * synthesized template.
 */
export const roomNames = [
  'stripe-webhook',
  'retry',
  'sweep',
  'reconcile',
  'remind',
  'notify',
  'mail-events',
  'customer-api',
  'staff-api',
  'sign-in',
] as const;
export type RoomName = (typeof roomNames)[number];

/** How long a process may run. */
export const timeoutSeconds: Readonly<Record<RoomName, number>> = {
  'stripe-webhook': 10,
  retry: 120,
  sweep: 50,
  reconcile: 600,
  remind: 600,
  notify: 30,
  'mail-events': 20,
  'customer-api': 29,
  'staff-api': 29,
  'sign-in': 30,
};

export const queueNames = ['retry', 'retryNow', 'notice', 'mailEvents', 'signIn'] as const;
export type QueueName = (typeof queueNames)[number];

export interface QueueLimits {
  readonly room: 'retry' | 'notify' | 'mail-events' | 'sign-in';
  readonly batchSize: number;
  /** How many invocations run at a time; `null` for as many as there are messages. */
  readonly maxConcurrency: number | null;
  readonly visibilitySeconds: number;
}

export const queueLimits: Readonly<Record<QueueName, QueueLimits>> = {
  retry: { room: 'retry', batchSize: 1, maxConcurrency: 10, visibilitySeconds: 720 },
  retryNow: { room: 'retry', batchSize: 1, maxConcurrency: 5, visibilitySeconds: 720 },
  notice: { room: 'notify', batchSize: 5, maxConcurrency: 2, visibilitySeconds: 180 },
  mailEvents: { room: 'mail-events', batchSize: 10, maxConcurrency: null, visibilitySeconds: 120 },
  signIn: { room: 'sign-in', batchSize: 5, maxConcurrency: 5, visibilitySeconds: 180 },
};

/** After so many receives the next one puts a message into the dead-letter queue. */
export const receivesBeforeDeadLetter = 5;
