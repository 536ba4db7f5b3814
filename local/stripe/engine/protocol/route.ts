import type { Transaction } from '../transaction.ts';
import type { Answer } from './answer.ts';
import { expand } from './expand.ts';
import { listOf, type Params, type Read, type Reader, readParameters, text } from './parameters.ts';

export type Method = 'GET' | 'POST' | 'DELETE';
type Fields = Readonly<Record<string, Reader<unknown>>>;

/** One endpoint of the API. */
export interface Route {
  readonly method: Method;
  /** The path's pieces; `*` stands for an id. */
  readonly pieces: readonly string[];
  readonly answer: (tx: Transaction, ids: readonly string[], params: Params) => Answer;
}

/**
 * Declares an endpoint: the parameters it knows (and `expand`), and what it does. `run` gives
 * the object of a 200 answer, or a whole {@link Answer} of its own through {@link answering}. It
 * is told the id in the path, and the second one of a path that goes on within that object.
 */
export function route<F extends Fields>(
  method: Method,
  path: string,
  fields: F,
  run: (tx: Transaction, params: Read<F>, id: string, within: string) => object,
): Route {
  const known = { ...fields, expand: listOf(text) };
  return {
    method,
    pieces: path.split('/').slice(1),
    answer(tx, [id = '', within = ''], params) {
      const { expand: paths = [], ...rest } = readParameters(known, params);
      // `rest` is what `fields` describes: only `expand`, which `route` itself added, is gone.
      const result = run(tx, rest as unknown as Read<F>, id, within);
      if (result instanceof OwnAnswer) return result.answer;
      return { status: 200, body: expand(tx, result, paths) };
    },
  };
}

class OwnAnswer {
  readonly answer: Answer;
  constructor(answer: Answer) {
    this.answer = answer;
  }
}

/** An answer other than 200, with the changes made so far kept: a declined payment. */
export function answering(answer: Answer): object {
  return new OwnAnswer(answer);
}

/** The route for a request, and the ids in its path. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly ids: readonly string[] } | undefined {
  const pieces = path.split('/').slice(1);
  for (const candidate of routes) {
    if (candidate.method !== method || candidate.pieces.length !== pieces.length) continue;
    const fits = candidate.pieces.every((piece, at) => isFor(piece, pieces[at]));
    if (fits) {
      const ids = pieces.filter((_, at) => candidate.pieces[at] === '*').map(decodeURIComponent);
      return { route: candidate, ids };
    }
  }
  return undefined;
}

/** No id is called `search`: where a resource has no such route, it is not modelled. */
function isFor(wanted: string, piece: string | undefined): boolean {
  return wanted === '*' ? piece !== 'search' : wanted === piece;
}
