import * as z from 'zod/mini';
import { type Answer, refuse } from './answer.ts';
import type { Caller } from './caller.ts';
import { problem } from './problems.ts';

/** What every operation knows of the request beside its input. */
export interface RequestInfo {
  /** API Gateway's id of the request, which stands in every log line. */
  readonly id: string;
  /** The caller's network address, for rate limits and consents. */
  readonly address: string;
  readonly userAgent: string;
}

/** What an operation is called with: everything has been checked against its schemas. */
export interface Call<Who extends Caller, Path, Query, Body> {
  readonly caller: Who;
  readonly request: RequestInfo;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
}

/** The parts of a request that an operation's schemas check. */
export interface Input {
  readonly path: unknown;
  readonly query: unknown;
  /** `undefined` where the request has no body. */
  readonly body: unknown;
}

/** Looks at parsed JSON that no schema has checked. */
export type Excuse = (body: unknown) => string | null;

/** The schemas of an operation's input: strict, so that what they do not name is refused. */
export type InputSchemas = Readonly<Record<keyof Input, z.ZodMiniType>>;

/** One route's work. */
export interface Operation<Dependencies, Who extends Caller> {
  readonly input: InputSchemas;
  /**
   * The one value in the body that is no card number although it may look like one, `null` where
   * there is none. Whatever else looks like a card number is refused before anything is read.
   */
  readonly excused?: Excuse;
  /** Checks the input and does the work; input that does not fit is answered with sentences. */
  run(
    dependencies: Dependencies,
    call: { readonly caller: Who; readonly request: RequestInfo } & Input,
  ): Promise<Answer>;
}

export interface Definition<Dependencies, Who extends Caller, Path, Query, Body> {
  readonly path?: z.ZodMiniType<Path>;
  readonly query?: z.ZodMiniType<Query>;
  readonly body?: z.ZodMiniType<Body>;
  readonly excused?: Excuse;
  handle(dependencies: Dependencies, call: Call<Who, Path, Query, Body>): Promise<Answer>;
}

/** An operation out of its schemas and its work; without a schema nothing may be sent. */
export function operation<
  Dependencies,
  Who extends Caller,
  Path = Nothing,
  Query = Nothing,
  Body = undefined,
>(definition: Definition<Dependencies, Who, Path, Query, Body>): Operation<Dependencies, Who> {
  const input = {
    path: definition.path ?? nothing,
    query: definition.query ?? nothing,
    body: definition.body ?? z.undefined(),
  };
  const schema = z.object(input);
  return {
    input,
    ...(definition.excused && { excused: definition.excused }),
    async run(dependencies, { caller, request, path, query, body }) {
      const parsed = schema.safeParse({ path, query, body });
      if (!parsed.success) return refuse(misfit(parsed.error.issues));
      // Each part was parsed by the very schema that gives the type its name here.
      const checked = parsed.data as Pick<Call<Who, Path, Query, Body>, keyof Input>;
      return definition.handle(dependencies, { caller, request, ...checked });
    },
  };
}

export type Nothing = Readonly<Record<string, never>>;
const nothing = z.strictObject({});

function misfit(issues: readonly z.core.$ZodIssue[]) {
  const errors = issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: sentence(issue),
  }));
  return problem(
    'invalid-request',
    `Change what "errors" names and send it again: ${errors[0]?.path ?? ''} ${errors[0]?.message ?? ''}`.trim(),
    { errors },
  );
}

/** Never quotes a value: it may be what must not be logged or shown. */
function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'has a field that is not known here.';
    case 'invalid_type':
      return issue.expected === 'undefined' ? 'must be left out.' : `must be ${issue.expected}.`;
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}.`;
    case 'too_big':
      return `must ${extentOf(issue.origin)} at most ${issue.maximum}.`;
    case 'too_small':
      return `must ${extentOf(issue.origin)} at least ${issue.minimum}.`;
    case 'custom':
    case 'invalid_format':
      return issue.message === 'Invalid input' ? 'does not have the right form.' : issue.message;
    default:
      return 'does not fit.';
  }
}

/** What is counted: the letters of a text, the members of a list, or the number itself. */
const extentOf = (origin: string) =>
  origin === 'string' || origin === 'array' ? 'have a length of' : 'be';
