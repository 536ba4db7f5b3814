import { readFile } from 'node:fs/promises';
import { hasCode } from './has-code.ts';

/** The text of a file; `undefined` where there is none, as in a first run. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
