import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mailableAddress } from '../../../../functions/domain/notice/mail-address.ts';

test.each([
  ['ada@example.com', 'ada@example.com'],
  [' Ada.Lovelace+bills@Example.COM ', 'Ada.Lovelace+bills@example.com'],
  ["o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk"],
  ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
  ['ada@例え.テスト', 'ada@xn--r8jz45g.xn--zckzah'],
])('%s is sent to as %s', (typed, address) => {
  expect(mailableAddress(typed)).toEqual({ address });
});

test.each([
  '',
  'ada',
  'ada@',
  '@example.com',
  'ada@bob@example.com',
  'ada@localhost',
  'ada@192.0.2.1',
  'ada@[192.0.2.1]',
  'ada@１９２.０.２.１',
  'ada lovelace@example.com',
  'ada@exam ple.com',
  'ada,bob@example.com',
  'ada@example.com,bob@example.com',
  'Ada <ada@example.com>',
  '"ada"@example.com',
  '.ada@example.com',
  'a..da@example.com',
  'ada@example..com',
  'ada@-example.com',
  'ada@example.com\r\nBcc: bob@example.com',
  'ada\u0000@example.com',
  'ada@example.com/x.com',
  'ada@münchen.example:25',
  `${'a'.repeat(65)}@example.com`,
  `ada@${'a'.repeat(64)}.com`,
  `ada@${'abcdefg.'.repeat(32)}com`,
])('%j is malformed', (typed) => {
  expect(mailableAddress(typed)).toEqual({ fault: 'malformed' });
});

test('SES takes only ASCII before the @', () => {
  expect(mailableAddress('müller@example.com')).toEqual({ fault: 'not_ascii' });
});

test('whatever is typed: what is sent to is one plain address', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 12 });
  const anyAddress = fc.oneof(
    anyText,
    fc.tuple(anyText, anyText).map(([local, domain]) => `${local}@${domain}.example`),
    anyText.map((domain) => `ada@a${domain}.example`),
  );
  fc.assert(
    fc.property(anyAddress, (typed) => {
      const mailable = mailableAddress(typed);
      if ('fault' in mailable) return;
      expect(mailable.address).toMatch(/^[!-~]+@[a-z0-9.-]+$/);
      expect(mailable.address).not.toMatch(/[<>()[\],;:\\"]/);
    }),
    { numRuns: 150 },
  );
});
