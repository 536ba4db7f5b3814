import { PortInUseError } from '../cloud/http/loopback.ts';
import { hasCode } from '../has-code.ts';
import { readStartOptions, StartRefusal } from './options.ts';
import { StoryEnded } from './watch.ts';

/** `npm start`. */
async function main(): Promise<void> {
  const options = readStartOptions(process.argv.slice(2), process.env);
  // Loaded after the options are read: whoever mistyped one is told at once.
  const { runDemo } = await import('./run-demo.ts');
  await runDemo(options);
}

try {
  await main();
} catch (error) {
  const expected =
    error instanceof StoryEnded ||
    error instanceof StartRefusal ||
    error instanceof PortInUseError ||
    hasCode(error, 'EADDRINUSE');
  process.stderr.write(`${expected ? sentenceOf(error) : describe(error)}\n`);
  process.exitCode = 1;
}

function sentenceOf(error: Error): string {
  const isInUse = error instanceof PortInUseError || hasCode(error, 'EADDRINUSE');
  if (!isInUse) return error.message;
  const port = 'port' in error ? error.port : '';
  return `Port ${port} is in use by another program: stop that program, or choose others with --port N.`;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
