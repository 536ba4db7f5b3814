import type { IncomingMessage } from 'node:http';
import { apiLimits } from '../http/api-limits.ts';
import { forward, type HttpAnswer } from '../http/http-exchange.ts';
import { readBody } from '../http/loopback.ts';
import type { ForwardPlan } from '../template/read-page-policies.ts';
import { pageMessage } from './page-message.ts';

export interface ApiTarget {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Headers that CloudFront sends with every request; they win over the viewer's. */
  readonly headers: Readonly<Record<string, string>>;
  readonly forwards: ForwardPlan;
}

/** Hands a viewer's request on to the API, with what the policy lets through and nothing else. */
export async function forwardToApi(
  incoming: IncomingMessage,
  { url, headers, forwards }: ApiTarget,
): Promise<HttpAnswer> {
  const body = await readBody(incoming, apiLimits.payloadBytes);
  if (body === undefined) return pageMessage(413, 'Request Entity Too Large');
  const [path = '/', query] = (incoming.url ?? '/').split(/\?(.*)/s, 2);
  const request = {
    method: incoming.method ?? 'GET',
    path: forwards.query && query !== undefined ? `${path}?${query}` : path,
    headers: { ...viewerHeaders(incoming, forwards), ...headers },
    body,
  };
  try {
    return await forward(request, url);
  } catch {
    // The API's connection broke: CloudFront says so.
    return pageMessage(502, 'Bad Gateway');
  }
}

/** CloudFront names itself where the browser's name is not handed on. */
function viewerHeaders(
  { headers, socket }: IncomingMessage,
  forwards: ForwardPlan,
): Record<string, string> {
  const known: Readonly<Record<string, string | string[] | undefined>> = {
    ...headers,
    'cloudfront-viewer-address': `${socket.remoteAddress ?? '127.0.0.1'}:${socket.remotePort ?? 0}`,
  };
  const wanted = [...forwards.headers, ...(forwards.cookies ? ['cookie'] : [])];
  const passed = wanted.flatMap((name) => {
    const value = known[name];
    return value === undefined ? [] : [[name, [value].flat().join(',')]];
  });
  return { 'user-agent': 'Amazon CloudFront', ...Object.fromEntries(passed) };
}
