import type { MailRefusal, MailRequest } from './read-mail-request.ts';

/**
 * SES's limits for its first API: "Service quotas in Amazon SES", and `SendEmail` and
 * `SendRawEmail` in the API reference.
 */
export const mailLimits = {
  /** To, Cc and Bcc together. */
  recipients: 50,
  /** The whole message, attachments included, after it was decoded. */
  messageBytes: 10 * 1024 * 1024,
} as const;

/** Why SES refuses the mail for its size, in SES's words. */
export function refuseMailSize({
  recipientCount,
  messageBytes,
}: Pick<MailRequest, 'recipientCount' | 'messageBytes'>): MailRefusal | undefined {
  if (recipientCount > mailLimits.recipients) {
    const message = `Recipient count exceeds ${mailLimits.recipients}.`;
    return { code: 'InvalidParameterValue', message };
  }
  if (messageBytes > mailLimits.messageBytes) {
    const message = `Message length is more than ${mailLimits.messageBytes} bytes long: '${messageBytes}'.`;
    return { code: 'InvalidParameterValue', message };
  }
  return undefined;
}
