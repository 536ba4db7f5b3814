import type { LogRecord } from '../../cloud/records.ts';
import { isJsonLine, type JsonLine } from '../../start/json-line.ts';

/** What a function said, as its logger wrote it. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: JsonLine;
}

/** `undefined` for a line that is not the logger's, such as the metrics. */
export function readLogLine({ json }: Pick<LogRecord, 'json'>): LogLine | undefined {
  if (!isJsonLine(json)) return undefined;
  const { level, message } = json;
  if (typeof level !== 'string' || typeof message !== 'string') return undefined;
  return { level, message, fields: json };
}

/** What the logger puts on every line, of which a reader has seen enough. */
const onEveryLine = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'sampling_rate',
  'xray_trace_id',
]);

/** The facts of a line: `attempt 1, role primary`. An error is its message: its stack is in the record. */
export function factsOf({ fields }: LogLine): string {
  return Object.entries(fields)
    .filter(([name, value]) => !onEveryLine.has(name) && value !== null)
    .map(([name, value]) => `${name} ${sayFact(value)}`)
    .join(', ');
}

function sayFact(value: unknown): string {
  if (typeof value !== 'object') return String(value);
  const isError = isJsonLine(value) && typeof value.stack === 'string';
  return isError && typeof value.message === 'string' ? value.message : JSON.stringify(value);
}

export const isTrouble = ({ level }: LogLine): boolean =>
  ['WARN', 'ERROR', 'CRITICAL'].includes(level);
