import * as z from 'zod/mini';
import type { SetupView } from '../../../functions/account/start-set-up.ts';
import { answer, maybeMoney, maybeText, text } from '../answer-schema.ts';

export const setupView = answer<SetupView>()(
  'SetupView',
  z.strictObject({
    setupIntent: text,
    clientSecret: text,
    role: z.enum(['primary', 'secondary', 'spare']),
    willTry: z.array(z.strictObject({ invoice: text, number: maybeText, amountDue: maybeMoney })),
  }),
);
