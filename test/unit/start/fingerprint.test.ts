import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { fingerprintOf } from '../../../local/start/fingerprint.ts';

const configuration = { mode: 'own' };
let project: string;

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, file)), { recursive: true });
  await writeFile(join(project, file), text);
}

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'backstop-project-'));
  onTestFinished(() => rm(project, { recursive: true }));
  const files = ['bin/app.ts', 'lib/table.ts', 'functions/retry/handler.ts', 'cdk.json'];
  const settings = ['package.json', 'package-lock.json', 'tsconfig.json'];
  for (const file of [...files, ...settings]) await write(file, `the text of ${file}`);
});

it('is the same while nothing that the stack is made of changes', async () => {
  const before = await fingerprintOf(project, configuration);
  await write('README.md', 'a word more');
  await write('test/some.test.ts', 'a test more');
  expect(await fingerprintOf(project, { mode: 'own' })).toBe(before);
});

it.each([
  'bin/app.ts',
  'lib/table.ts',
  'lib/new/construct.ts',
  'functions/retry/handler.ts',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
])('is another when %s changes', async (file) => {
  const before = await fingerprintOf(project, configuration);
  await write(file, 'another text');
  expect(await fingerprintOf(project, configuration)).not.toBe(before);
});

it('is another for another configuration, and for the same text in another file', async () => {
  const before = await fingerprintOf(project, configuration);
  expect(await fingerprintOf(project, { mode: 'observe' })).not.toBe(before);
  await rm(join(project, 'lib/table.ts'));
  await write('lib/other.ts', 'the text of lib/table.ts');
  expect(await fingerprintOf(project, configuration)).not.toBe(before);
});
