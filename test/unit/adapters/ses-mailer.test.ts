import { SESClient, SESServiceException } from '@aws-sdk/client-ses';
import { describe, expect, test, vi } from 'vitest';
import { createSesMailer, mailbox } from '../../../functions/adapters/ses-mailer.ts';

const address = 'billing@example.com';

test.each([
  { name: 'Lumen Weather', header: '"Lumen Weather" <billing@example.com>' },
  { name: 'Smith, Jones & Co.', header: '"Smith, Jones & Co." <billing@example.com>' },
  { name: 'The "Best" \\ Shop', header: '"The \\"Best\\" \\\\ Shop" <billing@example.com>' },
])('$name stands quoted before the address', ({ name, header }) => {
  expect(mailbox({ name, address })).toBe(header);
});

test.each(['Café Zoë', '天気', 'Evil\r\nBcc: everyone@example.com', '天気予報の会社'.repeat(12)])(
  '%j stands as encoded words, which no mail header can be broken with',
  (name) => {
    const [, words = ''] = /^(.*) <billing@example\.com>$/.exec(mailbox({ name, address })) ?? [];
    const texts = words.split(' ').map((word) => {
      expect(word).toMatch(/^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$/);
      expect(word.length).toBeLessThanOrEqual(75);
      return Buffer.from(word.slice('=?UTF-8?B?'.length, -'?='.length), 'base64').toString();
    });
    expect(texts.join('')).toBe(name);
  },
);

describe("SES's answer", () => {
  const mail = {
    from: { name: 'Example', address },
    replyTo: address,
    to: 'ada@example.com',
    subject: 'Hello',
    html: '<p>Hello</p>',
    text: 'Hello',
    tags: {},
  };
  const answerTo = (error: Error) => {
    const client = new SESClient({ region: 'eu-central-1' });
    vi.spyOn(client, 'send').mockImplementation(() => Promise.reject(error));
    return createSesMailer(client, 'mails').send(mail);
  };
  const ses = (name: string, message: string, $fault: 'client' | 'server' = 'client') =>
    new SESServiceException({ name, message, $fault, $metadata: {} });

  test.each([
    ['Throttling', 'Maximum sending rate exceeded.'],
    ['Throttling', 'Daily message quota exceeded.'],
    ['ThrottlingException', 'Rate exceeded'],
    ['TooManyRequestsException', 'Too many requests'],
    ['LimitExceededException', 'There are too many of something'],
    ['AccountSendingPausedException', 'Email sending is disabled for the account'],
    ['ConfigurationSetSendingPausedException', 'Email sending is disabled for the set'],
  ])('%s (%s) is "not now"', async (name, message) => {
    expect(await answerTo(ses(name, message))).toEqual({ kind: 'throttled', why: name });
  });

  test('of the sandbox is a no that says what to do, and names no address', async () => {
    const message = 'Email address is not verified. The following failed: ada@example.com';
    const answer = await answerTo(ses('MessageRejected', message));
    expect(answer).toMatchObject({ kind: 'refused', why: expect.stringContaining('sandbox') });
    expect(JSON.stringify(answer)).not.toContain('ada@');
    expect(await answerTo(ses('MailFromDomainNotVerifiedException', ''))).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('docs/mail-setup.md'),
    });
  });

  test('that is no answer leaves it open', async () => {
    expect(await answerTo(ses('ServiceUnavailable', '', 'server'))).toMatchObject({
      kind: 'unknown',
    });
    expect(await answerTo(new Error('socket hang up'))).toEqual({ kind: 'unknown', why: 'Error' });
    expect(await answerTo(ses('InvalidParameterValue', ''))).toMatchObject({ kind: 'refused' });
  });
});
