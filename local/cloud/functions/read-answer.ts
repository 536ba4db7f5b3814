import type { Json } from '../template/template.ts';
import type { InvocationResult } from './execution-environment.ts';
import { functionLimits } from './function-limits.ts';

/** What a function returned, as JSON; Lambda hands on no more than 6 MB ("Lambda quotas"). */
export function readAnswer(text: string): InvocationResult {
  const { answerBytes } = functionLimits;
  if (Buffer.byteLength(text) > answerBytes) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${answerBytes} bytes).`;
    return { ok: false, error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
  }
  // The thread made this text with JSON.stringify.
  return { ok: true, value: JSON.parse(text) as Json };
}
