import { expect, test } from 'vitest';
import { synthesizeExample } from './synthesize-example.ts';

/**
 * Every change of the cloud shows in the diff of this file. After a change that is meant:
 * `npm run golden`, and read the diff before it is committed.
 */
test('the template of the example configuration is the golden one', async () => {
  const template = JSON.stringify(synthesizeExample().toJSON(), null, 2);
  // A bundle changes its hash with each change of a function; that is no change of the cloud.
  const normalised = template.replaceAll(/\b[0-9a-f]{64}\b/g, 'ASSET-HASH');
  await expect(`${normalised}\n`).toMatchFileSnapshot('golden/backstop.template.json');
});
