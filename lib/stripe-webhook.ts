import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { integrationOf } from './open-stage.ts';
import type { PublicApi } from './public-api.ts';
import type { Retry } from './retry.ts';
import { RoomFunction, type RoomProps } from './room-function.ts';
import type { StripeSecrets } from './stripe-secrets.ts';

export interface StripeWebhookProps extends RoomProps {
  readonly api: PublicApi;
  readonly secrets: StripeSecrets;
  readonly retry: Retry;
}

/** The door for Stripe's events. */
export class StripeWebhook extends Construct {
  readonly function: RoomFunction;
  readonly url: string;

  constructor(scope: Construct, id: string, props: StripeWebhookProps) {
    super(scope, id);
    this.function = new RoomFunction(this, 'StripeWebhook', {
      room: 'stripe-webhook',
      description: "Backstop: verifies Stripe's events, records the hint, queues the intent",
      // Stripe gives up on an answer after about 20 seconds, and then redelivers.
      timeout: Duration.seconds(10),
      memorySize: 512,
      settings: props.settings,
      bundles: props.bundles,
    });
    props.table.grantGetAndPut(this.function);
    props.secrets.grantReadWebhookSecret(this.function);
    props.retry.queue.grantSend(this.function);
    const path = '/webhooks/stripe';
    props.api.addRoute(
      `POST ${path}`,
      integrationOf(this.function),
      'Stripe signs each request, and the function verifies the signature before it reads anything.',
    );
    this.url = `${props.api.api.apiEndpoint}${path}`;
  }
}
