import { cardOutcomes } from '../stripe/engine/published/declines.ts';
import { demoCustomerEmail } from './demo-configuration.ts';
import type { Line } from './journey.ts';
import type { LocalStack } from './local-stack.ts';

/** Wide enough for every function's name and every id, so that the lines stand in columns. */
const whatWidth = 14;
const idWidth = 36;

export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** One line of the story: what happened, the record's id, and what it says. */
export const sayLine = ({ what, id, text }: Line): void =>
  say(`  ${what.padEnd(whatWidth)} ${id.padEnd(idWidth)} ${text}`);

/** What has started, and how long it took. */
export function sayWhatRuns({ cloud, stripe }: LocalStack, milliseconds: number): void {
  const where = stripe === undefined ? "Stripe's sandbox" : `a local Stripe on ${stripe.url}`;
  const parts = `${cloud.functions().length} functions and ${cloud.queues().length} queues`;
  const seconds = (milliseconds / 1000).toFixed(1);
  say(`Running ${parts} of the template, with ${where}; ready after ${seconds} s.`);
  if (stripe === undefined) saySandboxLimits();
  say('');
}

interface Places {
  readonly port: number;
  readonly consoleUrl: string;
  /** Signs the demo's customer in. */
  readonly link: string;
}

/** Where a person can look, and what there is to try. */
export function sayWhereToLook(
  { cloud, stripe, staff }: LocalStack,
  { port, consoleUrl, link }: Places,
): void {
  const again = port === 7400 ? '' : ` --port ${port}`;
  say('');
  say(`  page          ${cloud.pageUrl}`);
  say(`                as ${demoCustomerEmail}, once and for 10 minutes:`);
  say(`                ${link}`);
  say(`  console       ${consoleUrl}`);
  say(`  inbox         ${cloud.inboxUrl}`);
  if (stripe !== undefined) say(`  local Stripe  ${stripe.url}`);
  say(`  API           ${cloud.apiUrl}`);
  say(`  staff API     ${staff.url}`);
  say('');
  if (stripe === undefined) {
    say('Stop with Ctrl+C. What happens from now on is told here.');
    return;
  }
  const reasons = cardOutcomes.filter((outcome) => outcome !== 'succeeded');
  say('In another terminal:');
  say(`  npm run local -- renew REASON${again}`);
  say('      another renewal, for which the primary answers REASON (see below)');
  say(`  npm run local -- clock 1d${again}`);
  say('      a day passes; 30s, 10m and 6h work too');
  say(`  npm run staff -- trace --port ${port} --invoice IN`);
  say('      what was decided about an invoice, and by which rules');
  say(`  npm run staff -- retry --port ${port} --invoice IN`);
  say('      try an invoice again by hand; npm run staff alone lists all that staff can do');
  say(`  npm run staff -- link --port ${port} --mail ${demoCustomerEmail}`);
  say("      another address that signs the demo's customer in; or ask on the page for a mail,");
  say('      which is in the inbox then');
  say(`Reasons: ${wrap(reasons, 88).join(',\n         ')}`);
  say('');
  say('Stop with Ctrl+C. What happens from now on is told here.');
  say('');
}

/** What Stripe's sandbox has no means for. */
function saySandboxLimits(): void {
  say("Stripe's sandbox cannot show other decline reasons: only one of its test cards can be");
  say('attached and then declines. Nor can its time be moved from here.');
}

/** Words in lines of at most `width` characters. */
function wrap(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 2 <= width) {
      lines[lines.length - 1] = `${last}, ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
