import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environment } from '../../functions/environment.ts';

/** A copy of a synthesized stack whose functions have this policy. */
export async function withPolicy(assembly: string, to: string, policy: object): Promise<string> {
  await cp(assembly, to, { recursive: true });
  const file = join(to, 'Backstop.template.json');
  const template: unknown = JSON.parse(await readFile(file, 'utf8'), (name, value) =>
    name === environment.settings && typeof value === 'string'
      ? JSON.stringify({ ...JSON.parse(value), policy })
      : value,
  );
  await writeFile(file, JSON.stringify(template));
  return to;
}
