import * as z from 'zod/mini';
import { lineOfText } from '../../api/input.ts';
import { recordAuthorisation as record } from '../record-authorisation.ts';
import { staffOperation } from '../staff-operation.ts';
import { unblock } from '../unblock.ts';
import { ofMethod, reason } from './parts.ts';

/** What a customer signed, and where it can be found. */
export const authorisation = { name: lineOfText(100), reference: lineOfText(300) };

export const recordAuthorisation = staffOperation({
  path: ofMethod,
  body: z.strictObject(authorisation),
  handle: (dependencies, { caller, path, body }) => record(dependencies, caller, path, body),
});

export const liftBlock = staffOperation({
  path: ofMethod,
  query: z.strictObject({ reason }),
  handle: (dependencies, { caller, path, query }) =>
    unblock(dependencies, caller, path, query.reason),
});
