import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Problem } from '../runtime/problem.ts';
import { holdsCardNumber } from './find-card-number.ts';
import type { Excuse } from './operation.ts';
import { problem } from './problems.ts';

/** Far above what any request of ours needs, and far below what costs a function its time. */
const largestBodyBytes = 16 * 1024;

export type ReadBody =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The JSON of a request's body, `undefined` where there is none, or why it is refused.
 * @param excused Names the one value of it that may look like a card number.
 */
export function readBody(request: APIGatewayProxyEventV2, excused: Excuse = nothing): ReadBody {
  const { body = '', isBase64Encoded } = request;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength === 0) return { ok: true, body: undefined };
  if (bytes.byteLength > largestBodyBytes) return no(tooLarge);
  const text = decode(bytes);
  if (text === undefined) return no(notJson);
  const parsed = parse(text);
  const excuse = parsed === undefined ? null : excused(parsed.json);
  // On the text as it came: whatever a parser makes of it, no card number is in there.
  if (holdsCardNumber(without(text, excuse))) return no(cardNumber);
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return no(notJson);
  if (parsed === undefined) return no(brokenJson);
  return holdsHiddenCardNumber(parsed.json, excuse)
    ? no(cardNumber)
    : { ok: true, body: parsed.json };
}

const nothing: Excuse = () => null;

function parse(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The text without the excused value, which stands in it once: a second one has no excuse. */
const without = (text: string, excuse: string | null): string =>
  excuse === null ? text : text.replace(JSON.stringify(excuse), () => '""');

const no = (refused: Problem): ReadBody => ({ ok: false, problem: refused });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * Escapes such as `\u0034` hide digits from a look at the text. Without recursion: a body of
 * nothing but brackets is deeper than the stack.
 */
function holdsHiddenCardNumber(body: unknown, excuse: string | null): boolean {
  const left: unknown[] = [body];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'object' && value !== null) left.push(...Object.entries(value).flat());
    else if (value !== excuse && holdsCardNumber(String(value))) return true;
  }
  return false;
}

const tooLarge = problem(
  'body-too-large',
  `A request has at most ${largestBodyBytes} bytes. Send less.`,
);
const notJson = problem(
  'not-json',
  'Send the body as JSON in UTF-8, with the header "content-type: application/json".',
);
const brokenJson = problem(
  'invalid-request',
  'The body is broken JSON. Mend it and send it again.',
);
const cardNumber = problem(
  'card-number',
  "Something in the request looks like a card number. It was neither read nor logged. Card data go from the browser to Stripe only: use Stripe's fields with a SetupIntent.",
);
