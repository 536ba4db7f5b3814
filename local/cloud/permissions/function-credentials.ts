import { createHmac } from 'node:crypto';
import type { Credentials } from './verify-signature.ts';

/**
 * The temporary credentials of a function's role. They look like AWS's; whoever does not know
 * the seed cannot make them.
 *
 * @param seed Random, of one start of one local cloud.
 */
export function functionCredentials(
  seed: Buffer,
  functionLogicalId: string,
): Required<Credentials> {
  const derive = (purpose: string) =>
    createHmac('sha256', seed).update(`${purpose} ${functionLogicalId}`).digest();
  return {
    accessKeyId: `ASIA${derive('access key').toString('hex').slice(0, 16).toUpperCase()}`,
    secretAccessKey: derive('secret').toString('base64').slice(0, 40),
    sessionToken: derive('session').toString('base64'),
  };
}
