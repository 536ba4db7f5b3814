// Starts one of the project's TypeScript programs: `node tools/run.mjs FILE.ts [arguments]`.
// Plain JavaScript that any Node can read, because what it checks is whether this Node can
// run TypeScript at all (type stripping is on by default from 22.18).
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const stripsTypes = major > 22 || (major === 22 && minor >= 18);

if (!stripsTypes) {
  process.stderr.write(
    `Backstop runs on Node 24, and this is Node ${process.versions.node}. ` +
      'npm ci normally brings a Node 24 of its own into node_modules; it did not here, ' +
      'because install scripts are switched off or this platform has no such package. ' +
      'Run "npm ci --ignore-scripts=false", or install Node 24 and try again.\n',
  );
  process.exit(1);
}

const [program, ...rest] = process.argv.slice(2);
if (program === undefined) {
  process.stderr.write('Usage: node tools/run.mjs FILE.ts [arguments]\n');
  process.exit(2);
}
const file = resolve(program);
process.argv = [process.argv[0], file, ...rest];
await import(pathToFileURL(file).href);
