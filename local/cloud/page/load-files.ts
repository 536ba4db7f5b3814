import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { textPattern } from '../permissions/pattern.ts';
import type { BucketDeploymentPlan } from '../template/read-bucket-deployments.ts';

export interface PageFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** As the copying function finds them out, by the ending. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/vnd.microsoft.icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * What is in a bucket after a deploy, by path with its first slash.
 *
 * @param change Told each document's text; what it answers is served.
 */
export async function loadFiles(
  deployments: readonly BucketDeploymentPlan[],
  change: (html: string) => string,
): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  for (const deployment of deployments) {
    for (const folder of deployment.folders) {
      for (const [path, file] of await loadFolder(folder, deployment, change))
        files.set(path, file);
    }
  }
  return files;
}

async function loadFolder(
  folder: string,
  { exclude, include, cacheControl }: BucketDeploymentPlan,
  change: (html: string) => string,
): Promise<readonly (readonly [string, PageFile])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(
      (name) =>
        include.some((pattern) => textPattern(pattern).matches(name)) ||
        !exclude.some((pattern) => textPattern(pattern).matches(name)),
    );
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      const ending = extname(name);
      const file = {
        body: ending === '.html' ? Buffer.from(change(bytes.toString())) : bytes,
        headers: {
          'content-type': types[ending] ?? 'binary/octet-stream',
          ...(cacheControl !== undefined && { 'cache-control': cacheControl }),
        },
      };
      return [`/${name}`, file] as const;
    }),
  );
}
