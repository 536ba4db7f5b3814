import * as z from 'zod/mini';
import { type Fault, faultKinds } from '../../api/faults.ts';
import { howOftenFields, howOftenOf, type Operation, order, read } from './operation.ts';

const faultBody = z.strictObject({
  method: z.enum(['GET', 'POST', 'DELETE']),
  path: z.string().check(z.startsWith('/v1/')),
  kind: z.enum(faultKinds),
  milliseconds: z.optional(z.number()),
  ...howOftenFields,
});

/** Requests that go wrong on purpose, and what came in. */
export const faultOperations: readonly Operation[] = [
  { method: 'GET', path: 'requests', run: ({ control }) => control.requests() },
  { method: 'GET', path: 'faults', run: ({ control }) => control.faults.list() },
  order('POST', 'faults', (control, _id, body) => {
    const wish = read(faultBody, body);
    control.faults.add({ ...faultOf(wish), ...howOftenOf(wish) });
  }),
  order('POST', 'faults/release', (control) => {
    control.faults.release();
  }),
  order('DELETE', 'faults', (control) => {
    control.faults.clear();
  }),
];

/** @throws RangeError when a latency says no time, or something else says one. */
export function faultOf(wish: {
  readonly method: Fault['method'];
  readonly path: string;
  readonly kind: Fault['kind'];
  readonly milliseconds?: number | undefined;
}): Fault {
  const { method, path, kind, milliseconds } = wish;
  if (kind === 'latency') return { method, path, kind, milliseconds: milliseconds ?? 0 };
  if (milliseconds !== undefined) {
    throw new RangeError('Milliseconds are for the kind "latency" alone.');
  }
  return { method, path, kind };
}
