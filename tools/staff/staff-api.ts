import { StartRefusal } from '../../local/start/options.ts';
import { type Signer, signRequest } from './sign-request.ts';

/** One request to the staff API. */
export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The parts of the path behind `/staff`, as they are. */
  readonly path: readonly string[];
  /** What is `undefined` is left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
}

export interface StaffApi {
  /** @throws {Refused} with the API's problem; {StartRefusal} where nothing answers. */
  ask<Answer>(call: ApiCall): Promise<Answer>;
}

/** RFC 9457 problem details, as far as they are shown. */
export interface ShownProblem {
  readonly type?: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** The API said no. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: ShownProblem;
  constructor(problem: ShownProblem) {
    super(`${problem.title}.\n${problem.detail}`);
    this.problem = problem;
  }
}

/** The staff API at this address. */
export const connectStaffApi = (baseUrl: string, signer: Signer): StaffApi => ({
  async ask<Answer>(call: ApiCall): Promise<Answer> {
    const response = await send(urlOf(baseUrl, call), call, signer);
    const text = await response.text();
    const answered: unknown = text === '' ? null : parse(text, response.status);
    if (!response.ok) throw new Refused(problemOf(answered, response.status));
    // Of the answer's own type in `functions/`, which the caller names.
    return answered as Answer;
  },
});

function urlOf(baseUrl: string, { path, query = {} }: ApiCall): URL {
  const url = new URL(baseUrl);
  url.pathname = ['/staff', ...path.map(encodeURIComponent)].join('/');
  // What is signed has a space as %20: URLSearchParams would send a plus sign.
  url.search = Object.entries(query)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    )
    .join('&');
  return url;
}

async function send(url: URL, { method, body }: ApiCall, signer: Signer): Promise<Response> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = text === '' ? {} : { 'content-type': 'application/json' };
  const { host: _, ...signed } = await signRequest({ method, url, headers, body: text }, signer);
  try {
    return await fetch(url, { method, headers: signed, ...(text !== '' && { body: text }) });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartRefusal(
      `Nothing answers at ${url.origin}. Is the address right, and does the stack (or npm start) run?`,
    );
  }
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new StartRefusal(`The answer (status ${status}) is no JSON: is this the staff API?`);
  }
}

/** What API Gateway refuses by itself has no problem document. */
function problemOf(answered: unknown, status: number): ShownProblem {
  if (isProblem(answered)) return answered;
  const detail =
    status === 403
      ? 'IAM lets this user not do that: the managed policy BackstopStaff allows it. Check which credentials the shell has, and the clock of this machine.'
      : `The staff API answered ${status}. Look into the log of the function StaffApiFunction.`;
  return { title: status === 403 ? 'Not allowed' : 'No answer to use', status, detail };
}

const isProblem = (value: unknown): value is ShownProblem =>
  typeof value === 'object' &&
  value !== null &&
  'title' in value &&
  typeof value.title === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string';
