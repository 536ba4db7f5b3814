import { type Html, html } from './html.ts';

/** What the last wish came to, and where on the page it belongs. */
export interface News {
  /** The id of an element. */
  readonly place: string;
  readonly text: string;
  readonly isRefusal: boolean;
}

/** The news that belongs to this element, if there is any. */
export function newsAt(
  { news }: { readonly news: News | undefined },
  place: string,
): Html | undefined {
  if (news?.place !== place) return undefined;
  const kind = news.isRefusal ? 'said bad' : 'said';
  return html`<p class="${kind}" role="status">${news.text}</p>`;
}

/** News that wait to be shown after the way back from a form; a person looks at the newest. */
export interface NewsBox {
  /** @returns the number under which it is found again. */
  keep(item: News): string;
  find(number: string | null): News | undefined;
}

const mostNews = 20;

export function createNewsBox(): NewsBox {
  const kept = new Map<string, News>();
  let count = 0;
  return {
    keep(item) {
      count += 1;
      kept.set(String(count), item);
      kept.delete(String(count - mostNews));
      return String(count);
    },
    find: (number) => kept.get(number ?? ''),
  };
}
