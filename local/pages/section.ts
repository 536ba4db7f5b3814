import { type Html, html } from './html.ts';
import { type News, newsAt } from './news.ts';

interface Section<T> {
  readonly id: string;
  readonly title: string;
  /** One sentence for who sees it for the first time. */
  readonly hint: string;
  /** Newest first. */
  readonly rows: readonly T[];
  readonly show: (row: T) => Html;
  /** How many of the newest are shown; the API has them all. @default all */
  readonly most?: number;
  /** What stands there while there is nothing. */
  readonly empty: Html;
  readonly after?: Html | undefined;
}

export function section<T>(view: { readonly news: News | undefined }, parts: Section<T>): Html {
  const { id, title, hint, rows, show, empty, after, most = rows.length } = parts;
  const count = rows.length > most ? `newest ${most} of ${rows.length}` : `${rows.length}`;
  const shown = rows.length === 0 ? [empty] : rows.slice(0, most).map(show);
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title} <small>${count}</small></h2>
<p class="hint">${hint}</p>${newsAt(view, id)}${shown}${after}</section>`;
}
