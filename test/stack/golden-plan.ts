import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CloudPlan, planCloud } from '../../local/cloud/template/plan.ts';
import { Stack } from '../../local/cloud/template/stack.ts';
import { readAssembly } from '../../local/cloud/template/template.ts';

const golden = new URL('golden/backstop.template.json', import.meta.url);
/** What the golden template has in place of each asset's hash. */
const objectKey = 'ASSET-HASH.zip';

/** The golden template as the local cloud understands it; its code is nowhere, and never runs. */
export async function planGolden(): Promise<CloudPlan> {
  const directory = await mkdtemp(join(tmpdir(), 'backstop-golden-'));
  try {
    const assets = {
      files: { code: { source: { path: '.' }, destinations: { a: { objectKey } } } },
    };
    await writeFile(join(directory, 'Backstop.template.json'), await readFile(golden));
    await writeFile(join(directory, 'Backstop.assets.json'), JSON.stringify(assets));
    const { template, assetFolders } = await readAssembly(directory, 'Backstop');
    return planCloud(new Stack(template, 'Backstop'), assetFolders);
  } finally {
    await rm(directory, { recursive: true });
  }
}
