import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ObservationList } from '../../../functions/staff-api/list-observations.ts';
import type { ObservationRecord } from '../../../functions/staff-api/observation-record.ts';
import { StartRefusal } from '../../../local/start/options.ts';
import { PolicyRefusal } from '../../policy/refusal.ts';
import { type Command, text } from '../command.ts';
import type { Desk } from '../connect-desk.ts';
import { describeReport } from '../report/describe-report.ts';
import { exportCases } from '../report/export-cases.ts';
import { simulateRecovery } from '../report/simulate-recovery.ts';
import { summarize } from '../report/summarize.ts';

export const report: Command = {
  summary: 'what mode observe saw, and what would have been tried and recovered',
  options: {
    policy: { value: 'FILE', says: 'simulate what this policy would have recovered: cdk.json' },
    export: { value: 'FILE', says: 'write the failures to a file for npm run policy' },
  },
  notes:
    'What is counted was seen. What would have been recovered nobody can have seen: it is simulated,\nwith the model of npm run policy. No id and no name is in the file.',
  async run(desk, given) {
    const observations = await all(desk);
    const summary = summarize(observations);
    const parts = [describeReport(summary)];
    if (summary.failures.count > 0) {
      const cases = exportCases(observations);
      const policy = text(given, 'policy');
      const file = text(given, 'export');
      parts.push(policy === undefined ? howToSimulate : await simulate(policy, cases));
      if (file !== undefined) parts.push(write(file, cases));
    }
    return { json: summary, text: parts.join('\n\n') };
  },
};

const howToSimulate =
  'What would have been recovered is not in here: report --policy cdk.json simulates it.';

/** Every page. */
async function all({ api }: Desk): Promise<readonly ObservationRecord[]> {
  const found: ObservationRecord[] = [];
  let cursor: string | undefined;
  do {
    const query = { cursor };
    const page = await api.ask<ObservationList>({ method: 'GET', path: ['observations'], query });
    found.push(...page.observations);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

async function simulate(file: string, cases: string): Promise<string> {
  const policy = withFile(file, 'read', () => readFileSync(file, 'utf8'));
  try {
    return await simulateRecovery(policy, basename(file), cases);
  } catch (error) {
    if (error instanceof PolicyRefusal) throw new StartRefusal(error.message);
    throw error;
  }
}

function write(file: string, cases: string): string {
  withFile(file, 'written', () => writeFileSync(file, cases));
  return `Written to ${file}: npm run policy -- --policy cdk.json --cases ${file}`;
}

/** @throws {StartRefusal} where the system refuses the file. */
function withFile<Done>(file: string, done: 'read' | 'written', use: () => Done): Done {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new StartRefusal(`${file} cannot be ${done} (${error.code}): is the path right?`);
  }
}
