import type { IncomingMessage } from 'node:http';

/** Whether a browser asks if a page may send a request (the CORS protocol's preflight). */
export function isPreflight(request: IncomingMessage): boolean {
  return (
    request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
  );
}

/** Lets the page of this origin read the answer. */
export function corsHeaders(origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Request-Id, Stripe-Version',
    vary: 'Origin',
  };
}

/** Lets the page of this origin send a request as Stripe's browser library does. */
export function preflightHeaders(origin: string): Record<string, string> {
  return {
    ...corsHeaders(origin),
    'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, Stripe-Version',
    'access-control-allow-methods': 'GET, POST',
    'access-control-max-age': '300',
  };
}
