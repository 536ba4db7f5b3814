import { expect, test } from 'vitest';
import { attributesOf } from '../../../local/console/page/attributes.ts';
import { linked, relative, withAddresses } from '../../../local/console/page/words.ts';
import { explain } from '../../../local/console/view/explain.ts';
import { roomOf } from '../../../local/console/view/names.ts';

test.each([
  [0, 500, 'now'],
  [5_000, 0, 'in 5 s'],
  [0, 59_999, '59 s ago'],
  [0, 60_000, '1 minute ago'],
  [90_000_000, 0, 'in 1 day 1 hour'],
])('%i seen from %i is %s', (at, now, words) => {
  expect(relative(at, now)).toBe(words);
});

test('ids in a text lead to what they name, and the rest stays text', () => {
  expect(linked('key backstop-in_1-2-pm_b <b>, main_x').markup).toBe(
    'key backstop-<a href="/invoices/in_1">in_1</a>-2-<a href="/methods/pm_b">pm_b</a> &lt;b&gt;, main_x',
  );
  expect(linked('mail ses-12 of cus_9').markup).toBe(
    'mail <a href="/mails/ses-12">ses-12</a> of <a href="/customers/cus_9">cus_9</a>',
  );
});

test('only web addresses become links, and nothing escapes from them', () => {
  expect(withAddresses('see http://a.example/?a=1&b="><script> or javascript:x').markup).toBe(
    'see <a href="http://a.example/?a=1&amp;b=" rel="noreferrer">http://a.example/?a=1&amp;b=</a>&quot;&gt;&lt;script&gt; or javascript:x',
  );
});

test('attributes are read by their names: moments, money, lists, nothing', () => {
  const item = {
    sk: 'S',
    dueAt: 61_000,
    queuedUntil: 0,
    attemptCount: 3,
    hold: null,
    owed: [],
    ownsCollection: true,
    amountDue: { amount: 4900, currency: 'usd' },
    members: [{ name: '<i>' }],
    pk: 'P',
  };
  const text = attributesOf(item, 1_000)
    .markup.replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
  expect(text.trim()).toBe(
    'pk P sk S dueAt 1970-01-01 00:01:01 UTC (in 1 minute) queuedUntil 0 attemptCount 3 hold none ' +
      'owed none ownsCollection yes amountDue $49.00 (4900 usd) members name &lt;i&gt;',
  );
});

test('a rule of another release is told by its name', () => {
  // What a newer release wrote is not in this one's types.
  const trace = [{ rule: 'moon_is_full', about: 'pm_1' }] as unknown as Parameters<
    typeof explain
  >[0];
  expect(explain(trace)).toEqual(['moon is full. (pm_1)']);
});

test('the time that a rule is about is told once', () => {
  const at = Date.parse('2026-11-30T14:00:00Z');
  const [waits, moved] = explain([
    { rule: 'network_asks_to_wait', about: new Date(at).toISOString(), at },
    { rule: 'fallback_waits', about: 'insufficient_funds', at },
  ]);
  expect(waits).toMatch(/\(2026-11-30 14:00 UTC\)$/);
  expect(moved).toMatch(/\(insufficient funds, 2026-11-30 14:00 UTC\)$/);
});

test.each([
  ['StripeWebhookFunction80F46164', 'stripe-webhook'],
  ['RetryFunctionF0626DA3', 'retry'],
  ['Odd', 'odd'],
])('%s is the room %s', (logicalId, room) => {
  expect(roomOf(logicalId)).toBe(room);
});
