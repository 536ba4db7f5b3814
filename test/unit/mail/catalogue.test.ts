import { describe, expect, test } from 'vitest';
import { allMails } from '../../../tools/mails/catalogue/all-mails.ts';
import { languages } from '../../../tools/mails/languages.ts';
import { renderMail } from '../../../tools/mails/render-mail.ts';
import { fileName, titleOf } from '../../../tools/pictures/picture.ts';

/** What a reader sees of the HTML part, without what keeps an inbox from filling the preview. */
const wordsOf = (html: string): readonly string[] =>
  html
    .replace(/^[\s\S]*<body[^>]*>/, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/<div[^>]*display:\s*none[\s\S]*?<\/div>/g, '')
    .split(/<[^>]*>/)
    .map((piece) =>
      piece
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((piece) => /\p{L}|\d/u.test(piece));

const onOneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

describe.each(languages)('in the language $name', (language) => {
  test.each(allMails.map((mail) => [`${mail.group}: ${mail.name}`, mail] as const))(
    '%s: the text part says all that the HTML part shows, and neither shows what is no word',
    (_name, mail) => {
      const { subject, preheader, html, text } = renderMail(mail, language);
      const said = onOneLine(text);
      expect(wordsOf(html).length).toBeGreaterThan(7);
      expect(wordsOf(html).filter((words) => !said.includes(words))).toEqual([]);
      expect(subject).not.toMatch(/[\r\n\u2028\u2029]/);
      for (const shown of [subject, preheader, text]) {
        expect(shown.trim()).not.toBe('');
        expect(shown).not.toMatch(/\bundefined\b|\bnull\b|\bNaN\b|\[object|\{\w+\}/);
        // A code of ours or of Stripe's.
        expect(shown.replaceAll(/https?:\S+/g, '')).not.toMatch(/\b[a-z]+_[a-z]+\b/);
      }
    },
  );
});

test('each has a picture of its own', () => {
  const names = allMails.map((mail) => fileName(titleOf(mail)));
  expect(new Set(names).size).toBe(names.length);
});
