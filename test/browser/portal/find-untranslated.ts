import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import * as z from 'zod';

const findPlainText = readFileSync(new URL('./find-plain-text.js', import.meta.url), 'utf8');

/**
 * What stands on a page in the pseudo-locale without its brackets, and is no data: sentences that
 * are in no file of a language.
 *
 * @param data Every text that the page was given.
 */
export async function findUntranslated(page: Page, data: string): Promise<readonly string[]> {
  const texts = z.array(z.string()).parse(await page.evaluate(findPlainText));
  const known = onOneWidth(data);
  return texts
    .flatMap((text) => withoutBrackets(text).split(/[·,\n]/))
    .map((rest) => onOneWidth(rest).trim())
    .filter((rest) => /\p{Letter}/u.test(rest) && !known.includes(rest));
}

/** A space that keeps a line together is one to a reader. */
const onOneWidth = (text: string): string => text.replaceAll('\u00a0', ' ');

/** A sentence may have others in it, each in its own brackets. */
function withoutBrackets(text: string): string {
  const inner = /\[[^[\]]*\]/g;
  const rest = text.replaceAll(inner, '');
  return rest === text ? rest : withoutBrackets(rest);
}
