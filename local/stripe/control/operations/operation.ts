import * as z from 'zod/mini';
import type { MovableClock } from '../../../clock.ts';
import type { HowOften } from '../../rules.ts';
import type { LocalStripeControl } from '../control.ts';

/** A control request that cannot be carried out, in one sentence. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ControlParts {
  readonly control: LocalStripeControl;
  readonly clock: MovableClock;
}

/** One thing that can be done over HTTP. What it returns is answered as JSON. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under `/_local/`; `*` stands for an id. */
  readonly path: string;
  readonly run: (parts: ControlParts, id: string, body: unknown) => unknown;
}

/** An operation that has nothing to tell but that it is done. */
export function order(
  method: 'POST' | 'DELETE',
  path: string,
  carryOut: (control: LocalStripeControl, id: string, body: unknown) => void | Promise<void>,
): Operation {
  return {
    method,
    path,
    async run({ control }, id, body) {
      await carryOut(control, id, body);
      return { done: true };
    },
  };
}

/** @throws ControlRefusal naming what does not fit. */
export function read<T extends z.ZodMiniType>(schema: T, body: unknown): z.output<T> {
  const parsed = z.safeParse(schema, body);
  if (parsed.success) return parsed.data;
  throw new ControlRefusal(400, `The body does not fit: ${z.prettifyError(parsed.error)}`);
}

/** How often a rule strikes, as a body says it: a count, or a probability with its seed. */
export const howOftenFields = {
  count: z.optional(z.int()),
  probability: z.optional(z.number()),
  seed: z.optional(z.string()),
};

/** @throws RangeError when it is neither or both. */
export function howOftenOf(body: {
  readonly count?: number | undefined;
  readonly probability?: number | undefined;
  readonly seed?: string | undefined;
}): HowOften {
  const { count, probability, seed } = body;
  if (probability === undefined && seed === undefined) return count === undefined ? {} : { count };
  if (count !== undefined || probability === undefined || seed === undefined) {
    throw new RangeError('Name a count, or a probability with the seed that repeats it.');
  }
  return { probability, seed };
}
