import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What the server does with the next request: an answer, or an end of the connection. */
export type Reaction =
  | { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }
  | 'hang_up';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: URLSearchParams;
}

/** An HTTP server in Stripe's place that answers word for word what a test tells it to. */
export async function startHttpStripe(react: (request: SeenRequest) => Reaction) {
  const requests: SeenRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let text = '';
    for await (const chunk of incoming) text += String(chunk);
    const { pathname } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const request: SeenRequest = {
      method: incoming.method ?? '',
      path: pathname,
      headers: incoming.headers,
      body: new URLSearchParams(text),
    };
    requests.push(request);
    const reaction = react(request);
    if (reaction === 'hang_up') {
      incoming.socket.destroy();
      return;
    }
    const { status, body, headers } = reaction;
    outgoing.writeHead(status, { 'request-id': 'req_1', ...headers });
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(async () => {
    if (server.listening) await stop();
  });
  // A listening TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  return { requests, stop, url: `http://127.0.0.1:${port}` };
}
