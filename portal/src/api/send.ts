import type { Failure, Result } from './result.ts';

/** Longer than the API's own limit of 29 seconds. */
const patienceMs = 35_000;

/** Sends one request to the API of the page's own origin. Never throws: a failure is an answer. */
export async function send<Body>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<Result<Body>> {
  try {
    const response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!response.ok) return { ok: false, failure: await readFailure(response) };
    const text = await response.text();
    // The answers' types are the API's own; an answer without content is asked for as `null`.
    return { ok: true, body: (text === '' ? null : JSON.parse(text)) as Body };
  } catch {
    // No connection, no answer in time, or one that is no JSON: which of them is all the same here.
    return { ok: false, failure: { kind: navigator.onLine ? 'failing' : 'offline' } };
  }
}

const prefix = 'urn:backstop:problem:';

async function readFailure(response: Response): Promise<Failure> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  if (isProblem !== true) return { kind: 'failing' };
  // RFC 9457, with the members that docs/api.md names.
  const problem = (await response.json()) as {
    readonly type: string;
    readonly offered?: string;
    readonly retryAfterSeconds?: number;
  };
  return {
    kind: 'problem',
    name: problem.type.startsWith(prefix) ? problem.type.slice(prefix.length) : 'internal',
    offered: problem.offered ?? null,
    retryAfterSeconds: problem.retryAfterSeconds ?? null,
  };
}
