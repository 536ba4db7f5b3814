import { mkdir, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSynthesizedStack } from '../../local/start/synthesized-stack.ts';
import { example, synthesizeExample } from './synthesize-example.ts';

/** Where the stacks of one test are kept. */
async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'backstop-stacks-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function open(configuration: object, keptIn: string) {
  const said: string[] = [];
  const listener = { begins: () => said.push('begins'), isReused: () => said.push('is reused') };
  const stack = await openSynthesizedStack(configuration, listener, keptIn);
  onTestFinished(() => stack.remove());
  const template: unknown = JSON.parse(
    await readFile(join(stack.directory, 'Backstop.template.json'), 'utf8'),
  );
  return { ...stack, template, said };
}

it('is made whole where several runs begin at once, and only once for those that come later', async () => {
  const keptIn = await emptyFolder();
  for (const [age, name] of ['new', 'old', 'older'].entries()) {
    await mkdir(join(keptIn, name));
    await utimes(join(keptIn, name), 1000 - age, 1000 - age);
  }
  const [one, other] = await Promise.all([open(example, keptIn), open(example, keptIn)]);
  expect([one.said, other.said]).toEqual([['begins'], ['begins']]);
  // The newest three are kept.
  expect(await readdir(keptIn)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), 'new', 'old']);

  const later = await open(example, keptIn);
  expect(later.said).toEqual(['is reused']);
  expect(later.directory).not.toBe(one.directory);
  const deployed = synthesizeExample().toJSON();
  for (const { template } of [one, other, later]) expect(template).toEqual(deployed);
});

it('keeps nothing of a configuration that the stack refuses, and says what is wrong', async () => {
  const keptIn = await emptyFolder();
  await expect(open({ ...example, mode: 'both' }, keptIn)).rejects.toThrow(/backstop\.mode/);
  expect(await readdir(keptIn)).toEqual([]);
});
