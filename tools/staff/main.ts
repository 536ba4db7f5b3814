import { connectDesk } from './connect-desk.ts';
import { runStaff } from './run-staff.ts';

/** `npm run staff -- COMMAND`: what the business's staff do by hand. */
const { code, output, problems } = await runStaff(process.argv.slice(2), (port) =>
  connectDesk(port, process.env),
);
if (output !== '') process.stdout.write(`${output}\n`);
if (problems !== '') process.stderr.write(`${problems}\n`);
process.exitCode = code;
