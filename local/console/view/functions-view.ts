import type { RequestRecord } from '../../cloud/records.ts';
import type { FunctionPlan } from '../../cloud/template/read-functions.ts';
import { type Happening, recordsOf } from '../record.ts';
import { factsOf, isTrouble, readLogLine } from './log-line.ts';
import { roomOf } from './names.ts';

/** What one function did so far. */
export interface FunctionView {
  readonly room: string;
  readonly functionName: string;
  readonly running: number;
  /** Those that ended. */
  readonly invocations: number;
  /** Those that failed, and those that Lambda refused to start. */
  readonly errors: number;
  /** Epoch milliseconds of its last end; `undefined` before the first. */
  readonly lastAt: number | undefined;
  readonly lastMilliseconds: number | undefined;
  readonly medianMilliseconds: number | undefined;
  /** Invocations that had to wait for a new environment. */
  readonly coldStarts: number;
  /** Its last line; `undefined` while it said nothing. */
  readonly said: Said | undefined;
  /** Its last warning or error, or how its last failed invocation ended. */
  readonly trouble: Said | undefined;
}

export interface Said {
  readonly at: number;
  readonly text: string;
}

export function viewFunctions(
  plans: readonly Pick<FunctionPlan, 'logicalId' | 'name'>[],
  happenings: readonly Happening[],
): readonly FunctionView[] {
  const invocations = Map.groupBy(
    recordsOf(happenings, 'invocation'),
    ({ record }) => record.functionName,
  );
  const denied = Map.groupBy(
    recordsOf(happenings, 'request').filter(({ record }) => record.permission?.kind === 'denied'),
    ({ record }) => record.functionName,
  );
  const lines = Map.groupBy(linesOf(happenings), ({ functionName }) => functionName);
  return plans.map(({ logicalId, name }) => {
    const records = (invocations.get(name) ?? []).map(({ record }) => record);
    const ended = records.flatMap((record) => ('durationMilliseconds' in record ? [record] : []));
    const failed = records.flatMap((record) => ('error' in record ? [record] : []));
    const last = ended.at(-1);
    const said = lines.get(name) ?? [];
    const failures = failed.map(({ at, error }) => ({ at, text: error.errorMessage }));
    const refusals = (denied.get(name) ?? []).map(({ record }) => sayDenied(record));
    return {
      room: roomOf(logicalId),
      functionName: name,
      running: runningOf(records.map(({ awsRequestId, state }) => ({ awsRequestId, state }))),
      invocations: ended.length,
      errors: failed.length,
      lastAt: last?.at,
      lastMilliseconds: last?.durationMilliseconds,
      medianMilliseconds: median(ended.map((record) => record.durationMilliseconds)),
      coldStarts: ended.filter(({ coldStart }) => coldStart).length,
      said: said.at(-1),
      trouble: newest([said.findLast((line) => line.isTrouble), failures.at(-1), refusals.at(-1)]),
    };
  });
}

function sayDenied({ at, permission }: RequestRecord): Said {
  const what =
    permission?.kind === 'denied' ? `${permission.action} on ${permission.resource}` : '';
  return { at, text: `AccessDenied: ${what}` };
}

/** An invocation whose start was forgotten may have its end kept, never the other way round. */
function runningOf(records: readonly { awsRequestId: string; state: string }[]): number {
  const open = new Set<string>();
  for (const { awsRequestId, state } of records) {
    if (state === 'started') open.add(awsRequestId);
    else open.delete(awsRequestId);
  }
  return open.size;
}

function linesOf(happenings: readonly Happening[]) {
  return recordsOf(happenings, 'log').flatMap(({ at, record }) => {
    const line = readLogLine(record);
    if (line === undefined) return [];
    const facts = factsOf(line);
    const text = facts === '' ? line.message : `${line.message}: ${facts}`;
    return [{ at, text, isTrouble: isTrouble(line), functionName: record.functionName }];
  });
}

function newest(said: readonly (Said | undefined)[]): Said | undefined {
  const known = said.filter((each) => each !== undefined);
  return known.sort((a, b) => a.at - b.at).at(-1);
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
