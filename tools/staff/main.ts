import { parseArgs } from 'node:util';
import { StartRefusal } from '../../local/start/options.ts';
import { runCommand } from '../../local/start/run-command.ts';
import { assignBackup, charging, retry, showCase } from './commands.ts';
import { connectDesk } from './connect-desk.ts';

const usage = `Usage: npm run staff -- COMMAND, with --port N for a running npm start, or in your
account with TABLE_NAME and RETRY_NOW_QUEUE_URL set to the stack's outputs:
  case --customer CUS --invoice IN               what was decided, and by which rule
  retry --customer CUS --invoice IN              try the invoice again now
  secondary --customer CUS --method PM --name YOU --evidence TEXT
                                                 make a method the backup; needs STRIPE_SECRET_KEY
  charging                                       whether charges are allowed
  charging stop|start --name YOU --reason TEXT   stop every charge, or allow them again
With --port the customer is the one of the demo unless named.`;

/** `npm run staff -- COMMAND`: what the business's staff do by hand. */
async function main(): Promise<string> {
  const { values, positionals } = parse(process.argv.slice(2));
  const [command, argument] = positionals;
  const desk = await connectDesk(values.port, process.env);
  try {
    switch (command) {
      case 'case':
        return await showCase(desk, values);
      case 'retry':
        return await retry(desk, values);
      case 'secondary':
        return await assignBackup(desk, values);
      case 'charging':
        return await charging(desk, argument, values);
      default:
        throw new StartRefusal(usage);
    }
  } finally {
    desk.close();
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: text,
        customer: text,
        invoice: text,
        method: text,
        name: text,
        evidence: text,
        reason: text,
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartRefusal(`${error.message}.\n${usage}`);
  }
}

await runCommand(main);
