import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** All that the template and the bundles are made of; packages are named by their lock. */
const sources = ['bin/**/*.ts', 'lib/**/*.ts', 'functions/**/*.ts', 'portal/**/*.*'];
const settings = ['cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

/**
 * A hash over everything that the synthesized stack depends on: it changes when any of it does.
 * @param project The project's folder.
 */
export async function fingerprintOf(project: string, configuration: object): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`${process.version}\n${JSON.stringify(configuration)}\n`);
  for (const file of [...globSync(sources, { cwd: project }).sort(), ...settings]) {
    const text = await readFile(join(project, file));
    hash.update(`${file} ${text.length}\n`).update(text);
  }
  return hash.digest('hex').slice(0, 32);
}
