import { account, arnOf } from '../account.ts';
import { addressOf } from '../aws-request.ts';
import type { LocalMail } from '../records.ts';
import type { JsonObject } from '../template/template.ts';

/** The event types that the local SES makes, with EventBridge's word for each. */
const detailTypes = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
} as const;

export type MailEventType = keyof typeof detailTypes;

/** What becomes of a mail, by AWS's mailbox simulator: `bounce+LABEL@...` works as `bounce@...`. */
export function eventsOf(recipients: readonly string[]): ReadonlyMap<MailEventType, string[]> {
  const events = new Map<MailEventType, string[]>([['Send', [...recipients]]]);
  const add = (type: MailEventType, recipient: string) =>
    events.set(type, [...(events.get(type) ?? []), recipient]);
  for (const recipient of recipients) {
    const simulated = /^(bounce|complaint)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(
      addressOf(recipient),
    )?.[1];
    if (simulated?.toLowerCase() === 'bounce') add('Bounce', recipient);
    else add('Delivery', recipient);
    if (simulated?.toLowerCase() === 'complaint') add('Complaint', recipient);
  }
  return events;
}

/**
 * What SES tells EventBridge about a mail: the shape of "Contents of event data that Amazon SES
 * publishes", under EventBridge's own detail type.
 */
export function mailEvent(
  type: MailEventType,
  mail: LocalMail & { readonly configurationSet: string },
  recipients: readonly string[],
  now: number,
): {
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
} {
  return {
    detailType: detailTypes[type],
    resources: [arnOf('ses', `configuration-set/${mail.configurationSet}`)],
    detail: {
      eventType: type,
      mail: mailPart(mail),
      [type.toLowerCase()]: outcomePart(type, mail.id, recipients, new Date(now).toISOString()),
    },
  };
}

function mailPart(mail: LocalMail & { readonly configurationSet: string }): JsonObject {
  const source = addressOf(mail.from);
  const header = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [{ name, value: values.join(', ') }];
  const tags = Object.entries(mail.tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: new Date(mail.at).toISOString(),
    source: mail.from,
    sourceArn: arnOf('ses', `identity/${source}`),
    sendingAccountId: account.id,
    messageId: mail.id,
    destination: [...mail.to, ...mail.cc, ...mail.bcc],
    headersTruncated: false,
    headers: [
      ...header('From', [mail.from]),
      ...header('To', mail.to),
      ...header('Cc', mail.cc),
      ...header('Subject', [mail.subject]),
    ],
    commonHeaders: {
      from: [mail.from],
      to: mail.to,
      messageId: mail.id,
      subject: mail.subject,
    },
    tags: {
      'ses:configuration-set': [mail.configurationSet],
      'ses:from-domain': [source.slice(source.indexOf('@') + 1)],
      ...Object.fromEntries(tags),
    },
  };
}

function outcomePart(
  type: MailEventType,
  messageId: string,
  recipients: readonly string[],
  timestamp: string,
): JsonObject {
  switch (type) {
    case 'Send':
      return {};
    case 'Delivery':
      return {
        timestamp,
        processingTimeMillis: 0,
        recipients,
        smtpResponse: '250 2.6.0 Message received',
        reportingMTA: 'local.amazonses.com',
      };
    case 'Bounce':
      return {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: recipients.map((emailAddress) => ({
          emailAddress,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 user unknown',
        })),
        timestamp,
        feedbackId: `${messageId}-bounce`,
        reportingMTA: 'dsn; local.amazonses.com',
      };
    case 'Complaint':
      return {
        complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
        timestamp,
        feedbackId: `${messageId}-complaint`,
        complaintSubType: null,
        complaintFeedbackType: 'abuse',
        arrivalDate: timestamp,
      };
  }
}
