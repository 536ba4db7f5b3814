import type { IncomingMessage } from 'node:http';

/**
 * Where a request comes from: `here` is a program on this machine or a page of this server;
 * `local_page` is a page of another server on this machine, such as one with a card form. A
 * page elsewhere can make a browser send requests to a loopback port, and DNS can point any
 * name at 127.0.0.1, but neither can choose the headers that tell.
 */
export type Whereabouts =
  | { readonly from: 'here' }
  | { readonly from: 'local_page'; readonly origin: string }
  | { readonly from: 'elsewhere' };

const localPage = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/;

export function whereFrom(request: Pick<IncomingMessage, 'headers'>, port: number): Whereabouts {
  // Browsers leave the port of plain HTTP out.
  const suffix = port === 80 ? '' : `:${port}`;
  const hosts = [`127.0.0.1${suffix}`, `localhost${suffix}`];
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host)) return { from: 'elsewhere' };
  if (origin === undefined || hosts.some((known) => origin === `http://${known}`)) {
    return { from: 'here' };
  }
  return localPage.test(origin) ? { from: 'local_page', origin } : { from: 'elsewhere' };
}
