import * as z from 'zod';
import type { Stack } from './stack.ts';

const ignored = z.optional(z.unknown());

const secretSchema = z.strictObject({
  Name: z.optional(z.string()),
  SecretString: z.optional(z.string()),
  Description: ignored,
  // AWS would make up a value; on the laptop the value is given at the start, or absent.
  GenerateSecretString: ignored,
  KmsKeyId: ignored,
  Tags: ignored,
});

export interface SecretPlan {
  readonly logicalId: string;
  readonly name: string;
  /** The value that stands in the template itself. */
  readonly value?: string;
}

export function readSecrets(stack: Stack): readonly SecretPlan[] {
  return stack.ofType('AWS::SecretsManager::Secret').map((resource) => {
    const { SecretString } = stack.read(resource, secretSchema);
    return {
      logicalId: resource.logicalId,
      name: stack.nameOf(resource.logicalId, 'Name'),
      ...(SecretString !== undefined && { value: SecretString }),
    };
  });
}
