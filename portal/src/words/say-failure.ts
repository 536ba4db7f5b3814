import type { Failure } from '../api/result.ts';
import type { Words } from './words.ts';

/** Why something did not work, in words of the reader's language; never a code. */
export function sayFailure({ text }: Words, failure: Failure): string {
  switch (failure.kind) {
    case 'offline':
      return text.trouble.lostConnection;
    case 'failing':
      return text.trouble.noAnswer;
    case 'problem': {
      const told: Readonly<Record<string, string>> = text.problem;
      return told[failure.name] ?? text.problem.other;
    }
  }
}

/** The same of what was only to be read, so that nothing can have changed. */
export const sayUnread = (words: Words, failure: Failure): string =>
  failure.kind === 'failing' ? words.text.trouble.notRead : sayFailure(words, failure);

export const isProblem = (failure: Failure, ...names: readonly string[]): boolean =>
  failure.kind === 'problem' && names.includes(failure.name);
