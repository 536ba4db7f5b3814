import { type Html, html } from '../../pages/html.ts';
import { section } from '../../pages/section.ts';
import type { MailView } from '../view/mails-view.ts';
import { linkTo, moment, withAddresses } from './words.ts';

/** A link of a mail opens in a new tab, which is a tab like any other. */
const mailPermissions = 'allow-popups allow-popups-to-escape-sandbox';

/** Every mail that SES took, newest first. */
export function renderMails(mails: readonly MailView[], now: number, inboxUrl: string): Html {
  return section(
    { news: undefined },
    {
      id: 'mails',
      title: 'Mails',
      hint: 'What SES took from Backstop. No mail leaves this machine.',
      rows: mails,
      show: (each) => mailRow(each, now),
      empty: html`<article class="empty"><p>None yet: a mail is sent when a backup was charged, or a payment failed.</p></article>`,
      after: html`<p><a href="${inboxUrl}">The inbox page shows them too</a></p>`,
    },
  );
}

function mailRow({ mail, notice }: MailView, now: number): Html {
  return html`<article><h3><span class="name">${linkTo(mail.id, mail.subject)}</span></h3>
<p>to ${mail.to.join(', ')}, ${moment(mail.at, now)}</p>${aboutOf(notice)}</article>`;
}

function aboutOf(notice: MailView['notice']): Html {
  if (notice === undefined) return html`<p>It is no notice of Backstop.</p>`;
  const invoice =
    notice.invoice === undefined ? undefined : html`, about ${linkTo(notice.invoice)}`;
  return html`<p>Notice “${notice.kind}” for ${linkTo(notice.customer)}${invoice}</p>`;
}

/** One mail: its head, its text, and how it looks. */
export function renderMail({ mail, notice }: MailView, now: number): Html {
  const { id, from, to, replyTo, subject, text, html: body, at } = mail;
  const looks =
    body === undefined
      ? html`<p>It has no HTML part.</p>`
      : html`<iframe title="The mail as it looks" src="/mails/${id}/html" sandbox="${mailPermissions}"></iframe>`;
  return html`<h2>${subject}</h2><article><dl>
<dt>From</dt><dd>${from}</dd><dt>To</dt><dd>${to.join(', ')}</dd><dt>Reply to</dt><dd>${replyTo.join(', ')}</dd>
<dt>Sent</dt><dd>${moment(at, now)}</dd><dt>Id</dt><dd><code>${id}</code></dd></dl>${aboutOf(notice)}</article>
<h2>As it looks</h2><p class="hint">In a frame of its own, which can load and run nothing; its links open in a new tab.</p>${looks}
<h2>As text</h2><p class="hint">What a mail program shows that takes no HTML.</p><article><pre>${withAddresses(text ?? 'It has no text part.')}</pre></article>`;
}

/** The mail's own HTML is shown in a frame of its own, which may load and run nothing. */
export const mailPolicy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox ${mailPermissions}`;
