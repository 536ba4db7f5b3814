import { expect, it } from 'vitest';
import { Story } from './story.ts';
import { tellCase, tellFallback } from './tell-case.ts';
import { tellNotice } from './tell-mail.ts';

it('finds nothing wrong with a backup that pays and is told of', () => {
  const story = new Story();
  const told = tellCase(story);
  told.recover(tellFallback(story, told, 'succeeded'));
  const notice = tellNotice(story, 'secondary_charged', '2');
  notice.claim();
  notice.send();
  notice.settle('sent');
  story.wait(60);
  story.conclude();
  expect(story.breaches).toEqual([]);
});

it('finds nothing wrong with a pass in which both are refused, and the next one', () => {
  const story = new Story();
  const told = tellCase(story);
  told.settleAs(tellFallback(story, told, 'generic_decline'));
  told.endPass(1);
  const notice = tellNotice(story, 'payment_failed', 'pass-1');
  notice.claim();
  notice.send();
  notice.settle('sent');
  story.wait(24 * 60 + 20);
  told.claim('pm_first', 'primary');
  told.recover(story.pay('in_1', 'pm_first', 'succeeded'));
  story.conclude();
  expect(story.breaches).toEqual([]);
});
