import { expect, test } from 'vitest';
import { mailbox } from '../../../functions/adapters/ses-mailer.ts';

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
