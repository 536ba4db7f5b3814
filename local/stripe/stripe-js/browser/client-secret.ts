import { IntegrationError } from './integration-error.ts';

const tables = { pi: 'payment_intents', seti: 'setup_intents' } as const;

/** Where the API keeps the intent that a client secret opens. */
export interface IntentPlace {
  readonly path: string;
  readonly table: (typeof tables)[keyof typeof tables];
}

/** @throws IntegrationError for what is no client secret. */
export function placeOf(clientSecret: unknown): IntentPlace {
  const found = /^((pi|seti)_[A-Za-z0-9]+)_secret_\w+$/.exec(String(clientSecret));
  const kind = found?.[2] === 'pi' ? 'pi' : 'seti';
  if (found === null) {
    throw new IntegrationError(
      'A client secret has the form ID_secret_SECRET: pass the client_secret of a ' +
        `PaymentIntent or a SetupIntent, not ${JSON.stringify(clientSecret)}.`,
    );
  }
  return { table: tables[kind], path: `/v1/${tables[kind]}/${found[1]}` };
}
