import { documentOf } from '../../pages/document.ts';
import { act, row } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';
import { type News, newsAt } from '../../pages/news.ts';
import type { Due } from '../view/due-view.ts';
import { consoleLook } from './style.ts';
import { relative, secondText } from './words.ts';

/** What every page of the console shows around its own. */
export interface Frame {
  /** The clock's time; epoch milliseconds, UTC. */
  readonly now: number;
  /** What happens next by itself, the earliest first. */
  readonly due: readonly Due[];
  /** When the next case is due, the sweep's own runs aside; epoch milliseconds. */
  readonly nextCaseAt: number | undefined;
  readonly news: News | undefined;
  /** The page's own path, without its query. */
  readonly path: string;
  readonly refreshSeconds: number | undefined;
  readonly inboxUrl: string;
  /** `undefined` where Stripe's sandbox is used, whose time nobody moves. */
  readonly stripeUrl: string | undefined;
}

const pages: readonly (readonly [path: string, title: string])[] = [
  ['/', 'Overview'],
  ['/invoices', 'Invoices'],
  ['/customers', 'Customers'],
  ['/mails', 'Mails'],
];

/** How often a page that refreshes by itself is asked for again. */
export const refreshEverySeconds = 5;

/** A whole page of the console. */
export function framed(frame: Frame, title: string, body: Html): string {
  const stripe =
    frame.stripeUrl === undefined ? undefined : html`<a href="${frame.stripeUrl}">Local Stripe</a>`;
  const bar = clockBar(frame);
  const isSaid = [bar, body].some(({ markup }) => markup.includes('role="status"'));
  // News of what is no longer on the page stand at its top.
  const said = frame.news === undefined || isSaid ? undefined : newsAt(frame, frame.news.place);
  const whole = html`<header><h1>Backstop on this machine</h1>
<div class="bar"><nav aria-label="Pages">${pages.map((page) => pageLink(frame, page))}<a href="${frame.inboxUrl}">Inbox</a>${stripe}</nav>
<nav aria-label="This page"><a href="${frame.path}">Refresh</a>${refreshToggle(frame)}</nav></div>
${bar}</header><main>
${said}${body}
</main>`;
  const { style } = consoleLook;
  return documentOf(`${title} · Backstop`, whole, { style, refreshSeconds: frame.refreshSeconds });
}

function pageLink({ path }: Frame, [to, title]: readonly [string, string]): Html {
  const current = path === to ? html` aria-current="page"` : undefined;
  return html`<a href="${to}"${current}>${title}</a>`;
}

function refreshToggle({ path, refreshSeconds }: Frame): Html {
  return refreshSeconds === undefined
    ? html`<a href="${path}?refresh=${refreshEverySeconds}">Refresh every ${refreshEverySeconds} s</a>`
    : html`<a href="${path}">Stop refreshing</a>`;
}

/** Where the clock stands and how to move it: one clock for the cloud and the local Stripe. */
function clockBar(frame: Frame): Html {
  const { now, due, stripeUrl } = frame;
  const [next] = due;
  const says =
    next === undefined
      ? 'Nothing is due by itself.'
      : `Next, ${relative(next.at, now)}: ${next.what}.`;
  const buttons =
    stripeUrl === undefined
      ? html`<p>Stripe’s sandbox has a time of its own, so the clock is left alone.</p>`
      : moves(frame);
  return html`<section id="clock" aria-label="Clock"><article>${newsAt(frame, 'clock')}
<p><strong class="now">${secondText(now)}</strong> ${says}</p>${buttons}</article></section>`;
}

function moves({ now, due, nextCaseAt, path }: Frame): Html {
  const move = (label: string, milliseconds: number) =>
    act('clock/forward', label, { milliseconds: String(milliseconds), back: path });
  const toNext = due.length === 0 ? [] : [act('clock/next', 'To what is next', { back: path })];
  const toCase =
    nextCaseAt === undefined || nextCaseAt <= now
      ? []
      : [act('clock/case', `To the next due case, ${relative(nextCaseAt, now)}`, { back: path })];
  return row([
    ...toNext,
    ...toCase,
    move('+ 1 minute', 60_000),
    move('+ 1 hour', 3_600_000),
    move('+ 1 day', 86_400_000),
  ]);
}

/** A page for what is not there. */
export const unknownPage = (frame: Frame, sentence: string): string =>
  framed(
    frame,
    'Not there',
    html`<h2>Not there</h2><article class="empty"><p>${sentence}</p><p><a href="/">Back to the overview</a></p></article>`,
  );
