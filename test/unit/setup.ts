import fc from 'fast-check';
import { beforeAll } from 'vitest';
import * as z from 'zod';

// The same cases in every run, so that a red test is red for everybody: change the seed to look
// elsewhere. A failure prints how to repeat it.
fc.configureGlobal({ seed: 20_261_122 });

/** Folders that test what runs on a laptop, which loads the whole of zod. */
const local = /\/test\/unit\/(local-\w+|console|start)\//;

// zod keeps the language of its messages once for the process, which all files share: `zod` sets
// English, and `zod/mini`, which is all that a Lambda function loads, sets none.
// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a hook wants to be given.
beforeAll(({}, { file }) => {
  z.config(local.test(file.filepath) ? z.locales.en() : { localeError: undefined });
});
