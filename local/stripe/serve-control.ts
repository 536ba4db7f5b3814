import type { IncomingMessage } from 'node:http';
import * as z from 'zod/mini';
import type { MovableClock } from '../clock.ts';
import type { LocalStripeControl } from './control.ts';
import { readOutcomes } from './engine/local-operations.ts';
import { faultKinds } from './faults.ts';
import { readBody } from './read-body.ts';

/** A control request that cannot be carried out, in one sentence. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface ControlParts {
  readonly control: LocalStripeControl;
  readonly clock: MovableClock;
}

interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under `/_local/`; `*` stands for an id. */
  readonly path: string;
  readonly run: (parts: ControlParts, id: string, body: unknown) => unknown;
}

const done = { done: true };
const outcomesBody = z.strictObject({ outcomes: z.array(z.string()) });
const releaseBody = z.strictObject({ events: z.optional(z.array(z.string())) });
const clockBody = z.strictObject({ milliseconds: z.int().check(z.minimum(0)) });
const faultBody = z.strictObject({
  method: z.enum(['GET', 'POST', 'DELETE']),
  path: z.string().check(z.startsWith('/v1/')),
  kind: z.enum(faultKinds),
  count: z._default(z.int().check(z.minimum(1)), 1),
});

const operations: readonly Operation[] = [
  { method: 'GET', path: 'charges', run: ({ control }) => control.charges() },
  { method: 'GET', path: 'requests', run: ({ control }) => control.requests() },
  { method: 'GET', path: 'deliveries', run: ({ control }) => control.deliveries.list() },
  { method: 'GET', path: 'faults', run: ({ control }) => control.faults.list() },
  { method: 'GET', path: 'clock', run: ({ clock }) => ({ now: clock.now() }) },
  {
    method: 'POST',
    path: 'clock/advance',
    run({ clock }, _id, body) {
      clock.advance(read(clockBody, body).milliseconds);
      return { now: clock.now() };
    },
  },
  {
    method: 'POST',
    path: 'cards/*',
    run({ control }, id, body) {
      control.setCardOutcomes(id, readOutcomes(read(outcomesBody, body).outcomes));
      return done;
    },
  },
  {
    method: 'POST',
    path: 'subscriptions/*/renew',
    run: ({ control }, id) => control.renewNow(id),
  },
  {
    method: 'POST',
    path: 'deliveries/hold',
    run({ control }) {
      control.deliveries.hold();
      return done;
    },
  },
  {
    method: 'POST',
    path: 'deliveries/release',
    async run({ control }, _id, body) {
      await control.deliveries.release(read(releaseBody, body).events ?? 'all');
      return done;
    },
  },
  {
    method: 'POST',
    path: 'events/*/deliver',
    async run({ control }, id) {
      await control.deliveries.deliverAgain(id);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'events/*/drop',
    run({ control }, id) {
      control.deliveries.drop(id);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'faults',
    run({ control }, _id, body) {
      control.faults.add(read(faultBody, body));
      return done;
    },
  },
  {
    method: 'POST',
    path: 'faults/release',
    run({ control }) {
      control.faults.release();
      return done;
    },
  },
  {
    method: 'DELETE',
    path: 'faults',
    run({ control }) {
      control.faults.clear();
      return done;
    },
  },
];

/**
 * Carries out a request under `/_local/` with a JSON body, and gives what it answers.
 *
 * @throws ControlRefusal for an unknown operation, a wrong body or an impossible wish.
 */
export async function serveControl(
  parts: ControlParts,
  request: IncomingMessage,
  path: string,
): Promise<unknown> {
  const pieces = path.split('/').slice(2);
  const operation = operations.find((each) => {
    const wanted = each.path.split('/');
    const fits = wanted.every((piece, at) => piece === '*' || piece === pieces[at]);
    return each.method === request.method && wanted.length === pieces.length && fits;
  });
  if (operation === undefined) throw new ControlRefusal(404, unknownOperation());
  const id = pieces[operation.path.split('/').indexOf('*')] ?? '';
  const body = parseJson(await readBody(request));
  try {
    return await operation.run(parts, decodeURIComponent(id), body);
  } catch (error) {
    if (error instanceof RangeError) throw new ControlRefusal(400, error.message);
    throw error;
  }
}

function unknownOperation(): string {
  const known = operations.map(({ method, path }) => `${method} /_local/${path}`);
  return `There is no such control. There are: ${known.join(', ')}.`;
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ControlRefusal(400, 'The body is not JSON.');
    throw error;
  }
}

function read<T extends z.ZodMiniType>(schema: T, body: unknown): z.output<T> {
  const parsed = z.safeParse(schema, body);
  if (parsed.success) return parsed.data;
  throw new ControlRefusal(400, `The body does not fit: ${z.prettifyError(parsed.error)}`);
}
