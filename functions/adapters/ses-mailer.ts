import { type SESClient, SESServiceException, SendEmailCommand } from '@aws-sdk/client-ses';
import type { MailAnswer, Mailer } from '../domain/ports.ts';

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
        return answerOf(error);
      }
    },
  };
}

/**
 * SES's words for "not now": its sending rate and daily quota ("Maximum sending rate exceeded",
 * "Daily message quota exceeded" come as `Throttling`), and sending that is paused for the account
 * or the configuration set (SES Developer Guide, "Errors related to the sending quotas").
 */
const throttlings: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceededException',
  'AccountSendingPausedException',
  'ConfigurationSetSendingPausedException',
]);

/** What a person has to do about a refusal that comes again until they do. */
const remedies: ReadonlyMap<string, string> = new Map([
  [
    'MessageRejected',
    'an address is not verified: verify the sender in SES, and in the sandbox every recipient too, or leave the sandbox (docs/mail-setup.md)',
  ],
  [
    'MailFromDomainNotVerifiedException',
    "the DNS records of the custom MAIL FROM domain are not there (docs/mail-setup.md, 'MAIL FROM')",
  ],
]);

/** An answer with a 4xx is SES's own no; anything else may have been taken. */
function answerOf(error: unknown): MailAnswer {
  const name = error instanceof Error ? error.name : 'unknown error';
  const isNo = error instanceof SESServiceException && error.$fault === 'client';
  if (throttlings.has(name)) return { kind: 'throttled', why: name };
  if (!isNo) return { kind: 'unknown', why: name };
  // SES's own message names the address, which no log may have.
  const remedy = remedies.get(name);
  return { kind: 'refused', why: remedy === undefined ? name : `${name}: ${remedy}` };
}

/**
 * A name and address for a mail's header: quoted as RFC 5322 wants it, and as encoded words of
 * RFC 2047 where the name is not plain ASCII, or looks like such words itself.
 */
export function mailbox({ name, address }: { name: string; address: string }): string {
  const isPlain = /^[\x20-\x7e]*$/.test(name) && !name.includes('=?');
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
