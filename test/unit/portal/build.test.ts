import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backstop-portal-'));
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', 'portal', '--outDir', folder, '--emptyOutDir'];
  // Under a test runner NODE_ENV says so, and Preact would be built with its checks.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, args, { cwd: root, env });
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const files = () => globSync('**/*.*', { cwd: folder });

describe('the page as it is built', () => {
  test('is a document with one script and one style, named by what is in them', () => {
    const names = files().map((path) => path.replace(/-[\w-]{8}\./, '-HASH.'));
    expect(names.toSorted()).toEqual([
      'assets/index-HASH.css',
      'assets/index-HASH.js',
      'index.html',
    ]);
  });

  test('has less than 60 kB of own script, compressed', () => {
    const scripts = files().filter((path) => path.endsWith('.js'));
    const bytes = scripts.map((path) => gzipSync(read(path)).byteLength);
    const total = bytes.reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThan(5_000);
    expect(total).toBeLessThan(60_000);
  });

  test('runs nothing inline: the policy would refuse it', () => {
    const html = read('index.html');
    const scripts = [...html.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
    expect(scripts.map(([, , content]) => content)).toEqual(['{}', '']);
    expect(scripts[0]?.[1]).toContain('type="application/json" id="page-config"');
    expect(scripts[1]?.[1]).toMatch(/ src="\/assets\//);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i);
  });

  test('makes no code of texts', () => {
    const script = files()
      .filter((path) => path.endsWith('.js'))
      .map(read)
      .join('\n');
    // Not the script itself as the message: it is one line of many thousand characters.
    expect(/\beval\(|new Function\(|\bFunction\(/.test(script)).toBe(false);
  });
});

const sources = () =>
  globSync('portal/**/*.{ts,tsx}', { cwd: root }).map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }));

test('no part of the page writes markup or a style attribute: what a text says is text', () => {
  const writing = sources().filter(({ text }) =>
    /innerHTML|outerHTML|insertAdjacent|document\.write|\bstyle=/.test(text),
  );
  expect(writing.map(({ path }) => path)).toEqual([]);
});

/** They import nothing, so that nothing else of the functions comes along. */
const shared = [
  'functions/domain/customer/is-debit.ts',
  'functions/domain/customer/proper-name.ts',
  'functions/domain/ink-on.ts',
  'functions/domain/money.ts',
  ...globSync('functions/text/*.ts', { cwd: root }).toSorted(),
];

test('of the functions the page takes types, how amounts are written, sentences said and colours inked', () => {
  expect(sources().length).toBeGreaterThan(30);
  const taken = sources().flatMap(
    ({ text }) => text.match(/^(?:import|export)\b[^;]*?from '[^']*functions\/[^']*'/gm) ?? [],
  );
  expect(taken.length).toBeGreaterThan(5);
  const code = taken.filter((each) => !/^(?:import|export) type /.test(each));
  const paths = code.map((each) => each.replace(/^.*?(functions\/[^']*)'$/s, '$1'));
  expect(new Set(paths)).toEqual(new Set(shared));
  for (const path of shared) {
    expect(readFileSync(join(root, path), 'utf8')).not.toMatch(/^import /m);
  }
});
