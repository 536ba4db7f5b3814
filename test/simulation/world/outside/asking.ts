import type { ApiAnswer } from '../../evidence.ts';
import { fieldOf } from '../coverage.ts';
import type { Asked } from '../http-api.ts';
import type { World } from '../world.ts';

/** What a request to one of the APIs says beside its route. */
export type Said = Pick<Asked, 'path' | 'query' | 'body'>;

/** Asks as somebody; `null` where they gave up. */
export type Ask = (route: string, said?: Said) => Promise<ApiAnswer | null>;

/** How often somebody asks who gets no answer. */
const mostTries = 4;
const longestWaitMs = 60_000;

/**
 * Asks, and again with the same words where no answer arrives, or one that says to ask again.
 */
export async function insist(world: World, asked: Asked): Promise<ApiAnswer | null> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const answer = await world.api.ask(asked);
    if (answer !== null && answer.status < 500) return answer;
    await world.api.pause(world.random.below(longestWaitMs));
  }
  return null;
}

/** As somebody of the staff, who signs with AWS credentials. */
export const askAsStaff =
  (world: World): Ask =>
  (route, said = {}) =>
    insist(world, { api: 'staff', cookie: null, route, ...said });

/** The body of an answer that grants what was asked for. */
export const granted = (answer: ApiAnswer | null): unknown =>
  answer !== null && answer.status < 300 ? (answer.body ?? {}) : null;

/** What a view of a customer says, for the next change. */
export interface Seen {
  readonly version: number;
  readonly primary: string | null;
  readonly secondary: string | null;
  readonly methods: readonly string[];
  /** What is agreed to: a version of the text, and the languages that it may be read in. */
  readonly consent: { readonly textVersion: string; readonly languages: readonly string[] };
  /** Invoices of the open cases. */
  readonly invoices: readonly string[];
  readonly taxIds: readonly string[];
}

/** @returns `null` for an answer that is no view. */
export function readView(body: unknown): Seen | null {
  const version = fieldOf(body, 'version');
  if (typeof version !== 'number') return null;
  const methods = listIn(body, 'methods');
  const named = (role: string): string | null => {
    const found = methods.find((each) => fieldOf(each, 'role') === role);
    return found === undefined ? null : String(fieldOf(found, 'method'));
  };
  return {
    version,
    primary: named('primary'),
    secondary: named('secondary'),
    methods: methods.map((each) => String(fieldOf(each, 'method'))),
    consent: {
      textVersion: String(fieldOf(fieldOf(body, 'consent'), 'textVersion')),
      languages: Object.keys(fieldOf(fieldOf(body, 'consent'), 'texts') ?? {}),
    },
    invoices: listIn(body, 'cases').map((each) => String(fieldOf(each, 'invoice'))),
    taxIds: listIn(fieldOf(body, 'billing'), 'taxIds').map((each) => String(fieldOf(each, 'id'))),
  };
}

function listIn(thing: unknown, name: string): readonly unknown[] {
  const list = fieldOf(thing, name);
  return Array.isArray(list) ? list : [];
}
