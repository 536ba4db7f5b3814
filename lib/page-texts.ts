import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { findProblem } from './sentence-problem.ts';

/** The business's own sentences of the page: by language, then by place such as `banner.settled`. */
export type PageTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const root = fileURLToPath(new URL('..', import.meta.url));

/** Every file of the folder is a language of the page. */
const localesFolder = 'portal/src/text/locales';
const languages = readdirSync(resolve(root, localesFolder)).map((name) => name.replace('.ts', ''));

const example = 'an object of places and sentences such as {"banner.settled": "All paid!"}';

/**
 * Reads the files that `page.texts` of the configuration names.
 *
 * @param paths by language; a path that is not absolute starts at the repository's folder.
 * @returns what is in them, and one sentence for each thing that is wrong with it. Texts with
 *   problems are not to be used.
 */
export function readPageTexts(paths: Readonly<Record<string, string>>): {
  readonly texts: PageTexts;
  readonly problems: readonly string[];
} {
  const read = Object.entries(paths).map(([language, path]) => ({
    language,
    ...readTexts(language, path),
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

function readTexts(language: string, path: string): LanguageReading {
  const key = `backstop.page.texts.${language}`;
  if (!languages.includes(language)) {
    return refuse(
      `${key} is for a language that the page does not have: remove it, correct its name to one of ${languages.join(', ')}, or write ${localesFolder}/${language}.ts first.`,
    );
  }
  const file = resolve(root, path);
  if (!existsSync(file)) {
    return refuse(
      `${key} names ${path}, which is not there: write that file, or correct its path, which starts at the repository's folder.`,
    );
  }
  return checkFile(readFileSync(file, 'utf8'), path);
}

function checkFile(content: string, path: string): LanguageReading {
  const json = parseJson(content);
  if ('reason' in json) return refuse(`${path} is no JSON (${json.reason}): make it ${example}.`);
  const parsed = z.record(z.string(), z.string()).safeParse(json.value);
  if (!parsed.success) {
    return refuse(`${path} has something else than sentences in it: make it ${example}.`);
  }
  const problems = Object.entries(parsed.data).flatMap(
    ([place, sentence]) => findProblem(place, sentence) ?? [],
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
