import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { onTestFinished } from 'vitest';
import { createMovableClock, type MovableClock } from '../../../local/clock.ts';
import {
  type LocalStripe,
  type LocalStripeOptions,
  startLocalStripe,
} from '../../../local/stripe/server.ts';
import { dayMs, hourMs, startAt } from './times.ts';

export { dayMs, hourMs, startAt };

export interface World {
  readonly clock: MovableClock;
  readonly local: LocalStripe;
  readonly stripe: Stripe;
}

/** A fresh local Stripe on a free port with its own clock, and the real SDK in front of it. */
export async function openWorld(
  options: { at?: number } & Omit<LocalStripeOptions, 'clock'> = {},
): Promise<World> {
  const { at, ...others } = options;
  const clock = createMovableClock({ startAt: at ?? startAt });
  const local = await startLocalStripe({ clock, ...others });
  onTestFinished(async () => {
    clock.stop();
    await local.stop();
  });
  return { clock, local, stripe: clientOf(local) };
}

export function clientOf(local: LocalStripe, apiKey = local.apiKey): Stripe {
  return new Stripe(apiKey, {
    host: '127.0.0.1',
    port: local.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

export interface Subscriber {
  readonly customer: string;
  readonly primary: string;
  readonly secondary: string;
  readonly subscription: string;
}

/** A customer with two cards whose subscription was paid for this month. */
export async function subscriber(
  { stripe }: World,
  options: { currency?: string; amount?: number; saves?: 'on_subscription' | 'off' } = {},
): Promise<Subscriber> {
  const { currency = 'usd', amount = 2900, saves = 'off' } = options;
  const customer = await stripe.customers.create({ email: 'ada@example.com', name: 'Ada' });
  const primary = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  const secondary = await stripe.paymentMethods.attach('pm_card_mastercard', {
    customer: customer.id,
  });
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: primary.id },
  });
  const price = await stripe.prices.create({
    currency,
    unit_amount: amount,
    recurring: { interval: 'month' },
    product_data: { name: 'Plan' },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    payment_settings: { save_default_payment_method: saves },
  });
  return {
    customer: customer.id,
    primary: primary.id,
    secondary: secondary.id,
    subscription: subscription.id,
  };
}

/** Moves the clock past the renewal and the hour for which its draft stays open. */
export async function passRenewal(world: World, { subscription }: Subscriber): Promise<string> {
  const before = await world.stripe.subscriptions.retrieve(subscription);
  const end = before.items.data[0]?.current_period_end ?? 0;
  world.clock.advance(end * 1000 - world.clock.now() + hourMs + 1000);
  await world.local.idle();
  return latestInvoice(world, subscription);
}

export async function latestInvoice({ stripe }: World, subscription: string): Promise<string> {
  const { latest_invoice: latest } = await stripe.subscriptions.retrieve(subscription);
  if (typeof latest !== 'string') throw new Error('The subscription has no invoice.');
  return latest;
}

/** A subscription whose renewal failed once; Stripe goes on with its retries. */
export async function pastDue(world: World) {
  const ada = await subscriber(world);
  world.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
  const invoice = await passRenewal(world, ada);
  return { ...ada, invoice };
}

/** What a call was refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('The call was expected to be refused.');
}

export interface Received {
  readonly body: string;
  readonly signature: string;
  readonly event: { readonly id: string; readonly type: string };
}

/** An HTTP endpoint that notes what it gets and answers with the status that `answer` holds. */
export async function webhookReceiver() {
  const received: Received[] = [];
  const answer = { status: 200 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const event: { id: string; type: string } = JSON.parse(body);
      received.push({ body, signature: String(request.headers['stripe-signature']), event });
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A listening TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/webhooks/stripe`, received, answer };
}
