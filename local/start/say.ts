import { cardOutcomes } from '../stripe/engine/declines.ts';
import type { Line } from './journey.ts';
import type { LocalStack } from './local-stack.ts';

/** Wide enough for `attempt 12` and for Stripe's ids, so that the lines stand in columns. */
const whatWidth = 11;
const idWidth = 36;

export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** One line of the story: what happened, the record's id, and what it says. */
export const sayLine = ({ what, id, text }: Line): void =>
  say(`  ${what.padEnd(whatWidth)} ${id.padEnd(idWidth)} ${text}`);

/** Where a person can look, and what there is to try. */
export function sayWhereToLook({ cloud, stripe }: LocalStack, port: number): void {
  const again = port === 7400 ? '' : ` --port ${port}`;
  say('');
  say(`  inbox         ${cloud.inboxUrl}`);
  if (stripe !== undefined) say(`  local Stripe  ${stripe.url}`);
  say(`  API           ${cloud.apiUrl}`);
  say('');
  if (stripe === undefined) {
    say('Stop with Ctrl+C. What happens from now on is told here.');
    return;
  }
  const reasons = cardOutcomes.filter((outcome) => outcome !== 'succeeded');
  say('In another terminal:');
  say(`  npm run local -- renew REASON${again}        another renewal fails, and why`);
  say(`  npm run local -- clock 1d${again}            a day passes (s, m, h, d)`);
  say(`  npm run local -- case INVOICE${again}        what was decided, and by which rule`);
  say(`  npm run local -- retry INVOICE${again}       try again by hand`);
  say(`Reasons: ${wrap(reasons, 88).join('\n         ')}`);
  say('Stop with Ctrl+C. What happens from now on is told here.');
}

/** What Stripe's sandbox has no means for. */
export function saySandboxLimits(): void {
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
