import { parseArgs } from 'node:util';
import { PolicyRefusal } from './refusal.ts';

export interface PolicyOptions {
  readonly policy: string;
  /** The policy that it is compared with; `null`: with none. */
  readonly against: string | null;
  /** A file of recorded failures; `null`: made-up ones. */
  readonly cases: string | null;
  readonly seed: number;
}

export const usage = `Usage: npm run policy -- --policy FILE [--against FILE] --cases FILE|--demo [--seed N]

  --policy FILE   the policy to try: settings of "policy" as JSON, or a whole cdk.json
  --against FILE  another one, met by the same failures and the same luck
  --cases FILE    failures of your own, as docs/try-a-policy.md describes them
  --demo          10,000 made-up failures instead
  --seed N        another luck (1)

Nothing is charged and nothing is sent: all that it prints is simulated.`;

/**
 * @returns `null` where help is asked for.
 * @throws {PolicyRefusal} with a sentence that says what to write instead.
 */
export function readOptions(words: readonly string[]): PolicyOptions | null {
  const { policy, against, cases, demo, seed, help } = parse(words);
  if (help === true) return null;
  if (policy === undefined) {
    throw new PolicyRefusal(`Say which policy to try: --policy FILE.\n\n${usage}`);
  }
  if ((cases === undefined) === (demo !== true)) {
    throw new PolicyRefusal(
      'Say what to try it on, and one of the two: --cases FILE for failures of your own, or --demo for made-up ones.',
    );
  }
  return { policy, against: against ?? null, cases: cases ?? null, seed: readSeed(seed) };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        policy: { type: 'string' },
        against: { type: 'string' },
        cases: { type: 'string' },
        demo: { type: 'boolean' },
        seed: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new PolicyRefusal(`${error.message}.\n\n${usage}`);
  }
}

function readSeed(text: string | undefined): number {
  if (text === undefined) return 1;
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new PolicyRefusal(`--seed takes a whole number, not "${text}".`);
}
