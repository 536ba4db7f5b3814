import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, test, vi } from 'vitest';
import { createSecret } from '../../../functions/adapters/secrets.ts';
import { minuteMs } from '../../../functions/domain/time.ts';
import { noon } from '../../twins/examples.ts';
import { createTestClock } from '../../twins/test-clock.ts';

function createWorld(first: string | undefined) {
  const clock = createTestClock(noon);
  const client = new SecretsManagerClient({ region: 'eu-west-1' });
  let stored = first;
  const asked: unknown[] = [];
  vi.spyOn(client, 'send').mockImplementation(async (command: unknown) => {
    asked.push(command instanceof GetSecretValueCommand ? command.input : command);
    return { SecretString: stored };
  });
  return {
    clock,
    asked,
    secret: createSecret(client, 'stripe-key', clock),
    rotate: (value: string) => {
      stored = value;
    },
  };
}

test('it is asked for by its name once in five minutes', async () => {
  const { secret, clock, asked, rotate } = createWorld('sk_test_1\n');
  expect(await secret.value()).toBe('sk_test_1');
  rotate('sk_test_2');

  clock.advance(5 * minuteMs - 1);
  expect(await secret.value()).toBe('sk_test_1');
  expect(asked).toEqual([{ SecretId: 'stripe-key' }]);

  clock.advance(1);
  expect(await secret.value()).toBe('sk_test_2');
});

test('once forgotten, the new value is seen at once', async () => {
  const { secret, rotate } = createWorld('sk_test_1');
  await secret.value();
  rotate('sk_test_2');
  secret.forget();
  expect(await secret.value()).toBe('sk_test_2');
});

test.each([undefined, '', '  \n'])('an empty one (%j) is told, with what to do', async (value) => {
  const { secret, rotate } = createWorld(value);
  await expect(secret.value()).rejects.toThrow(/stripe-key is empty.*put-secret-value/);
  rotate('sk_test_1');
  expect(await secret.value()).toBe('sk_test_1');
});
