import type { MailReader } from './mail-reader.ts';

/** A mail's subject and its two parts. */
export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What a mail says, before it has a form. */
export interface MailText {
  readonly subject: string;
  /** The line that an inbox shows behind the subject. */
  readonly preheader: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Name and value; a `null` value leaves the row out. */
  readonly facts: readonly (readonly [string, string | null])[];
  readonly action: MailAction | null;
}

/** The mail's button. */
export interface MailAction {
  readonly label: string;
  readonly url: string;
  /** What stands under it. */
  readonly note: string;
  /** Another way to the same; absent where there is none. */
  readonly otherwise?: { readonly label: string; readonly url: string };
}

/** The one layout of all mails: HTML that old clients can read, and the same as plain text. */
export function layoutMail(text: MailText, reader: MailReader): Omit<RenderedMail, 'subject'> {
  return { html: layoutHtml(text, reader), text: layoutText(text, reader) };
}

function layoutText(text: MailText, reader: MailReader): string {
  const { business } = reader;
  const rows = shownFacts(text).map(([label, value]) => `${label}: ${value}`);
  const blocks = [
    text.title,
    greeting(reader),
    ...text.paragraphs,
    ...(rows.length === 0 ? [] : [rows.join('\n')]),
    ...(text.action === null ? [] : actionText(text.action)),
    reader.text.layout.questions({ address: business.supportEmail }),
    business.name,
  ];
  return `${blocks.join('\n\n')}\n`;
}

const actionText = ({ label, url, note, otherwise }: MailAction): readonly string[] => [
  `${label}:\n${url}`,
  note,
  ...(otherwise === undefined ? [] : [`${otherwise.label}:\n${otherwise.url}`]),
];

// Outlook on Windows draws mails with Word: it knows bgcolor and the width of tables, not
// max-width, and takes Times where the first font is unknown; the mso comments are for it alone.
// A client that drops the style element shows the light colours, which stand on the elements.
function layoutHtml(text: MailText, reader: MailReader): string {
  const { business, language, direction } = reader;
  const paragraphs = [greeting(reader), ...text.paragraphs].map(
    (line) => `<p style="margin:0 0 16px">${escapeHtml(line)}</p>`,
  );
  const contact = escapeHtml(business.supportEmail);
  const questions = escapeHtml(reader.text.layout.questions({ address: mark })).replace(
    mark,
    `<a class="foot" href="mailto:${contact}" style="color:#4b5563">${contact}</a>`,
  );
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="x-apple-disable-message-reformatting">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(text.subject)}</title>
<style>${style}</style>
<!--[if mso]><style>td,p,h1,a{font-family:Arial,sans-serif !important}</style><![endif]-->
</head>
<body class="page" bgcolor="#eef1f5" style="margin:0;padding:0;background-color:#eef1f5">
<div style="${hidden}">${escapeHtml(text.preheader)}${preheaderPadding}</div>
<table role="presentation" class="page" width="100%" ${table} bgcolor="#eef1f5" style="background-color:#eef1f5"><tr><td class="edge" align="center" style="padding:24px 12px">
<!--[if mso]><table role="presentation" width="560" ${table}><tr><td><![endif]-->
<table role="presentation" width="100%" ${table} style="max-width:560px;text-align:left">
<tr><td class="foot" style="padding:0 8px 16px;${font};font-size:15px;line-height:1.5;font-weight:600;color:#4b5563">${escapeHtml(business.name)}</td></tr>
<tr><td class="card" bgcolor="#ffffff" style="padding:32px 28px;background-color:#ffffff;border-radius:12px;${font};font-size:16px;line-height:1.5;color:#1b2430">
<h1 style="margin:0 0 20px;${font};font-size:24px;line-height:1.3;font-weight:700">${escapeHtml(text.title)}</h1>
${paragraphs.join('\n')}
<table role="presentation" width="100%" ${table} style="margin:24px 0 0">
${shownFacts(text).map(factRow).join('\n')}
${text.action === null ? '' : buttonRow(text.action)}
</table>
</td></tr>
<tr><td class="foot" style="padding:20px 8px;${font};font-size:14px;line-height:1.5;color:#4b5563">${questions}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .edge { padding: 16px 8px !important; }
  .card { padding: 24px 20px !important; }
  .button a { display: block !important; text-align: center; }
  .button { width: 100% !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #14171c !important; }
  .card { background-color: #1f242c !important; }
  .card, .card p, .card h1, .value { color: #f2f4f7 !important; }
  .label, .card .note, .foot, .foot a { color: #aab3bf !important; }
  .rule { border-color: #39414d !important; }
  .button td { background-color: #2f5fe8 !important; }
}
`;

const table = 'cellpadding="0" cellspacing="0" border="0"';
/** A word that is longer than the line, such as an unbroken name, is broken instead of cut. */
const breakable = 'overflow-wrap:anywhere;word-break:break-word';
const font = `font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;${breakable}`;
const hidden =
  'display:none;max-height:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all';
/** Invisible, so that an inbox does not fill the preview with what follows. */
const preheaderPadding = '&#8199;&#65279;'.repeat(60);

/** On one line, whatever was typed as the name. */
function greeting({ name, text }: MailReader): string {
  const shown = (name ?? '').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return shown === '' ? text.layout.greetingOfNobody : text.layout.greeting({ name: shown });
}

/** Stands in a sentence where a link is put once the rest is escaped; no text has it. */
const mark = '\u0000';

const shownFacts = ({ facts }: MailText): readonly (readonly [string, string])[] =>
  facts.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));

const factRow = ([label, value]: readonly [string, string]): string =>
  `<tr><td class="label rule" valign="top" style="padding:10px 16px 10px 0;border-top:1px solid #dde3ea;${font};font-size:14px;line-height:1.5;color:#5b6675;white-space:nowrap">${escapeHtml(label)}</td>` +
  `<td class="value rule" valign="top" align="right" style="padding:10px 0;border-top:1px solid #dde3ea;${font};font-size:15px;line-height:1.5;font-weight:600;color:#1b2430">${escapeHtml(value)}</td></tr>`;

const buttonRow = ({ label, url, note, otherwise }: MailAction): string =>
  `<tr><td colspan="2" style="padding:24px 0 0"><table role="presentation" class="button" ${table}><tr><td align="center" bgcolor="#1d4ed8" style="border-radius:8px;background-color:#1d4ed8;mso-padding-alt:13px 24px"><a href="${escapeHtml(url)}" target="_blank" style="display:inline-block;padding:13px 24px;${font};font-size:16px;line-height:1.4;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a></td></tr></table>
<p class="note" style="margin:16px 0 0;${font};font-size:14px;line-height:1.5;color:#5b6675">${escapeHtml(note)}</p>${otherwise === undefined ? '' : otherwiseLine(otherwise)}</td></tr>`;

const otherwiseLine = ({ label, url }: NonNullable<MailAction['otherwise']>): string => `
<p class="note" style="margin:8px 0 0;${font};font-size:14px;line-height:1.5;color:#5b6675"><a class="note" href="${escapeHtml(url)}" target="_blank" style="color:#5b6675">${escapeHtml(label)}</a></p>`;

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
