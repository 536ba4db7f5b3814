import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { refuseNode } from '../../../tools/node-version.mjs';

test.each(['22.18.0', '22.20.1', '23.0.0', '24.21.0', '26.1.0'])('Node %s runs it', (version) => {
  expect(refuseNode(version)).toBeNull();
});

test.each(['18.20.8', '20.0.0', '20.20.2', '22.17.1'])(
  'Node %s is told what to do, in a sentence',
  (version) => {
    expect(refuseNode(version)).toMatch(
      new RegExp(`this is Node ${version}\\. .*Run "npm ci --ignore-scripts=false", or install`),
    );
  },
);

test('without a program it says how to call it', async () => {
  const call = promisify(execFile)(process.execPath, ['tools/run.mjs']);
  await expect(call).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') });
});
