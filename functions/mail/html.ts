/** Markup that may stand in a mail as it is; {@link html} makes it. */
export interface Html {
  readonly markup: string;
}

/** What stands in a place of markup: text, which is escaped, or markup, none or in a row. */
export type Fill = string | Html | readonly Html[];

/** Markup with values in it: the one place where what somebody typed becomes part of a mail. */
export function html(markup: TemplateStringsArray, ...fills: readonly Fill[]): Html {
  const [first = '', ...others] = markup;
  const rest = others.map((piece, at) => markupOf(fills[at] ?? '') + piece);
  return { markup: first + rest.join('') };
}

function markupOf(fill: Fill): string {
  if (typeof fill === 'string') return escapeHtml(fill);
  return 'markup' in fill ? fill.markup : fill.map(({ markup }) => markup).join('');
}

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
