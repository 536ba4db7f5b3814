import { type SESClient, SESServiceException, SendEmailCommand } from '@aws-sdk/client-ses';
import type { Mailer } from '../domain/ports.ts';

/** Mails through SES; the configuration set publishes what becomes of each. */
export function createSesMailer(client: SESClient, configurationSet: string): Mailer {
  return {
    async send(mail) {
      try {
        const answer = await client.send(
          new SendEmailCommand({
            Source: mailbox(mail.from),
            ReplyToAddresses: [mail.replyTo],
            Destination: { ToAddresses: [mail.to] },
            ConfigurationSetName: configurationSet,
            Tags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value })),
            Message: {
              Subject: { Data: mail.subject, Charset: 'UTF-8' },
              Body: {
                Html: { Data: mail.html, Charset: 'UTF-8' },
                Text: { Data: mail.text, Charset: 'UTF-8' },
              },
            },
          }),
        );
        return { kind: 'accepted', messageId: answer.MessageId ?? '' };
      } catch (error) {
        // An answer with a 4xx is SES's own no; anything else may have been taken.
        if (error instanceof SESServiceException && error.$fault === 'client') {
          return { kind: 'refused', why: error.name };
        }
        return { kind: 'unknown', why: error instanceof Error ? error.name : 'unknown error' };
      }
    },
  };
}

/**
 * A name and address for a mail's header: quoted as RFC 5322 wants it, and as an encoded word
 * of RFC 2047 where the name is not plain ASCII.
 */
export function mailbox({ name, address }: { name: string; address: string }): string {
  const isPlain = /^[\x20-\x7e]*$/.test(name);
  const quoted = `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
  const encoded = `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`;
  return `${isPlain ? quoted : encoded} <${address}>`;
}
