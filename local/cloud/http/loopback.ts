import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server } from 'node:net';
import { hasCode } from '../../has-code.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Listener {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Ends every connection and gives the port back. */
  close(): Promise<void>;
}

/** The wanted port belongs to another program. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
  readonly port: number;
  readonly purpose: string;

  constructor(port: number, purpose: string, option: string) {
    super(
      `Port ${port}, wanted for ${purpose}, is in use by another program: ` +
        `stop that program, or choose another port with ${option}.`,
    );
    this.port = port;
    this.purpose = purpose;
  }
}

export interface ListeningPlace {
  /** 0 takes any free one. */
  readonly port: number;
  readonly purpose: string;
  /** What chooses another port. */
  readonly option: string;
  /** Whether an `Origin` is that of another page on this machine that is let in too. */
  readonly isPage?: (origin: string | undefined) => boolean;
}

/**
 * Serves HTTP on 127.0.0.1 alone. A request with a foreign `Host` or `Origin` is refused with
 * 403: a page of the internet that runs in a browser on this machine must not reach it.
 *
 * @throws PortInUseError
 */
export async function listenOnLoopback(handle: Handle, place: ListeningPlace): Promise<Listener> {
  const server = createServer((request, response) => {
    const { host, origin } = request.headers;
    const isOfPage = place.isPage?.(origin) ?? false;
    if (isForeign(isOfPage ? { host } : { host, origin }, portOf(server))) return refuse(response);
    handle(request, response).catch((error: unknown) => {
      response.destroy();
      // The caller went away in the middle of its request: there is nobody to tell.
      if (hasCode(error, 'ECONNRESET')) return;
      process.stderr.write(`${place.purpose}: ${describe(error)}\n`);
    });
  });
  server.listen(place.port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE'))
      throw new PortInUseError(place.port, place.purpose, place.option);
    throw error;
  }
  const port = portOf(server);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Whether a request came from elsewhere than this machine's own pages and programs. */
export function isForeign(
  headers: { readonly host?: string | undefined; readonly origin?: string | undefined },
  port: number,
): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) return true;
  return headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`);
}

export function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('This address answers only requests made to 127.0.0.1 or localhost.\n');
}

/** The port on which a TCP server listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** @returns the body, or `undefined` when it is longer than the limit. */
export async function readBody(
  request: AsyncIterable<Buffer>,
  limitBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= limitBytes) chunks.push(chunk);
  }
  return length > limitBytes ? undefined : Buffer.concat(chunks);
}
