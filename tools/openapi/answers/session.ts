import * as z from 'zod/mini';
import type { SessionView } from '../../../functions/customer-api/sessions.ts';
import type { PortalSessionView } from '../../../functions/staff-api/operations/portal-sessions.ts';
import { answer, maybeText, text, time } from '../answer-schema.ts';

const memberRole = z.enum(['owner', 'viewer']);

export const sessionView = answer<SessionView>()(
  'SessionView',
  z.strictObject({
    email: maybeText,
    customers: z.array(z.strictObject({ customer: text, name: maybeText, role: memberRole })),
    customer: maybeText,
    role: z.nullable(memberRole),
    returnUrl: maybeText,
    endsAt: time,
  }),
);

export const portalSessionView = answer<PortalSessionView>()(
  'PortalSessionView',
  z.strictObject({ url: text, expiresAt: time }),
);

/** What is said to whoever asks for a link, whether or not anybody is known by the address. */
export const accepted = answer<{ readonly detail: string }>()(
  'Accepted',
  z.strictObject({ detail: text }),
);
