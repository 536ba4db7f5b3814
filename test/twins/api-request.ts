import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface ApiRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; `text` sends a body as it is. */
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  /** Where the request comes from, 192.0.2.1 unless told. */
  readonly address?: string;
  /** The ARN of the user who signed a request to an IAM route. */
  readonly signedBy?: string;
}

/** The event (payload format 2.0) that API Gateway makes of a request to this route. */
export function apiRequest(
  routeKey: string,
  { path = {}, query = {}, body, text, headers = {}, cookies, address, signedBy }: ApiRequest = {},
): APIGatewayProxyEventV2 {
  const [method = '', template = ''] = routeKey.split(' ');
  const rawPath = template.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      'user-agent': 'test/1.0',
      ...(sent !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(cookies && { cookies: [...cookies] }),
    ...(Object.keys(path).length > 0 && { pathParameters: { ...path } }),
    ...(Object.keys(query).length > 0 && { queryStringParameters: { ...query } }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: address ?? '192.0.2.1',
        userAgent: 'test/1.0',
      },
      requestId: 'request',
      routeKey,
      stage: '$default',
      time: '02/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_793_620_800_000,
      ...(signedBy !== undefined && {
        authorizer: { iam: { userArn: signedBy, accountId: '000000000000' } },
      }),
    },
    ...(sent !== undefined && { body: sent }),
    isBase64Encoded: false,
  };
}

/** The JSON of an answer. */
export const jsonOf = (answer: APIGatewayProxyStructuredResultV2): unknown =>
  answer.body === undefined || answer.body === '' ? undefined : JSON.parse(answer.body);
