import { describe, expect, it } from 'vitest';
import { Story } from './story.ts';

const dayMinutes = 24 * 60;
/** The stories begin on September 1. */
const september = { exp_month: 9, exp_year: 2026 };
const october = { exp_month: 10, exp_year: 2026 };

/** The primary of `cus_a` expires with the month, and Stripe charges it on. */
function expiring(expiry: typeof september = september): Story {
  const story = new Story();
  giveDate(story, expiry);
  writeRoles(story, 'pm_first', 'pm_second');
  return story;
}

function giveDate(story: Story, expiry: typeof september): void {
  story.changeCard('pm_first', expiry);
  const { exp_month: expMonth, exp_year: expYear } = expiry;
  const mirror = { method: 'pm_first', expMonth, expYear, removedAt: null };
  story.write('CUSTOMER#cus_a', 'V#METHOD#pm_first', mirror);
}

const writeRoles = (story: Story, primary: string | null, secondary: string | null): void =>
  story.write('CUSTOMER#cus_a', 'V#CUSTOMER', {
    primary,
    secondary,
    members: [{ email: 'ada@a.example', role: 'owner' }],
  });

function remind(story: Story, threshold: string, expiry = '2026-09'): void {
  const notice = {
    kind: 'card_expiring',
    method: 'pm_first',
    fact: `pm_first-${expiry}-${threshold}`,
  };
  const message = {
    queue: 'notice',
    messageId: `message-${threshold}`,
    body: JSON.stringify({ customer: 'cus_a', notice }),
    sentAt: story.now,
    visibleAt: story.now,
    receiveCount: 0,
    isDead: false,
  };
  story.happens({ kind: 'message_sent', message });
}

const days = (story: Story, count: number): void => {
  story.wait(count * dayMinutes);
  story.outside();
};

/** What the rule finds of the story in the end; other rules see an invoice without a case. */
const breachesOf = (story: Story): readonly string[] => {
  story.conclude();
  return story.breaches.filter(({ rule }) => rule === '7 reminded').map(({ what }) => what);
};

describe('7 reminded', () => {
  it('finds nothing wrong with a mail for each threshold', () => {
    const story = expiring();
    remind(story, '30');
    days(story, 16);
    remind(story, '14');
    days(story, 11);
    remind(story, '3');
    days(story, 5);
    expect(breachesOf(story)).toEqual([]);
  });

  it('finds a threshold at which nobody was told', () => {
    const story = expiring();
    remind(story, '30');
    days(story, 32);
    expect(breachesOf(story)).toEqual([
      expect.stringContaining('no reminder of 14 days'),
      expect.stringContaining('no reminder of 3 days'),
    ]);
  });

  it.each([
    ['has another date', (story: Story) => giveDate(story, october), 'of another date'],
    ['was detached', (story: Story) => story.detach('pm_first'), 'of another date'],
    ['has no role', (story: Story) => writeRoles(story, 'pm_second', null), 'without a role'],
    ['is charged no more', cancel, 'charged no more'],
  ])('finds a reminder of a card that %s, unless it came about just now', (_, change, what) => {
    for (const minutes of [5, 20]) {
      const story = expiring();
      days(story, 16);
      change(story);
      story.wait(minutes);
      remind(story, '14');
      const found = breachesOf(story).filter((breach) => breach.includes('The reminder of'));
      expect(found).toEqual(minutes === 5 ? [] : [expect.stringContaining(what)]);
    }
  });

  it('finds one that comes too early, is of no threshold, or of an expiry that is to come', () => {
    for (const threshold of ['14', '20', 'expired']) {
      const story = expiring();
      remind(story, threshold);
      expect(breachesOf(story)).toEqual([expect.stringContaining('comes before its time')]);
    }
  });

  it('finds an expiry that is told although it was told of before', () => {
    const story = expiring();
    remind(story, '30');
    days(story, 31);
    remind(story, 'expired');
    expect(breachesOf(story)).toContainEqual(expect.stringContaining('says once more'));
  });

  it('finds one while we only observe', () => {
    const story = new Story('observe');
    giveDate(story, september);
    writeRoles(story, 'pm_first', null);
    remind(story, '30');
    expect(breachesOf(story)).toEqual([expect.stringContaining('only observe')]);
  });
});

function cancel(story: Story): void {
  story.set('subscriptions', { ...story.row('subscriptions', 'sub_a'), status: 'canceled' });
  story.outside('canceled');
}
