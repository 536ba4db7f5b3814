import { readFileSync } from 'node:fs';
import { runPolicy } from './run-policy.ts';

/** Where nobody watches, a line now and then. */
const everyMs = process.stderr.isTTY ? 200 : 10_000;
let shownAt = Date.now();

function onProgress(played: number, total: number): void {
  if (Date.now() - shownAt < everyMs && played < total) return;
  shownAt = Date.now();
  const line = `simulated ${Math.floor((100 * played) / total)} %`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${played < total ? '' : '\r\x1b[K'}`);
  else if (played < total) process.stderr.write(`${line}\n`);
}

/** `npm run policy`: tries a policy before it is used. */
const { code, output, problems } = await runPolicy(process.argv.slice(2), {
  readText: (file) => readFileSync(file, 'utf8'),
  onProgress,
});
if (output !== '') process.stdout.write(`${output}\n`);
if (problems !== '') process.stderr.write(`${problems}\n`);
process.exitCode = code;
