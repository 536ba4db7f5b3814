import * as z from 'zod';
import { account } from '../account.ts';
import type { KnownCaller } from '../permissions/local-user.ts';
import type { Json } from '../template/template.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';
import type { RouteMatch } from './routes.ts';

export interface ApiRequest extends HttpRequest {
  readonly requestId: string;
  readonly apiId: string;
  readonly sourceIp: string;
  readonly httpVersion: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/**
 * The event of payload format 2.0 (API Gateway: "Create AWS Lambda proxy integrations for HTTP
 * APIs"): header names in lower case, several values joined by commas, cookies apart.
 */
export function requestEvent(
  request: ApiRequest,
  { route, pathParameters }: RouteMatch,
  user?: KnownCaller,
): Json {
  const [path = '', query = ''] = splitOnce(request.path, '?');
  const { cookie, ...otherHeaders } = request.headers;
  const parameters = joinedParameters(query);
  const binary = isBinary(request);
  const hasBody = request.body.length > 0;
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: decodeURIComponent(path),
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(';').map((one) => one.trim()) }),
    headers: joinedHeaders(otherHeaders),
    ...(query !== '' && { queryStringParameters: parameters }),
    requestContext: {
      accountId: account.id,
      apiId: request.apiId,
      ...(user && { authorizer: { iam: iamOf(user) } }),
      domainName: request.headers.host ?? '',
      domainPrefix: request.apiId,
      http: {
        method: request.method,
        path: decodeURIComponent(path),
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey: route.routeKey,
      stage: '$default',
      time: logTime(request.receivedAt),
      timeEpoch: request.receivedAt,
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(hasBody && { body: request.body.toString(binary ? 'base64' : 'utf8') }),
    isBase64Encoded: hasBody && binary,
  };
}

/** What an IAM route is told of the user who called it. */
function iamOf({ credentials, principal }: KnownCaller): Json {
  // AWS has an id for each user beside the name; here the name is one.
  const id = principal.name;
  return {
    accessKey: credentials.accessKeyId,
    accountId: account.id,
    callerId: id,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: principal.arn,
    userId: id,
  };
}

/** An HTTP API hands on as text only these content types; all others are Base64, forms too. */
const textTypes = /^(text\/.*|application\/(json|javascript|xml|[\w.-]+\+(json|xml)))$/i;

function isBinary({ headers }: HttpRequest): boolean {
  if (headers['content-encoding'] !== undefined) return true;
  const type = headers['content-type']?.split(';', 1)[0]?.trim();
  return type !== undefined && !textTypes.test(type);
}

function joinedHeaders(headers: HttpRequest['headers']): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name] = typeof value === 'string' ? value : value.join(',');
  }
  return result;
}

function joinedParameters(query: string): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    result[name] = name in result ? `${result[name]},${value}` : value;
  }
  return result;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `12/Mar/2020:19:03:58 +0000` */
function logTime(time: number): string {
  const date = new Date(time);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const clock = date.toISOString().slice(11, 19);
  return `${day}/${monthNames[date.getUTCMonth()]}/${date.getUTCFullYear()}:${clock} +0000`;
}

const responseSchema = z.object({
  statusCode: z.union([z.int(), z.string().regex(/^\d+$/)]).transform(Number),
  headers: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  cookies: z.optional(z.array(z.string())),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

/**
 * The HTTP answer for what a function returned. Without a `statusCode` the whole value is the
 * JSON body of a 200; a wrong shape is a 500.
 */
export function answerOf(value: Json): HttpAnswer {
  const isStructured = typeof value === 'object' && value !== null && 'statusCode' in value;
  if (!isStructured) {
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const response = responseSchema.safeParse(value);
  if (!response.success) return message(500, 'Internal Server Error');
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded } = response.data;
  const lowerCase = Object.entries(headers).map(([name, one]) => [name.toLowerCase(), String(one)]);
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(lowerCase),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: isBase64Encoded === true ? Buffer.from(body, 'base64') : body,
  };
}

/** API Gateway's own answers. */
export function message(status: number, text: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: text }),
  };
}
