import { escapeHtml } from '../../functions/mail/html.ts';

const common = `
body { margin: 1rem; background: #d5d8de; color: #16181d; font: 16px/1.4 system-ui, sans-serif }
h1, h2 { margin: 1.5rem 0 .75rem }`;

/** A page of its own, with a title above what is in it. */
export const document = (title: string, style: string, content: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${common}${style}</style>
<h1>${escapeHtml(title)}</h1>
${content}
</html>`;
