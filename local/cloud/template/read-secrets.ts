import * as z from 'zod';
import type { Stack } from './stack.ts';

const ignored = z.optional(z.unknown());

const secretSchema = z.strictObject({
  Name: z.optional(z.string()),
  SecretString: z.optional(z.string()),
  Description: ignored,
  GenerateSecretString: ignored,
  KmsKeyId: ignored,
  Tags: ignored,
});

export interface SecretPlan {
  readonly logicalId: string;
  readonly name: string;
  /** The value that stands in the template itself. */
  readonly value?: string;
  /** Whether AWS makes up a value. */
  readonly isGenerated: boolean;
}

export function readSecrets(stack: Stack): readonly SecretPlan[] {
  return stack.ofType('AWS::SecretsManager::Secret').map((resource) => {
    const { SecretString, GenerateSecretString } = stack.read(resource, secretSchema);
    return {
      logicalId: resource.logicalId,
      name: stack.nameOf(resource.logicalId, 'Name'),
      isGenerated: GenerateSecretString !== undefined,
      ...(SecretString !== undefined && { value: SecretString }),
    };
  });
}
