import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { sentences as mailSentences } from '../functions/mail/locales/en.ts';
import { sentences as pageSentences } from '../portal/src/text/locales/en.ts';
import { findProblem } from './sentence-problem.ts';

/** A business's own sentences: by language, then by place such as `banner.settled`. */
export type OwnTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const root = fileURLToPath(new URL('..', import.meta.url));

/** What speaks to customers, and whose sentences a business may say differently. */
export interface Speaker {
  /** Of the configuration; names the files, by language. */
  readonly key: string;
  /** Every file of the folder is a language. */
  readonly folder: string;
  /** In English; every language has the same places. */
  readonly sentences: object;
  /** What such a file has in it. */
  readonly example: string;
}

export const thePage: Speaker = {
  key: 'backstop.page.texts',
  folder: 'portal/src/text/locales',
  sentences: pageSentences,
  example: '{"banner.settled": "All paid!"}',
};

export const theMails: Speaker = {
  key: 'backstop.mail.texts',
  folder: 'functions/mail/locales',
  sentences: mailSentences,
  example: '{"accessRestored.title": "Welcome back!"}',
};

const languagesOf = ({ folder }: Speaker): readonly string[] =>
  readdirSync(resolve(root, folder)).map((name) => name.replace('.ts', ''));

/**
 * Reads the files with a business's own sentences that the configuration names.
 *
 * @param paths by language; a path that is not absolute starts at the repository's folder.
 * @returns what is in them, and one sentence for each thing that is wrong with it. Texts with
 *   problems are not to be used.
 */
export function readOwnTexts(
  speaker: Speaker,
  paths: Readonly<Record<string, string>>,
): {
  readonly texts: OwnTexts;
  readonly problems: readonly string[];
} {
  const read = Object.entries(paths).map(([language, path]) => ({
    language,
    ...readTexts(speaker, language, path),
  }));
  return {
    texts: Object.fromEntries(read.map(({ language, texts }) => [language, texts])),
    problems: read.flatMap(({ problems }) => problems),
  };
}

interface LanguageReading {
  readonly texts: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

const refuse = (problem: string): LanguageReading => ({ texts: {}, problems: [problem] });

function readTexts(speaker: Speaker, language: string, path: string): LanguageReading {
  const key = `${speaker.key}.${language}`;
  const languages = languagesOf(speaker);
  if (!languages.includes(language)) {
    return refuse(
      `${key} is for a language that is not there yet: remove it, correct its name to one of ${languages.join(', ')}, or write ${speaker.folder}/${language}.ts first.`,
    );
  }
  const file = resolve(root, path);
  if (!existsSync(file)) {
    return refuse(
      `${key} names ${path}, which is not there: write that file, or correct its path, which starts at the repository's folder.`,
    );
  }
  return checkFile(speaker, readFileSync(file, 'utf8'), path);
}

function checkFile(speaker: Speaker, content: string, path: string): LanguageReading {
  const example = `an object of places and sentences such as ${speaker.example}`;
  const json = parseJson(content);
  if ('reason' in json) return refuse(`${path} is no JSON (${json.reason}): make it ${example}.`);
  const parsed = z.record(z.string(), z.string()).safeParse(json.value);
  if (!parsed.success) {
    return refuse(`${path} has something else than sentences in it: make it ${example}.`);
  }
  const problems = Object.entries(parsed.data).flatMap(
    ([place, sentence]) => findProblem(speaker, place, sentence) ?? [],
  );
  return { texts: parsed.data, problems: problems.map((problem) => `${path}: ${problem}`) };
}

function parseJson(text: string): { readonly value: unknown } | { readonly reason: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    // A person writes the file: that it is no JSON is theirs to mend.
    if (!(error instanceof SyntaxError)) throw error;
    return { reason: error.message };
  }
}
