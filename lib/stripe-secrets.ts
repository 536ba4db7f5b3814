import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environment } from '../functions/environment.ts';
import type { RoomFunction } from './room-function.ts';

/** Fixed, so that the README can name it. */
const webhookSecretName = 'backstop/stripe-webhook-secret';

/**
 * The two secrets shared with Stripe. Functions get their names and read the values themselves,
 * so that neither the template nor an environment ever holds one.
 */
export class StripeSecrets extends Construct {
  readonly webhookSecretName = webhookSecretName;
  readonly #webhookSecret: Secret;
  readonly #apiKeyName: string;
  readonly #apiKey: ISecret;

  constructor(scope: Construct, id: string, props: { readonly apiKeySecretName: string }) {
    super(scope, id);
    // A person made this one before the first deploy; the stack only refers to it.
    this.#apiKeyName = props.apiKeySecretName;
    this.#apiKey = Secret.fromSecretNameV2(this, 'ApiKey', props.apiKeySecretName);
    // Stripe tells the signing secret only once the endpoint exists, and the endpoint needs the
    // URL of this stack: a person puts the value here after the first deploy. Until then the
    // secret holds generated letters that no signature matches.
    this.#webhookSecret = new Secret(this, 'WebhookSecret', {
      secretName: webhookSecretName,
      description: "Signing secrets of Stripe's webhook endpoint, one whsec_... on each line",
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.#webhookSecret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Stripe makes the value, and changes it only with a new endpoint or by a person: both secrets are then accepted side by side.',
    });
  }

  grantReadApiKey(reader: RoomFunction): void {
    // The ARN of a secret ends in six letters that only AWS knows.
    reader.allow({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [`${this.#apiKey.secretArn}-??????`],
    });
    reader.setEnvironment(environment.stripeApiKeySecret, this.#apiKeyName);
  }

  grantReadWebhookSecret(reader: RoomFunction): void {
    reader.allow({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [this.#webhookSecret.secretArn],
    });
    reader.setEnvironment(environment.stripeWebhookSecret, webhookSecretName);
  }
}
