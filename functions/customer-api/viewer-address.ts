import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Secret } from '../adapters/secrets.ts';
import { originHeader, viewerAddressHeader } from '../environment.ts';
import { hashSecret } from '../runtime/hash.ts';

/**
 * The network address of the browser. CloudFront stands between it and API Gateway, which sees an
 * address of CloudFront's; the browser's own stands in a header. Anybody can send such a header to
 * the API itself, so it is believed only beside the secret that this CloudFront alone adds.
 */
export const viewerAddress =
  (originSecret: Pick<Secret, 'value'>) =>
  async ({ headers, requestContext }: APIGatewayProxyEventV2): Promise<string> => {
    const { [originHeader]: told, [viewerAddressHeader.toLowerCase()]: viewer } = headers;
    const { sourceIp } = requestContext.http;
    if (told === undefined || viewer === undefined) return sourceIp;
    if (!isSame(told, await originSecret.value())) return sourceIp;
    return withoutPort(viewer) ?? sourceIp;
  };

/** Of hashes, which have one length: how long it takes tells nothing about the secret. */
const isSame = (told: string, secret: string): boolean =>
  timingSafeEqual(Buffer.from(hashSecret(told)), Buffer.from(hashSecret(secret)));

/**
 * `198.51.100.10:46532`, or `2001:db8::7334:46532` where only the last colon belongs to the port;
 * with brackets too. `null` where it is no address.
 */
function withoutPort(text: string): string | null {
  const [, inBrackets, plain] = /^(?:\[([^[\]]+)\]|([^[\]]+)):\d{1,5}$/.exec(text) ?? [];
  const address = inBrackets ?? plain;
  return address !== undefined && isIP(address) !== 0 ? address : null;
}
