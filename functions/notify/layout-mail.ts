import type { NoticeReader, RenderedMail } from './render-notice.ts';

/** What a mail says, before it has a form. */
export interface MailText {
  readonly subject: string;
  /** The line that an inbox shows behind the subject. */
  readonly preheader: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Name and value; a `null` value leaves the row out. */
  readonly facts: readonly (readonly [string, string | null])[];
  readonly action: { readonly label: string; readonly url: string } | null;
}

/** The one layout of all mails: HTML that old clients can read, and the same as plain text. */
export function layoutMail(text: MailText, reader: NoticeReader): Omit<RenderedMail, 'subject'> {
  return { html: layoutHtml(text, reader), text: layoutText(text, reader) };
}

function layoutText(text: MailText, { settings, name }: NoticeReader): string {
  const { business } = settings;
  const rows = text.facts.flatMap(([label, value]) =>
    value === null ? [] : [`${label}: ${value}`],
  );
  const blocks = [
    text.title,
    greeting(name),
    ...text.paragraphs,
    rows.join('\n'),
    ...(text.action === null ? [] : [`${text.action.label}:\n${text.action.url}`]),
    `Questions? Reply to this mail or write to ${business.supportEmail}.`,
    business.name,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function layoutHtml(text: MailText, { settings, name }: NoticeReader): string {
  const { business } = settings;
  const rows = text.facts.flatMap(([label, value]) =>
    value === null ? [] : [factRow(label, value)],
  );
  const paragraphs = [greeting(name), ...text.paragraphs].map(
    (line) => `<p style="margin:0 0 16px">${escapeHtml(line)}</p>`,
  );
  const button = text.action === null ? '' : buttonOf(text.action);
  const contact = escapeHtml(business.supportEmail);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(text.subject)}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #14171c !important; }
  .card { background: #1f242c !important; }
  .card, .card p, .card h1, .value { color: #f2f4f7 !important; }
  .label, .foot, .foot a { color: #aab3bf !important; }
  .rule { border-color: #39414d !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef1f5">
<div style="display:none;max-height:0;overflow:hidden;opacity:0">${escapeHtml(text.preheader)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef1f5"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
<tr><td class="foot" style="padding:0 8px 16px;${font};font-size:15px;font-weight:600;color:#4b5563">${escapeHtml(business.name)}</td></tr>
<tr><td class="card" style="padding:32px 28px;background:#ffffff;border-radius:12px;${font};font-size:16px;line-height:1.5;color:#1b2430">
<h1 style="margin:0 0 20px;font-size:24px;line-height:1.25;font-weight:700">${escapeHtml(text.title)}</h1>
${paragraphs.join('\n')}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px">
${rows.join('\n')}
</table>
${button}
</td></tr>
<tr><td class="foot" style="padding:20px 8px;${font};font-size:14px;line-height:1.5;color:#4b5563">Questions? Reply to this mail or write to <a class="foot" href="mailto:${contact}" style="color:#4b5563">${contact}</a>.</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

const greeting = (name: string | null): string => (name === null ? 'Hello,' : `Hello ${name},`);

const factRow = (label: string, value: string): string =>
  `<tr><td class="label rule" style="padding:10px 16px 10px 0;border-top:1px solid #dde3ea;font-size:14px;color:#5b6675;white-space:nowrap">${escapeHtml(label)}</td>` +
  `<td class="value rule" align="right" style="padding:10px 0;border-top:1px solid #dde3ea;font-size:15px;font-weight:600;color:#1b2430">${escapeHtml(value)}</td></tr>`;

const buttonOf = ({ label, url }: { label: string; url: string }): string =>
  `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="#1d4ed8" style="border-radius:8px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:13px 24px;${font};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a></td></tr></table>`;

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
