import type { Mailer, Queues, StripeGateway, Table } from '../../../functions/domain/ports.ts';
import type { StripeAccount } from '../../../functions/domain/stripe/stripe-account.ts';
import type { StripeDunning } from '../../../functions/domain/stripe/stripe-dunning.ts';
import type { StripeReconcile } from '../../../functions/domain/stripe/stripe-reconcile.ts';
import type { StripeReminders } from '../../../functions/domain/stripe/stripe-reminders.ts';
import type { StripeTroubles } from '../../../functions/domain/stripe/stripe-troubles.ts';
import type { RoomName } from './limits.ts';

/** What a process reaches of the world outside. */
export interface Ports {
  readonly table: Table;
  readonly queues: Queues;
  readonly stripe: StripeGateway &
    StripeAccount &
    StripeDunning &
    StripeReconcile &
    StripeReminders &
    StripeTroubles;
  readonly mailer: Mailer;
}

/**
 * Puts something between a room and its ports: how a test breaks the system on purpose, to see
 * that the judge finds it.
 */
export type Sabotage = (ports: Ports, room: RoomName) => Ports;
