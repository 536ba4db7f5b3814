import { parseArgs } from 'node:util';
import { StartRefusal } from '../../local/start/options.ts';
import type { Command, Given } from './command.ts';
import { commands } from './commands.ts';
import type { Desk } from './connect-desk.ts';
import { columns, indent } from './layout.ts';
import { Refused } from './staff-api.ts';

/** What a run prints, and its exit code. */
export interface Ran {
  readonly code: 0 | 1;
  readonly output: string;
  readonly problems: string;
}

type Connect = (port: string | undefined) => Promise<Desk>;

/** Runs one command of `npm run staff`. A refusal is said in words, or as the API's JSON. */
export async function runStaff(args: readonly string[], connect: Connect): Promise<Ran> {
  const wantsJson = args.includes('--json');
  try {
    return { code: 0, output: await answer(args, connect, wantsJson), problems: '' };
  } catch (error) {
    if (error instanceof Refused) {
      const problems = wantsJson ? asJson(error.problem) : error.message;
      return { code: 1, output: '', problems };
    }
    if (!(error instanceof StartRefusal)) throw error;
    return { code: 1, output: '', problems: error.message };
  }
}

async function answer(
  args: readonly string[],
  connect: Connect,
  wantsJson: boolean,
): Promise<string> {
  const [name = '', ...rest] = args;
  if (name === '' || name === '--help') return usage();
  const command = commands[name];
  if (command === undefined) {
    throw new StartRefusal(`There is no command "${name}".\n\n${usage()}`);
  }
  const { given, port, wantsHelp } = parse(name, command, rest);
  if (wantsHelp) return help(name, command);
  const shown = await command.run(await connect(port), given);
  return wantsJson ? asJson(shown.json) : shown.text;
}

const asJson = (value: unknown): string => JSON.stringify(value, null, 2);

/** @throws {StartRefusal} for what the command does not know, with its help. */
function parse(name: string, command: Command, args: readonly string[]) {
  const own = Object.entries(command.options).map(
    ([option, { value }]) =>
      [option, { type: value === null ? ('boolean' as const) : ('string' as const) }] as const,
  );
  const options = {
    ...Object.fromEntries(own),
    port: { type: 'string' as const },
    json: { type: 'boolean' as const },
    help: { type: 'boolean' as const },
  };
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [argument, ...more] = positionals;
    const surplus = command.argument === undefined ? positionals : more;
    if (surplus.length > 0) throw new TypeError(`"${surplus[0]}" is too much`);
    const given: Given = { argument, values };
    const port = typeof values.port === 'string' ? values.port : undefined;
    return { given, port, wantsHelp: values.help === true };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartRefusal(`${error.message}.\n\n${help(name, command)}`);
  }
}

function usage(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => [name, summary]);
  return [
    'Usage: npm run staff -- COMMAND [options]',
    '',
    indent(columns(rows)),
    '',
    'COMMAND --help says what it takes. Every command takes:',
    indent(columns(commonOptions)),
    '',
    'Requests are signed with the AWS credentials of the shell; set STAFF_API_URL to the output',
    'StaffApiUrl of the stack, and AWS_REGION. With --port the customer is the one of the demo unless',
    'named.',
  ].join('\n');
}

const commonOptions = [
  ['--port N', 'a running npm start in place of your account'],
  ['--json', "the API's answer, or its problem, as JSON"],
];

function help(name: string, { summary, argument, options, notes }: Command): string {
  const rows = Object.entries(options).map(([option, { value, says, required }]) => [
    `--${option}${value === null ? '' : ` ${value}`}`,
    required === true ? `${says} (needed)` : says,
  ]);
  const after = argument === undefined ? '' : ` [${argument}]`;
  return [
    `npm run staff -- ${name}${after} [options]: ${summary}`,
    ...(notes === undefined ? [] : ['', notes]),
    '',
    indent(columns([...rows, ...commonOptions])),
  ].join('\n');
}
