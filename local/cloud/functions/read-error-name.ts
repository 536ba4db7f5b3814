import type { HttpAnswer } from '../http/http-exchange.ts';

/**
 * AWS's name of the error in an answer of a service that speaks JSON, such as
 * `ThrottlingException`; `undefined` where there is none.
 */
export function readErrorName({ status, body }: HttpAnswer): string | undefined {
  if (status < 400) return undefined;
  const [, name] = /"__type"\s*:\s*"(?:[\w.]+#)?([\w.]+)"/.exec(body.toString()) ?? [];
  return name;
}
