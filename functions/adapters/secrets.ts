import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../domain/ports.ts';
import { minuteMs } from '../domain/time.ts';

export interface Secret {
  /** @throws {Error} with a sentence where Secrets Manager has no value. */
  value(): Promise<string>;
  /** Forgets the cached value, so that a rotated secret is seen at once. */
  forget(): void;
}

/** A rotated secret is in use everywhere after this long. */
const cacheForMs = 5 * minuteMs;

/** A secret by name, fetched when first needed and kept in memory for five minutes. */
export function createSecret(client: SecretsManagerClient, name: string, clock: Clock): Secret {
  let cached: { value: string; until: number } | undefined;
  return {
    async value() {
      if (cached !== undefined && clock.now() < cached.until) return cached.value;
      const answer = await client.send(new GetSecretValueCommand({ SecretId: name }));
      const value = answer.SecretString?.trim();
      if (value === undefined || value === '') {
        throw new Error(
          `The secret ${name} is empty. Put its value with "aws secretsmanager put-secret-value".`,
        );
      }
      cached = { value, until: clock.now() + cacheForMs };
      return value;
    },
    forget() {
      cached = undefined;
    },
  };
}
