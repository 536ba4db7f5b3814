import { escapeHtml } from '../../functions/mail/html.ts';
import { document } from '../pictures/document.ts';
import { fileName, titleOf } from '../pictures/picture.ts';
import type { Mail } from './catalogue/all-mails.ts';
import { type Language, languages } from './languages.ts';
import { renderMail } from './render-mail.ts';

const style = `
.mail { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)) }
.mail > div { background: #fff; padding: .75rem; min-width: 0 }
h4, p { margin: 0 0 .5rem; overflow-wrap: anywhere }
p { color: #4b5563 }
iframe { width: 100%; height: 620px; border: 1px solid #8a8f9b }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px }`;

/**
 * One page with every mail in every language, by kind: subject, preheader, HTML and text part.
 * @returns The files of it, `index.html` among them: each HTML part is one.
 */
export function galleryFiles(mails: readonly Mail[]): Readonly<Record<string, string>> {
  const groups = Map.groupBy(mails, ({ group }) => group);
  const shown = [...groups].map(
    ([group, some]) => `<h2>${escapeHtml(group)}</h2>\n${some.map(mailSection).join('\n')}`,
  );
  const parts = mails.flatMap((mail) =>
    languages.map((language) => [htmlFile(mail, language), renderMail(mail, language).html]),
  );
  return {
    'index.html': document('Every mail', style, shown.join('\n')),
    ...Object.fromEntries(parts),
  };
}

const htmlFile = (mail: Mail, { name }: Language): string =>
  `html/${name}/${fileName(titleOf(mail))}.html`;

const mailSection = (mail: Mail): string =>
  `<h3>${escapeHtml(mail.name)}</h3>
<div class="mail">${languages.map((language) => mailIn(mail, language)).join('\n')}</div>`;

function mailIn(mail: Mail, language: Language): string {
  const { subject, preheader, text } = renderMail(mail, language);
  const { tag, direction, title } = language;
  const said = `lang="${tag}" dir="${direction}"`;
  return `<div>
<h4 ${said}>${escapeHtml(subject)}</h4>
<p ${said}>${escapeHtml(preheader)}</p>
<iframe loading="lazy" sandbox title="${escapeHtml(`${titleOf(mail)}, ${title}`)}" src="${htmlFile(mail, language)}"></iframe>
<details><summary>The text part</summary><pre ${said}>${escapeHtml(text)}</pre></details>
</div>`;
}
