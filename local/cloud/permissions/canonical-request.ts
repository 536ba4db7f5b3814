import { hash } from 'node:crypto';
import type { HttpRequest } from '../http/http-exchange.ts';

/**
 * What a signature is made of: the request in one exact form (AWS: "Create a signed AWS API
 * request").
 *
 * @param signedHeaders Names in lower case, as the signature lists them.
 * @throws URIError for a path or query that is not well encoded.
 */
export function canonicalRequest(request: HttpRequest, signedHeaders: readonly string[]): string {
  const [path = '/', query = ''] = splitOnce(request.path, '?');
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${headerValue(request.headers[name])}`),
    '',
    signedHeaders.join(';'),
    hash('sha256', request.body),
  ].join('\n');
}

/** Without `.`, `..` and empty segments; what is already encoded is encoded once more. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(encode(segment));
  }
  const end = path.endsWith('/') && segments.length > 0 ? '/' : '';
  return `/${segments.join('/')}${end}`;
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => splitOnce(pair, '=').map((text) => encode(decodeURIComponent(text))))
    .map(([name = '', value = '']) => ({ name, value }))
    .sort((a, b) => order(a.name, b.name) || order(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

/** By code point: the order of a locale is another one. */
function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function headerValue(value: string | readonly string[] | undefined): string {
  return [value ?? '']
    .flat()
    .map((one) => one.trim().replaceAll(/\s+/g, ' '))
    .join(',');
}

/** RFC 3986: `encodeURIComponent` leaves five more signs as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
