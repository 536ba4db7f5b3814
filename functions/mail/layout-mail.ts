import { inkOn } from '../domain/ink-on.ts';
import { plainText } from '../text/speak.ts';
import type { Fill } from './html.ts';
import * as layout from './layout.ts';
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
export function layoutMail(text: MailText, reader: MailReader): RenderedMail {
  return {
    subject: plainText(text.subject),
    html: layoutHtml(text, reader),
    text: layoutText(text, reader),
  };
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
    [business.name, ...(business.address === undefined ? [] : [business.address])].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const actionText = ({ label, url, note, otherwise }: MailAction): readonly string[] => [
  `${label}:\n${url}`,
  note,
  ...(otherwise === undefined ? [] : [`${otherwise.label}:\n${otherwise.url}`]),
];

/** The button's, where the business names none. */
const defaultColour = '#1d4ed8';

/** Invisible, so that an inbox does not fill the preview with what follows. */
const preheaderPadding = '\u2007\ufeff'.repeat(60);

function layoutHtml(text: MailText, reader: MailReader): string {
  const { business, language, logoUrl } = reader;
  const sides = sidesOf(reader);
  const name = { ...sides, business: business.name };
  const { markup } = layout.frame({
    ...name,
    language,
    subject: text.subject,
    preheader: text.preheader + preheaderPadding,
    logo: logoUrl === null ? [] : layout.logo({ ...name, logoUrl }),
    wordmark: logoUrl === null ? layout.wordmark(name) : [],
    title: unbroken(text.title),
    paragraph: [greeting(reader), ...text.paragraphs].map((each) =>
      layout.paragraph({ text: unbroken(each) }),
    ),
    facts: factsHtml(text, sides),
    action: text.action === null ? [] : actionHtml(text.action, reader),
    ...questionsHtml(reader),
    address: business.address === undefined ? [] : layout.address({ address: business.address }),
  });
  return markup;
}

/**
 * Lines do not break before a number, `ending in 4242`, nor within a date, `3. November`; before a
 * year they may: with it a date is wider than a title on a phone.
 */
const unbroken = (text: string): string =>
  text.replaceAll(/ (?=\d)(?!(?:19|20)\d\d\b)|(?<=(?<![\d.,])\d\d?\.) (?=\p{L})/gu, '\u00a0');

/** Where lines start and end for whoever reads the language; old clients know no other words. */
const sidesOf = ({ direction }: MailReader) =>
  direction === 'ltr'
    ? { direction, start: 'left', end: 'right' }
    : { direction, start: 'right', end: 'left' };

function factsHtml(text: MailText, sides: ReturnType<typeof sidesOf>): Fill {
  const rows = shownFacts(text).map(([label, value]) => layout.fact({ ...sides, label, value }));
  return rows.length === 0 ? [] : layout.facts({ ...sides, fact: rows });
}

function actionHtml({ label, url, note, otherwise }: MailAction, reader: MailReader): Fill {
  const sides = sidesOf(reader);
  const colour = reader.business.colour ?? defaultColour;
  return layout.action({
    ...sides,
    label,
    url,
    note,
    colour,
    ink: inkOn(colour),
    otherwise: otherwise === undefined ? [] : layout.otherwise({ ...sides, ...otherwise }),
  });
}

/** The sentence about questions, in which the address is a link wherever it stands. */
function questionsHtml({ text, business }: MailReader) {
  const pieces = text.layout.questions({ address: mark }).split(mark);
  return {
    question: pieces
      .slice(0, -1)
      .map((before) => layout.question({ before, contact: business.supportEmail })),
    after: pieces.at(-1) ?? '',
  };
}

/** Stands in a sentence where the link is put: a character of private use, which no text has. */
const mark = '\ue000';

/** On one line, whatever was typed as the name. */
function greeting({ name, text }: MailReader): string {
  const shown = plainText(name ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return shown === '' ? text.layout.greetingOfNobody : text.layout.greeting({ name: shown });
}

const shownFacts = ({ facts }: MailText): readonly (readonly [string, string])[] =>
  facts.flatMap(([label, value]) => (value === null ? [] : [[label, plainText(value)] as const]));
