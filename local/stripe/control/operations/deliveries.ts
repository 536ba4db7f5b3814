import * as z from 'zod/mini';
import { type WebhookTrouble, webhookTroubleKinds } from '../../webhooks/webhook-troubles.ts';
import { howOftenFields, howOftenOf, type Operation, order, read } from './operation.ts';

const releaseBody = z.strictObject({
  events: z.optional(z.array(z.string())),
  shuffled_by: z.optional(z.string()),
});
const delayBody = z.strictObject({ seconds: z.number().check(z.positive()) });
const troubleBody = z.strictObject({
  type: z.string().check(z.minLength(1)),
  kind: z.enum(webhookTroubleKinds),
  seconds: z.optional(z.number()),
  ...howOftenFields,
});

/** Events on their way to the webhook endpoints, and what goes wrong with them. */
export const deliveryOperations: readonly Operation[] = [
  { method: 'GET', path: 'deliveries', run: ({ control }) => control.deliveries.list() },
  order('POST', 'deliveries/hold', (control) => {
    control.deliveries.hold();
  }),
  order('POST', 'deliveries/release', async (control, _id, body) => {
    const { events, shuffled_by: shuffledBy } = read(releaseBody, body);
    await control.deliveries.release(shuffledBy === undefined ? (events ?? 'all') : { shuffledBy });
  }),
  order('POST', 'events/*/deliver', async (control, id) => {
    await control.deliveries.deliverAgain(id);
  }),
  order('POST', 'events/*/second', (control, id) => {
    control.deliveries.makeSecond(id);
  }),
  order('POST', 'events/*/delay', (control, id, body) => {
    control.deliveries.delay(id, read(delayBody, body).seconds);
  }),
  order('POST', 'events/*/drop', (control, id) => {
    control.deliveries.drop(id);
  }),
  {
    method: 'GET',
    path: 'webhook-troubles',
    run: ({ control }) => control.deliveries.troubles.list(),
  },
  order('POST', 'webhook-troubles', (control, _id, body) => {
    const wish = read(troubleBody, body);
    control.deliveries.troubles.add({ ...troubleOf(wish), ...howOftenOf(wish) });
  }),
  order('DELETE', 'webhook-troubles', (control) => {
    control.deliveries.troubles.clear();
  }),
];

/** @throws RangeError when a delay says no time, or something else says one. */
export function troubleOf(wish: {
  readonly type: string;
  readonly kind: WebhookTrouble['kind'];
  readonly seconds?: number | undefined;
}): WebhookTrouble {
  const { type, kind, seconds } = wish;
  if (kind === 'delayed') return { type, kind, seconds: seconds ?? 0 };
  if (seconds !== undefined) throw new RangeError('Seconds are for the kind "delayed" alone.');
  return { type, kind };
}
