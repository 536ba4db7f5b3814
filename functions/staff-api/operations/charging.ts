import * as z from 'zod/mini';
import { readSwitch, throwSwitch } from '../charging.ts';
import { staffOperation } from '../staff-operation.ts';
import { reason } from './parts.ts';

export const showCharging = staffOperation({
  handle: async (dependencies) => ({ status: 200, body: await readSwitch(dependencies) }),
});

export const changeCharging = staffOperation({
  body: z.strictObject({ charging: z.enum(['allowed', 'stopped']), reason }),
  handle: async (dependencies, { caller, body }) => ({
    status: 200,
    body: await throwSwitch(dependencies, caller, body),
  }),
});
