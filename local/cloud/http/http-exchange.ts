import { type IncomingHttpHeaders, request as send } from 'node:http';

export interface HttpRequest {
  readonly method: string;
  /** Path with its query, as it stood in the request. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
}

/** Headers that belong to one connection and are not handed on (RFC 9110, 7.6.1). */
const connectionHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

/**
 * Sends a request on as it is to another address of this machine.
 *
 * @throws the connection's error when nobody listens there.
 */
export function forward(request: HttpRequest, base: string): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const outgoing = send(
    new URL(request.path, base),
    {
      method: request.method,
      headers: { ...handedOn(request.headers), 'content-length': request.body.length },
      agent: false,
    },
    (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 502,
          headers: handedOn(incoming.headers),
          body: Buffer.concat(chunks),
        }),
      );
    },
  );
  outgoing.on('error', reject);
  outgoing.end(request.body);
  return promise;
}

function handedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !connectionHeaders.has(name)) kept[name] = value;
  }
  return kept;
}
