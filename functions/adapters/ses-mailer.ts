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
 * A name and address for a mail's header: quoted as RFC 5322 wants it, and as encoded words of
 * RFC 2047 where the name is not plain ASCII.
 */
export function mailbox({ name, address }: { name: string; address: string }): string {
  const isPlain = /^[\x20-\x7e]*$/.test(name);
  const quoted = `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
  return `${isPlain ? quoted : encodedWords(name)} <${address}>`;
}

/** RFC 2047, 2: an encoded word has at most 75 characters, of which 12 are not the text's. */
const mostBytesInWord = 45;

function encodedWords(text: string): string {
  const words: string[] = [''];
  for (const character of text) {
    const longer = `${words.at(-1)}${character}`;
    if (Buffer.byteLength(longer) > mostBytesInWord) words.push(character);
    else words[words.length - 1] = longer;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}
