import { expect, test } from 'vitest';
import { type Frame, framed } from '../../../local/console/page/frame.ts';
import { html } from '../../../local/pages/html.ts';

const frame: Frame = {
  now: 0,
  due: [{ at: 30_000, what: 'the schedule EveryMinute starts sweep', by: 'cloud' }],
  nextCaseAt: 7_200_000,
  news: undefined,
  path: '/invoices',
  refreshSeconds: undefined,
  inboxUrl: 'http://127.0.0.1:1',
  stripeUrl: 'http://127.0.0.1:2',
};

test('the clock says what is next, and its buttons lead back to the page', () => {
  const page = framed(frame, 'Invoices', html`<p>body</p>`);
  expect(page).toContain('Next, in 30 s: the schedule EveryMinute starts sweep.');
  expect(page).toContain('To the next due case, in 2 hours');
  expect(page).toContain('name="back" value="/invoices"');
  expect(page).not.toContain('http-equiv="refresh"');
});

test("with Stripe's sandbox the clock stays where it is, and nothing leads to a local Stripe", () => {
  const page = framed({ ...frame, stripeUrl: undefined }, 'Invoices', html`<p>body</p>`);
  expect(page).not.toContain('<form');
  expect(page).not.toContain('Local Stripe');
  expect(page).toContain('has a time of its own');
});

test('news of what is no longer on the page stand at its top', () => {
  const news = { place: 'gone', text: 'It went.', isRefusal: false };
  expect(framed({ ...frame, news }, 'Invoices', html`<p>body</p>`)).toMatch(
    /<main>\s*<p class="said" role="status">It went\.<\/p>/,
  );
});
