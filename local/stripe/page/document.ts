import { Html, html } from '../html.ts';
import { style } from './style.ts';

/** A whole page of the local Stripe. */
export function documentOf(title: string, body: Html): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${new Html(style)}</style></head><body>
${body}
</body></html>`;
  return page.markup;
}
