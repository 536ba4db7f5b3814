import { describe, expect, it } from 'vitest';
import { amountsInWords } from './published/amounts.ts';
import { isCardNumber } from './rules/secrets.ts';
import { Story } from './story.ts';
import { tellCase } from './tell-case.ts';

const send = (story: Story, queue: string, body: string): void => {
  story.happens({
    kind: 'message_sent',
    message: {
      queue,
      messageId: 'message-1',
      body,
      sentAt: 0,
      visibleAt: 0,
      receiveCount: 0,
      isDead: false,
    },
  });
};

describe('8 no secrets', () => {
  it.each([
    ['a card number', 'paid with 4242424242424242'],
    ['a card number in groups', 'paid with 4000 0566 5566 5556'],
    ['an API key', 'key sk_live_51abc'],
    ['a restricted key', 'key rk_test_51abc'],
    ['a signing secret', 'whsec_abcdef'],
    ['a mail address', 'to ada@a.example'],
    ['a name', 'for Person A'],
  ])('finds %s in a line that is logged, and in a message', (_, words) => {
    const logged = new Story();
    logged.say(words);
    expect(logged.broken).toEqual(['8 no secrets']);
    const queued = new Story();
    send(queued, 'retry', words);
    expect(queued.broken).toEqual(['8 no secrets']);
  });

  it('finds a card number, a key and an address in an item', () => {
    for (const words of ['5555555555554444', 'sk_test_1', 'ada@a.example']) {
      const story = new Story();
      story.write('CARD#print4242', 'LEDGER', { words });
      expect(story.broken).toEqual(['8 no secrets']);
    }
  });

  it('allows addresses among the members, ids, times and what SES says of a mail', () => {
    const story = new Story();
    const members = [{ email: 'ada@a.example', role: 'owner' }];
    const item = { members, secondary: 'pm_second', at: 1_788_000_000_006 };
    story.write('CUSTOMER#cus_a', 'V#CUSTOMER', item);
    story.say('{"invoice":"in_1000000424242424242","took":4242424242424241}');
    send(story, 'mail-events', '{"mail":{"destination":["ada@a.example"]}}');
    expect(story.broken).toEqual([]);
  });

  it('knows a card number by its length and its check digit', () => {
    expect(['4242424242424242', '378282246310005', '2223003122003222'].every(isCardNumber)).toBe(
      true,
    );
    expect(['4242424242424241', '2788000000006', '30569309020005'].some(isCardNumber)).toBe(false);
  });
});

describe('9 apart', () => {
  it("finds another customer's ids in an item and in a message", () => {
    for (const id of ['cus_b', 'in_2', 'pm_firstb', 'ch_2']) {
      const story = new Story();
      story.addCustomer('b', 'bob@b.example', '1111', '2222');
      story.addInvoice('in_2', 'b');
      story.stripeTries('in_2', 'pm_firstb', 'generic_decline');
      tellCase(story).begin();
      expect(story.broken).toEqual([]);
      story.write('CUSTOMER#cus_a', 'LOG#in_1#0001', { words: `after ${id}, again` });
      expect(story.broken).toEqual(['9 apart']);
      const queued = new Story();
      queued.addCustomer('b', 'bob@b.example', '1111', '2222');
      queued.addInvoice('in_2', 'b');
      queued.stripeTries('in_2', 'pm_firstb', 'generic_decline');
      send(queued, 'retry', JSON.stringify({ customer: 'cus_a', invoice: id }));
      expect(queued.broken).toEqual(['9 apart']);
    }
  });
});

describe('amounts in words', () => {
  it.each([
    [1050, 'usd', '$10.50'],
    [1050, 'jpy', '¥1,050'],
    [1050, 'kwd', 'KWD 1.050'],
    [1050, 'eur', '€10.50'],
    [1000, 'huf', 'HUF 10'],
  ])('writes %i %s as %s', (amount, currency, words) => {
    // Intl puts a narrow or a no-break space behind a code.
    const written = amountsInWords(amount, currency, undefined);
    expect(written.map((each) => each.replaceAll(/\s/g, ' '))).toContain(words);
  });
});
