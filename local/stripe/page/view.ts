import type { News } from '../../pages/news.ts';
import type { FaultRule } from '../api/faults.ts';
import type { StripeState } from '../engine/state.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import type { WebhookTroubleRule } from '../webhooks/webhook-troubles.ts';

/** Everything that the control page shows. */
export interface View {
  readonly state: StripeState;
  readonly deliveries: readonly Delivery[];
  /** Epoch milliseconds, UTC. */
  readonly now: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  /** When something is next due, epoch milliseconds; undefined for never. */
  readonly nextDue: number | undefined;
  readonly isHolding: boolean;
  readonly faults: readonly FaultRule[];
  /** How many requests are held or late. */
  readonly unanswered: number;
  readonly troubles: readonly WebhookTroubleRule[];
  readonly news: News | undefined;
}
