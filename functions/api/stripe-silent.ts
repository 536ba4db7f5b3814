import { StripeConfigurationError } from '../domain/charging-switch.ts';

/** Stripe gave no answer to use. By name: the adapter that throws it is not to be known here. */
export const isStripeSilent = (error: unknown): error is Error =>
  error instanceof StripeConfigurationError ||
  (error instanceof Error && error.name === 'StripeReadError');
