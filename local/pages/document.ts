import { Html, html } from './html.ts';
import { commonLook } from './style.ts';

/** What stands in a page's head beside its title. */
export interface Head {
  /** The style of the {@link Look} that the page is sent with. */
  readonly style: string;
  /** Seconds after which the browser asks again. */
  readonly refreshSeconds?: number | undefined;
}

/** A whole page. */
export function documentOf(title: string, body: Html, head: Head = commonLook): string {
  const { style, refreshSeconds } = head;
  const refresh =
    refreshSeconds === undefined
      ? undefined
      : html`<meta http-equiv="refresh" content="${refreshSeconds}">`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}
<title>${title}</title><style>${new Html(style)}</style></head><body>
${body}
</body></html>`;
  return page.markup;
}
