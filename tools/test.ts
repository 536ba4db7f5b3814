/** `npm test`: every check there is, and one closing line that says how it went. */
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import vitestConfig from '../vitest.config.ts';
import { addTallies, closingLine, countTests, type Tally } from './count-results.ts';

const root = resolve(import.meta.dirname, '..');
const binaries = join(root, 'node_modules', '.bin');

/** Runs a program of node_modules; answers its exit code, null where it did not start or end. */
function run(program: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(join(binaries, program), args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // The programs look for `node`, and shall find the one that the project brings.
    env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}` },
  });
  return new Promise((settle) => {
    child.once('error', (error) => {
      console.error(error.message);
      settle(null);
    });
    child.once('exit', settle);
  });
}

async function check(name: string, program: string, args: readonly string[]): Promise<Tally> {
  console.log(`\n${name}: ${program} ${args.join(' ')}`);
  const exitCode = await run(program, args);
  switch (exitCode) {
    case 0:
      return { passed: 1, failures: [] };
    case null:
      return { passed: 0, failures: [`${name}: ${program} did not start, or was stopped`] };
    default:
      return { passed: 0, failures: [`${name}: ${program} ended with ${exitCode}`] };
  }
}

async function runTests(): Promise<Tally> {
  const directory = mkdtempSync(join(tmpdir(), 'backstop-test-'));
  const reportFile = join(directory, 'report.json');
  try {
    const args = ['run', '--update=none', '--reporter=default', '--reporter=json'];
    console.log(`\nTests: vitest ${args.join(' ')}`);
    const exitCode = await run('vitest', [...args, `--outputFile.json=${reportFile}`]);
    return countTests(readReport(reportFile), exitCode, {
      root,
      projects: projectNames(),
      testFiles: globSync('test/**/*.{test,spec}.{ts,mts,cts,tsx,js,mjs,cjs}', { cwd: root }),
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** @returns undefined where vitest ended before it wrote its report, or in the middle of it. */
function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`vitest's report: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

function projectNames(): string[] {
  const projects = vitestConfig.test?.projects ?? [];
  return projects.map((project) => {
    const name = typeof project === 'object' && 'test' in project ? project.test?.name : undefined;
    if (typeof name !== 'string') throw new Error('A project of vitest.config.ts has no name.');
    return name;
  });
}

const tally = addTallies([
  await check('Types', 'tsc', ['--noEmit']),
  await check('Types of Stripe.js', 'tsc', ['--noEmit', '-p', 'local/stripe/stripe-js/browser']),
  await check('Types of the page', 'tsc', ['--noEmit', '-p', 'portal']),
  await check('Style', 'biome', ['check', '--error-on-warnings', '.']),
  await runTests(),
]);
for (const failure of tally.failures) console.log(`FAILED ${failure}`);
console.log(closingLine(tally));
process.exitCode = tally.failures.length === 0 ? 0 : 1;
