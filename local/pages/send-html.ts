import type { IncomingMessage, ServerResponse } from 'node:http';
import { commonLook } from './style.ts';

/** Answers with a page under its look's policy: unless that says more, it loads nothing. */
export function sendHtml(
  response: ServerResponse,
  status: number,
  page: string,
  { contentSecurityPolicy }: { readonly contentSecurityPolicy: string } = commonLook,
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  response.end(page);
}

/** Whether a page is only looked at. */
export const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD';

/** Answers what a page cannot be asked for. */
export function refuseMethod(response: ServerResponse, allowed: string): void {
  response.writeHead(405, { allow: allowed }).end();
}
