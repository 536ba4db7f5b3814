import { createHmac, hash } from 'node:crypto';
import { account } from '../account.ts';
import type { HttpRequest } from '../http/http-exchange.ts';
import { canonicalRequest } from './canonical-request.ts';

/** The `Authorization` header of a request that is signed with Signature Version 4. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `20261122` */
  readonly date: string;
  readonly region: string;
  /** The service of the scope, such as `dynamodb`. */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Belongs to the temporary credentials of a role; a user's key has none. */
  readonly sessionToken?: string;
}

export type Verification =
  | { readonly ok: true }
  | { readonly ok: false; readonly kind: 'token' | 'signature'; readonly reason: string };

/**
 * AWS takes requests that were signed up to this long ago, or that far ahead of its clock (IAM:
 * "AWS Signature Version 4 for API requests"). Some services, SQS among them, take a quarter of
 * an hour.
 */
const skewLimitMs = 5 * 60_000;

const authorizationHeader =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, *SignedHeaders=([^,]+), *Signature=([0-9a-f]*)$/;

/** @returns `undefined` for a request that is not signed in this way. */
export function readAuthorization(header: string | undefined): Authorization | undefined {
  const match = authorizationHeader.exec(header ?? '');
  if (match === null) return undefined;
  const [, accessKeyId = '', date = '', region = '', service = '', headers = '', signature = ''] =
    match;
  return { accessKeyId, date, region, service, signedHeaders: headers.split(';'), signature };
}

/**
 * Whether a request was signed with this key, for this place, and lately.
 *
 * @param clocks The times that count as now, epoch milliseconds; AWS has one, and a clock that
 *   moves has those that it has just left as well.
 */
export function verifySignature(
  request: HttpRequest,
  authorization: Authorization,
  credentials: Credentials,
  clocks: readonly number[],
): Verification {
  const { headers } = request;
  if (headers['x-amz-security-token'] !== credentials.sessionToken) {
    return refused('token', 'The security token included in the request is invalid.');
  }
  const incomplete = checkSignedHeaders(request, authorization);
  if (incomplete !== undefined) return refused('signature', incomplete);
  const stamp = String(headers['x-amz-date']);
  const misplaced = checkScope(authorization, stamp) ?? checkAge(stamp, clocks);
  if (misplaced !== undefined) return refused('signature', misplaced);
  return sign(request, authorization, credentials) === authorization.signature
    ? { ok: true }
    : refused('signature', mismatch);
}

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** AWS wants the host and each of its own headers signed. */
function checkSignedHeaders(
  { headers }: HttpRequest,
  { signedHeaders }: Authorization,
): string | undefined {
  if (!signedHeaders.includes('host')) {
    return "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
  }
  const unsigned = Object.keys(headers).find(
    (name) => name.startsWith('x-amz-') && !signedHeaders.includes(name),
  );
  return unsigned === undefined
    ? undefined
    : `There were headers present in the request which were not signed: ${unsigned}.`;
}

function checkScope({ date, region }: Authorization, stamp: string): string | undefined {
  if (region !== account.region) {
    return `Credential should be scoped to a valid region, not '${region}'.`;
  }
  if (stamp.slice(0, 8) === date) return undefined;
  return `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${stamp}'.`;
}

function checkAge(stamp: string, clocks: readonly number[]): string | undefined {
  const signedAt = timeOf(stamp);
  if (signedAt === undefined) return "AWS authentication requires a valid 'X-Amz-Date' header.";
  if (clocks.some((now) => Math.abs(now - signedAt) <= skewLimitMs)) return undefined;
  const now = clocks[0] ?? 0;
  return signedAt < now
    ? `Signature expired: ${stamp} is now earlier than ${stampOf(now - skewLimitMs)} (${stampOf(now)} - 5 min.)`
    : `Signature not yet current: ${stamp} is still later than ${stampOf(now + skewLimitMs)} (${stampOf(now)} + 5 min.)`;
}

/** @param stamp `20261122T052111Z` */
function timeOf(stamp: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

const stampOf = (time: number) => new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** The signature that the request should have, in hexadecimal. */
export function sign(
  request: HttpRequest,
  { date, region, service, signedHeaders }: Omit<Authorization, 'signature'>,
  credentials: Credentials,
): string | undefined {
  const canonical = canonicalOrNothing(request, signedHeaders);
  if (canonical === undefined) return undefined;
  const scope = [date, region, service, 'aws4_request'];
  const text = [
    'AWS4-HMAC-SHA256',
    String(request.headers['x-amz-date']),
    scope.join('/'),
    hash('sha256', canonical),
  ].join('\n');
  return hmac(signingKey(credentials, scope), text).toString('hex');
}

/** A key holds for a day and a service; deriving it costs more than all the rest. */
const signingKeys = new WeakMap<Credentials, Map<string, Buffer>>();

function signingKey(credentials: Credentials, scope: readonly string[]): Buffer {
  const known = signingKeys.get(credentials) ?? new Map<string, Buffer>();
  signingKeys.set(credentials, known);
  const name = scope.join('/');
  const key =
    known.get(name) ?? scope.reduce(hmac, Buffer.from(`AWS4${credentials.secretAccessKey}`));
  known.set(name, key);
  return key;
}

function canonicalOrNothing(request: HttpRequest, headers: readonly string[]): string | undefined {
  try {
    return canonicalRequest(request, headers);
  } catch (error) {
    // A query that is not well encoded has no canonical form, so nothing signs it.
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const refused = (kind: 'token' | 'signature', reason: string): Verification => ({
  ok: false,
  kind,
  reason,
});
