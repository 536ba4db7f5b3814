import * as z from 'zod/mini';
import { listObservations } from '../list-observations.ts';
import { staffOperation } from '../staff-operation.ts';
import { cursor } from './parts.ts';

/** What mode `observe` saw, oldest first. */
export const findObservations = staffOperation({
  query: z.strictObject({ cursor }),
  handle: (dependencies, { query }) => listObservations(dependencies, query),
});
