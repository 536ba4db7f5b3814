import { basename } from 'node:path';
import { type RecordedFailure, readCases } from './cases/cases-file.ts';
import { type Comparison, comparePolicies } from './compare-policies.ts';
import { makeUpFailures } from './model/made-up-failures.ts';
import { type PolicyOptions, readOptions, usage } from './options.ts';
import { readPolicy } from './policy-file.ts';
import { PolicyRefusal } from './refusal.ts';
import { tellComparison } from './tell-comparison.ts';

/** What a run needs of the world. */
export interface PolicyPorts {
  /** @throws where the file cannot be read. */
  readonly readText: (file: string) => string;
  readonly onProgress: (played: number, total: number) => void;
  /** How many failures are made up. @default 10,000 */
  readonly madeUp?: number;
}

/** What a run prints, and its exit code. */
export interface RanPolicy {
  readonly code: 0 | 1;
  readonly output: string;
  readonly problems: string;
}

/** Runs `npm run policy`: a refusal in words, or the comparison; a breach makes it fail too. */
export async function runPolicy(words: readonly string[], ports: PolicyPorts): Promise<RanPolicy> {
  try {
    const options = readOptions(words);
    if (options === null) return { code: 0, output: usage, problems: '' };
    const { text, comparison } = await compare(options, ports);
    const isBroken = comparison.breaches.some((each) => each.length > 0);
    return { code: isBroken ? 1 : 0, output: text, problems: '' };
  } catch (error) {
    if (!(error instanceof PolicyRefusal)) throw error;
    return { code: 1, output: '', problems: error.message };
  }
}

async function compare(
  options: PolicyOptions,
  ports: PolicyPorts,
): Promise<{ readonly text: string; readonly comparison: Comparison }> {
  const { seed } = options;
  const files = [options.policy, ...(options.against === null ? [] : [options.against])];
  const policies = files.map((file) => readPolicy(readText(file, ports), basename(file)));
  const { failures, words } = takeFailures(options, ports);
  const comparison = await comparePolicies({
    failures,
    policies,
    seed,
    onProgress: ports.onProgress,
  });
  return {
    text: tellComparison(comparison, nameColumns(files), `${words}, seed ${seed}`),
    comparison,
  };
}

function takeFailures(
  { cases, seed }: PolicyOptions,
  ports: PolicyPorts,
): { readonly failures: readonly RecordedFailure[]; readonly words: string } {
  if (cases === null) {
    const failures = makeUpFailures(ports.madeUp ?? 10_000, seed);
    return { failures, words: `${count(failures)} made-up failures` };
  }
  const failures = readCases(readText(cases, ports), basename(cases));
  return { failures, words: `${count(failures)} recorded failures of ${basename(cases)}` };
}

const count = ({ length }: { readonly length: number }): string => length.toLocaleString('en-US');

/** Files of one name are told apart by their place. */
function nameColumns(files: readonly string[]): readonly string[] {
  const names = files.map((file) => basename(file));
  return new Set(names).size === names.length ? names : files;
}

function readText(file: string, { readText: read }: PolicyPorts): string {
  try {
    return read(file);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new PolicyRefusal(`${file} cannot be read (${String(error.code)}): is the path right?`);
  }
}
