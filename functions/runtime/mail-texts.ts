import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { MailTexts } from '../mail/mail-reader.ts';

/** Stands beside the bundle of each function that mails: Lambda takes too few bytes of variables. */
export const mailTextsFile = 'mail-texts.json';

const schema = z.record(z.string(), z.record(z.string(), z.string()));

/**
 * The business's own sentences, as synth wrote them down.
 * @param bundle `import.meta.url` of the function's bundle.
 */
export const loadMailTexts = (bundle: string): MailTexts =>
  schema.parse(JSON.parse(readFileSync(new URL(mailTextsFile, bundle), 'utf8')));
