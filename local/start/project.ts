import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const root = new URL('../../', import.meta.url);

/** A file or folder of this project by its path from the project's root. */
export const projectFile = (path: string): string => fileURLToPath(new URL(path, root));

const cdkJson = z.object({ context: z.record(z.string(), z.json()) });

/** The context of `cdk.json`: CDK's feature flags and the example configuration. */
export async function readContext(): Promise<z.output<typeof cdkJson>['context']> {
  return cdkJson.parse(JSON.parse(await readFile(projectFile('cdk.json'), 'utf8'))).context;
}
