import type { FaultRule } from '../api/faults.ts';
import type { StripeState } from '../engine/state.ts';
import { type Html, html } from '../html.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import type { WebhookTroubleRule } from '../webhooks/webhook-troubles.ts';

/** What the last wish came to, and where on the page it belongs. */
export interface News {
  /** The id of an element. */
  readonly place: string;
  readonly text: string;
  readonly isRefusal: boolean;
}

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

/** The news that belongs to this element, if there is any. */
export function newsAt({ news }: View, place: string): Html | undefined {
  if (news?.place !== place) return undefined;
  const kind = news.isRefusal ? 'said bad' : 'said';
  return html`<p class="${kind}" role="status">${news.text}</p>`;
}
