import type { IncomingMessage } from 'node:http';

/**
 * Whether a request was meant for this server: a web page elsewhere can make a browser send
 * requests to a loopback port, and DNS can point any name at 127.0.0.1, but neither can choose
 * these headers.
 */
export function isMeantForUs(request: IncomingMessage, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host)) return false;
  return origin === undefined || hosts.some((known) => origin === `http://${known}`);
}
