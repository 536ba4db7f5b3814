import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { makeSecondEvent } from '../../../local/stripe/engine/local-operations/events.ts';
import type { EventRecord } from '../../../local/stripe/engine/records.ts';
import { listensTo } from '../../../local/stripe/engine/transaction.ts';
import { redeliverySeconds, signatureOf } from '../../../local/stripe/webhooks/delivery.ts';
import { webhookRequest } from '../../twins/webhook-request.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { Invoke } from './environments.ts';
import type { Faults } from './faults.ts';
import type { Rooms } from './rooms.ts';
import type { SimulatedStripe } from './simulated-stripe.ts';

interface Parts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly faults: Faults;
  readonly stripe: SimulatedStripe;
  readonly rooms: Rooms;
  readonly invoke: Invoke;
  readonly chronicle: Chronicle;
  readonly signingSecret: string;
}

const hour = 3_600_000;
/** Stripe delivers within seconds as a rule, and for up to three days. */
const deliversWithinMs = 3_000;
const deliversLateWithinMs = 72 * hour;
/** Stripe waits about so long for an answer, and then counts the delivery as failed. */
const answerWithinMs = 10_000;

/** Stripe's webhook deliveries: at least once, in any order, again with growing gaps. */
export function startDeliveries(parts: Parts): void {
  const { agenda, random, faults, stripe } = parts;
  let isMakingSecond = false;

  const send = (event: EventRecord): void => {
    const within = faults.strikes('event_late') ? deliversLateWithinMs : deliversWithinMs;
    agenda.after(random.below(within), () => deliver(parts, event, 0));
  };

  stripe.onEvents((events) => {
    for (const event of events) {
      if (!isListenedTo(stripe, event)) continue;
      if (faults.strikes('event_dropped')) {
        parts.chronicle.note('Stripe', `never delivers ${event.type} of ${idOf(event)}`);
        continue;
      }
      send(event);
      if (faults.strikes('event_twice')) send(event);
      if (isMakingSecond || !faults.strikes('event_second_object')) continue;
      isMakingSecond = true;
      stripe.change(`Stripe tells ${event.type} by a second event`, (state) =>
        makeSecondEvent(state, event.id),
      );
      isMakingSecond = false;
    }
  });
}

const isListenedTo = ({ tables }: SimulatedStripe, { type }: EventRecord): boolean =>
  tables.webhook_endpoints.some((endpoint) => listensTo(endpoint, type));

function deliver(parts: Parts, event: EventRecord, tries: number): void {
  const { agenda, chronicle, invoke, rooms, stripe } = parts;
  let isSettled = false;
  const settle = (isTaken: boolean) => {
    if (isSettled) return;
    isSettled = true;
    const seconds = redeliverySeconds[tries];
    if (isTaken || seconds === undefined) return;
    agenda.after(seconds * 1000, () => deliver(parts, event, tries + 1));
  };
  chronicle.note('Stripe', `delivers ${event.type} of ${idOf(event)}`);
  agenda.after(answerWithinMs, () => settle(false));
  invoke(
    'stripe-webhook',
    (environment) => rooms.webhook(environment, requestOf(parts, event)),
    (end) => {
      const isTaken = end.kind === 'done' && end.value === 200;
      if (isTaken) stripe.noteDelivered(event.id);
      settle(isTaken);
    },
  );
}

const idOf = ({ data }: EventRecord): string => ('id' in data.object ? String(data.object.id) : '');

/** API Gateway's request with the event, signed as Stripe signs it. */
function requestOf({ agenda, signingSecret }: Parts, event: EventRecord): APIGatewayProxyEventV2 {
  const body = JSON.stringify(event);
  const signature = signatureOf(body, signingSecret, agenda.now);
  return webhookRequest(body, { headers: { 'stripe-signature': signature } });
}
