// Starts one of the project's TypeScript programs: `node tools/run.mjs FILE.ts [arguments]`.
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { refuseNode } from './node-version.mjs';

const refusal = refuseNode(process.versions.node);
const [program, ...rest] = process.argv.slice(2);

if (refusal !== null) {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 1;
} else if (program === undefined) {
  process.stderr.write('Usage: node tools/run.mjs FILE.ts [arguments]\n');
  process.exitCode = 2;
} else {
  const file = resolve(program);
  // Half of a start is compiling what did not change since the last one.
  enableCompileCache();
  process.argv = [process.argv[0], file, ...rest];
  // As in Lambda: what is written of a time does not depend on where the laptop stands.
  process.env.TZ = 'UTC';
  await import(pathToFileURL(file).href);
}
