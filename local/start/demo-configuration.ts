import { localPublishableKey } from '../stripe/api/api-caller.ts';

/** The business of the demo; `.example` is a domain that can never get mail (RFC 2606). */
export const demoConfiguration = {
  mode: 'own',
  stripeMode: 'test',
  business: {
    name: 'Lumen Weather',
    supportEmail: 'help@lumen-weather.example',
    address: '48 Harbor Street, Portland, ME 04101',
    colour: '#1f5f8b',
    locale: 'en-US',
    timeZone: 'America/New_York',
  },
  mail: { sender: 'billing@lumen-weather.example' },
  page: {
    stripePublishableKey: localPublishableKey,
    bankInstructions:
      'To pay by bank transfer, write to us with the number of your invoice. We answer with our bank details.',
  },
} as const;

/** Where the demo's customer gets mail. */
export const demoCustomerEmail = 'ada@customer.example';

/** Names of the secrets that the stack asks for. */
export const secretNames = {
  stripeApiKey: 'backstop/stripe-api-key',
  stripeWebhook: 'backstop/stripe-webhook-secret',
} as const;
