import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import Stripe from 'stripe';
import { withPage } from '../../lib/build-page.ts';
import { policyOf } from '../../lib/page-headers.ts';
import { createMovableClock } from '../../local/clock.ts';
import { type LocalStripe, startLocalStripe } from '../../local/stripe/server.ts';
import { scriptPath } from '../../local/stripe/stripe-js/paths.ts';
import type { PageConfig } from '../../portal/src/page-config.ts';
import { now } from './states/samples.ts';
import { paymentMethod, paymentSecret, setupSecret } from './states/stripe-parts.ts';

/** The page as it is built, and a local Stripe for its fields. */
export interface Stage {
  readonly config: PageConfig;
  readonly files: ReadonlyMap<string, PageFile>;
  /** The content security policy that the page is served with. */
  readonly policy: string;
  /** What stands in the catalogue for what Stripe makes, by what the local Stripe made. */
  readonly madeByStripe: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface PageFile {
  readonly body: Buffer;
  readonly type: string;
}

/** @throws Error with Vite's own words where the page cannot be built. */
export async function openStage(): Promise<Stage> {
  const clock = createMovableClock({ startAt: Date.parse(now) });
  const local = await startLocalStripe({ clock });
  const config: PageConfig = {
    business: {
      name: 'Lumen Weather',
      supportEmail: 'help@lumen.example',
      logoUrl: null,
      colour: null,
    },
    stripe: { publishableKey: local.publishableKey, script: `${local.url}${scriptPath}` },
    bankInstructions: null,
    texts: {},
  };
  return {
    config,
    files: withPage(config, readFiles),
    policy: policyOf({}, ['card']).replaceAll(/https:\/\/(js|api)\.stripe\.com/g, local.url),
    madeByStripe: await makeIntents(local),
    async stop() {
      clock.stop();
      await local.stop();
    },
  };
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
};

function readFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => [
      join(parentPath, name).slice(folder.length),
      {
        body: readFileSync(join(parentPath, name)),
        type: types[extname(name)] ?? 'application/octet-stream',
      },
    ]),
  );
}

/** A SetupIntent to enter a card for, and a PaymentIntent that the bank wants confirmed. */
async function makeIntents(local: LocalStripe): Promise<Stage['madeByStripe']> {
  const stripe = new Stripe(local.apiKey, {
    host: '127.0.0.1',
    port: local.port,
    protocol: 'http',
    telemetry: false,
  });
  const { id: customer } = await stripe.customers.create({ name: 'Ada Lovelace Ltd' });
  const setup = await stripe.setupIntents.create({
    customer,
    allowed_payment_method_types: ['card'],
  });
  const method = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
  const payment = await stripe.paymentIntents.create({
    customer,
    amount: 4900,
    currency: 'usd',
    allowed_payment_method_types: ['card'],
  });
  return {
    [setupSecret]: setup.client_secret ?? '',
    [paymentSecret]: payment.client_secret ?? '',
    [paymentMethod]: method.id,
  };
}
