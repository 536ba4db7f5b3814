import * as z from 'zod/mini';
import type { SuppressionCause } from '../domain/notice/suppression.ts';

/** SES's events as EventBridge delivers them (SES Developer Guide, "SES events schema reference"). */
export const mailEventSchema = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      messageId: z.string(),
      /** When it was sent, ISO 8601. */
      timestamp: z.pipe(z.iso.datetime({ offset: true }), z.transform(Date.parse)),
      tags: z.record(z.string(), z.array(z.string())),
    }),
    bounce: z.optional(z.object({ bounceType: z.string() })),
    complaint: z.optional(z.object({ complaintFeedbackType: z.nullish(z.string()) })),
  }),
});
export type MailEvent = z.output<typeof mailEventSchema>['detail'];

/** Reports that SES publishes as complaints, in which nobody complains (RFC 5965, 7.3; IANA). */
const noComplaints: ReadonlySet<string> = new Set(['not-spam', 'auth-failure']);

/**
 * Why nothing more should be sent to where the mail went; `null` where it may. A bounce that is not
 * permanent (a full mailbox, a server that was down) says nothing of the next mail.
 */
export function whySuppressed({
  eventType,
  bounce,
  complaint,
}: MailEvent): SuppressionCause | null {
  if (eventType === 'Bounce') return bounce?.bounceType === 'Permanent' ? 'bounce' : null;
  if (eventType !== 'Complaint') return null;
  return noComplaints.has(complaint?.complaintFeedbackType ?? '') ? null : 'complaint';
}
