import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WaitingMessage } from '../evidence.ts';
import { Story } from './story.ts';
import { type CaseTeller, tellCase, tellFallback } from './tell-case.ts';
import { tellNotice } from './tell-mail.ts';

/** The backup has paid, and its owner is to be told. */
function recovered(): { story: Story; told: CaseTeller } {
  const story = new Story();
  const told = tellCase(story);
  told.recover(tellFallback(story, told, 'succeeded'));
  return { story, told };
}

/** Both were refused, the pass ended, and the owner is to be told. */
function failed(): { story: Story; told: CaseTeller } {
  const story = new Story();
  const told = tellCase(story);
  told.settleAs(tellFallback(story, told, 'generic_decline'));
  told.endPass(1);
  return { story, told };
}

describe('7 mail once', () => {
  it('finds a mail without a claim, and two under one', () => {
    const { story } = recovered();
    const notice = tellNotice(story, 'secondary_charged', '2');
    notice.send();
    expect(story.broken).toEqual(['7 mail once']);
    const twice = recovered();
    const other = tellNotice(twice.story, 'secondary_charged', '2');
    other.claim();
    twice.story.unconfirmedMails.push(other.send().id);
    other.send();
    expect(twice.story.broken).toEqual(['7 mail once']);
  });

  it('allows a second mail only where the first one is unconfirmed', () => {
    for (const isUnconfirmed of [true, false]) {
      const { story } = recovered();
      const notice = tellNotice(story, 'secondary_charged', '2');
      notice.claim();
      const { id } = notice.send();
      if (isUnconfirmed) story.unconfirmedMails.push(id);
      notice.claim();
      notice.send();
      expect(story.broken).toEqual(isUnconfirmed ? [] : ['7 mail once']);
    }
  });

  it('finds a claim of what is settled', () => {
    const { story } = recovered();
    const notice = tellNotice(story, 'secondary_charged', '2');
    notice.claim();
    notice.send();
    notice.settle('sent');
    notice.claim();
    expect(story.broken).toEqual(['7 mail once']);
  });

  it('finds in the end a mail that was never confirmed', () => {
    const { story } = recovered();
    const notice = tellNotice(story, 'secondary_charged', '2');
    notice.claim();
    notice.send();
    story.conclude();
    expect(story.broken).toEqual(['7 mail once']);
  });

  it('finds a mail that does not say which notice it is', () => {
    const { story } = recovered();
    const notice = tellNotice(story, 'secondary_charged', '2');
    notice.claim();
    notice.send({ tags: {} });
    expect(story.broken).toEqual(['7 mail once']);
  });
});

describe('7 recipient and 7 content', () => {
  it('finds a mail to a stranger, to another customer, and about nothing', () => {
    for (const change of [
      { to: 'somebody@else.example' },
      { to: 'bob@b.example' },
      { text: 'Amount paid: $10.50' },
    ]) {
      const { story } = recovered();
      story.addCustomer('b', 'bob@b.example', '1111', '2222');
      story.outside();
      const notice = tellNotice(story, 'secondary_charged', '2');
      notice.claim();
      notice.send(change);
      expect(story.broken).toEqual(['7 recipient']);
    }
  });

  it.each([
    ['another amount', '$10.50', '$1,050.00'],
    [
      'another card that paid',
      'Paid with: Mastercard ending in 4444',
      'Paid with: Visa ending in 4242',
    ],
    ['a card of somebody else', 'ending in 4242', 'ending in 9999'],
    ['no primary', 'your Visa ending in 4242', 'your payment method'],
  ])('finds %s', (_, right, wrong) => {
    const { story } = recovered();
    const notice = tellNotice(story, 'secondary_charged', '2');
    notice.claim();
    const text = [
      'We could not charge your Visa ending in 4242.',
      'Amount paid: $10.50',
      'Paid with: Mastercard ending in 4444',
      'Invoice: NUMBER-in_1',
    ]
      .join('\n')
      .replace(right, wrong);
    notice.send({ text, html: text });
    expect(story.broken).toEqual(['7 content']);
  });

  const inGerman = {
    subject:
      'Lumen Weather hat 10,50 $ von Ihrer Ersatz-Zahlungsart abgebucht: Mastercard (Endziffern 4444)',
    text: [
      'Die Zahlung mit Ihrer Visa (Endziffern 4242) ist fehlgeschlagen.',
      'Bezahlter Betrag: 10,50\u00a0$',
      'Bezahlt mit: Mastercard (Endziffern 4444)',
      'Rechnung: NUMBER-in_1',
    ].join('\n'),
  };

  it.each([
    ['nothing in a German mail to who reads German', ['de-DE'], '', '', []],
    ['a German mail to who reads English', [], '', '', ['7 content']],
    ['an amount as the English write it', ['de-DE'], '10,50\u00a0$', '$10.50', ['7 content']],
    [
      'another card in German',
      ['de-DE'],
      'mit: Mastercard (Endziffern 4444)',
      'mit: Visa',
      ['7 content'],
    ],
    [
      'a card of somebody else in German',
      ['de-DE'],
      'Endziffern 4242',
      'Endziffern 9999',
      ['7 content'],
    ],
  ])('finds %s', (_, languages, right, wrong, broken) => {
    const { story } = recovered();
    story.reads('cus_a', languages);
    const notice = tellNotice(story, 'secondary_charged', '2');
    notice.claim();
    const text = inGerman.text.replace(right, wrong);
    notice.send({ ...inGerman, text, html: `<html lang="de"><p>${text}</p>` });
    expect(story.broken).toEqual(broken);
  });

  it('finds another amount in the HTML than in the text', () => {
    const { story } = recovered();
    const notice = tellNotice(story, 'secondary_charged', '2');
    notice.claim();
    notice.send({ html: '<p>NUMBER-in_1 $9.99</p>' });
    expect(story.broken).toEqual(['7 content']);
  });
});

describe('7 suppressed', () => {
  const person = createHash('sha256').update('ada@a.example').digest('hex').slice(0, 32);
  const sesTells = (story: Story, detail: object): void => {
    const mail = { destination: ['Ada@a.example'] };
    const message: WaitingMessage = {
      queue: 'mailEvents',
      messageId: 'told',
      body: JSON.stringify({ detail: { mail, ...detail } }),
      sentAt: story.now,
      visibleAt: story.now,
      receiveCount: 0,
      isDead: false,
    };
    story.happens({ kind: 'message_sent', message });
  };
  const bounce = { eventType: 'Bounce', bounce: { bounceType: 'Permanent' } };
  const giveUp = (story: Story, liftedAt: number | null = null): void =>
    story.write(`SUPPRESSED#${person}`, 'SUPPRESSION', { person, why: 'bounce', liftedAt });

  it('finds a mail that was claimed after its address was given up, and allows others', () => {
    for (const order of ['before', 'after', 'lifted'] as const) {
      const { story } = recovered();
      const notice = tellNotice(story, 'secondary_charged', '2');
      if (order === 'before') notice.claim();
      sesTells(story, bounce);
      giveUp(story);
      if (order === 'lifted') giveUp(story, story.now);
      if (order !== 'before') notice.claim();
      notice.send();
      expect(story.broken).toEqual(order === 'after' ? ['7 suppressed'] : []);
    }
  });

  it('finds an address that is given up for no reason', () => {
    for (const detail of [
      { eventType: 'Delivery' },
      { eventType: 'Bounce', bounce: { bounceType: 'Transient' } },
    ]) {
      const { story } = recovered();
      sesTells(story, detail);
      giveUp(story);
      expect(story.broken).toEqual(['7 suppressed']);
    }
  });

  it('finds a mail that was not sent although its address is good', () => {
    const { story } = recovered();
    const notice = tellNotice(story, 'secondary_charged', '2');
    notice.claim();
    notice.settle('undeliverable');
    expect(story.broken).toEqual(['7 suppressed']);
  });

  it('finds in the end what was told and not written, and who was not told', () => {
    const { story } = failed();
    const notice = tellNotice(story, 'payment_failed', 'pass-1');
    notice.claim();
    notice.send();
    notice.settle('sent');
    sesTells(story, { eventType: 'Complaint' });
    story.conclude();
    expect(story.broken).toEqual(['7 suppressed']);

    const two = failed();
    const members = ['ada@a.example', 'bob@b.example'].map((email) => ({ email, role: 'owner' }));
    const before = two.story.item('CUSTOMER#cus_a', 'V#CUSTOMER');
    two.story.write('CUSTOMER#cus_a', 'V#CUSTOMER', { ...before, members }, 2);
    two.story.breaches.length = 0;
    sesTells(two.story, bounce);
    giveUp(two.story);
    two.story.conclude();
    expect(two.story.broken).toContain('7 suppressed');
  });
});

describe('7 backup told', () => {
  it('finds none, two facts for one payment, and one for none', () => {
    const none = recovered();
    none.story.conclude();
    expect(none.story.broken).toEqual(['7 backup told']);
    const two = recovered();
    for (const fact of ['2', '3']) {
      const notice = tellNotice(two.story, 'secondary_charged', fact);
      notice.claim();
      notice.send();
      notice.settle('sent');
    }
    two.story.conclude();
    expect(two.story.broken).toEqual(['7 backup told']);
    const { story } = failed();
    const notice = tellNotice(story, 'secondary_charged', '2');
    notice.claim();
    notice.send();
    expect(story.broken).toEqual(['7 backup told']);
  });
});

describe('7 failure told', () => {
  it('finds no mail, and more mails than passes', () => {
    const none = failed();
    none.story.conclude();
    expect(none.story.broken).toEqual(['7 failure told']);
    const two = failed();
    for (const fact of ['pass-1', 'pass-2']) {
      const notice = tellNotice(two.story, 'payment_failed', fact);
      notice.claim();
      notice.send();
    }
    expect(two.story.broken).toEqual(['7 failure told']);
  });

  it('finds a failure told after the case was known to be paid, not one just before', () => {
    for (const isLate of [true, false]) {
      const { story, told } = failed();
      const notice = tellNotice(story, 'payment_failed', 'pass-1');
      if (!isLate) notice.claim();
      story.wait(24 * 60 + 20);
      told.claim('pm_first', 'primary');
      told.recover(story.pay('in_1', 'pm_first', 'succeeded'));
      if (isLate) notice.claim();
      notice.send();
      expect(story.broken).toEqual(isLate ? ['7 failure told'] : []);
    }
  });

  it('finds a notice that was dropped while the case goes on, and allows it once it is over', () => {
    const { story, told } = failed();
    const notice = tellNotice(story, 'payment_failed', 'pass-1');
    notice.claim();
    notice.settle('dropped');
    expect(story.broken).toEqual(['7 failure told']);
    const over = failed();
    over.story.wait(24 * 60 + 20);
    over.told.claim('pm_first', 'primary');
    over.told.recover(over.story.pay('in_1', 'pm_first', 'succeeded'));
    const late = tellNotice(over.story, 'payment_failed', 'pass-1');
    late.claim();
    late.settle('dropped');
    over.story.conclude();
    expect(over.story.broken).toEqual([]);
    expect(told.key).not.toBe('');
  });

  it('finds a mail about a pass that a person wanted', () => {
    const { story, told } = failed();
    const first = tellNotice(story, 'payment_failed', 'pass-1');
    first.claim();
    first.send();
    told.write({ retryWanted: 1 });
    told.claim('pm_first', 'primary', { retryServed: 1 });
    told.settleAs(story.pay('in_1', 'pm_first', 'generic_decline'));
    told.endPass(3);
    const notice = tellNotice(story, 'payment_failed', 'pass-2');
    notice.claim();
    notice.send();
    expect(story.broken).toEqual(['7 failure told']);
  });
});
