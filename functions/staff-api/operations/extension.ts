import * as z from 'zod/mini';
import { endExtension as end, extend } from '../extend.ts';
import { staffOperation } from '../staff-operation.ts';
import { moment, ofCustomer, reason } from './parts.ts';

export const grantExtension = staffOperation({
  path: ofCustomer,
  body: z.strictObject({ until: moment, reason }),
  handle: (dependencies, { caller, path, body }) =>
    extend(dependencies, caller, path.customer, body),
});

export const endExtension = staffOperation({
  path: ofCustomer,
  query: z.strictObject({ reason }),
  handle: (dependencies, { caller, path, query }) =>
    end(dependencies, caller, path.customer, query.reason),
});
