import type { HttpAnswer } from '../http/http-exchange.ts';

/** An answer of CloudFront's own, or of the bucket behind it. */
export const pageMessage = (status: number, text: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
});
