import type { IncomingMessage } from 'node:http';

/** Far above what any modelled request needs. */
const largestBody = 1_000_000;

/** A body that is too large; answered with 413. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * The whole body as text. One that is too large is read to its end and forgotten: a caller that
 * is cut off while it sends never gets to see the answer.
 *
 * @throws BodyTooLarge
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= largestBody) chunks.push(bytes);
  }
  if (size > largestBody) throw new BodyTooLarge(`A request has at most ${largestBody} bytes.`);
  return Buffer.concat(chunks).toString('utf8');
}
