import type { LogRecord } from '../records.ts';
import type { Json } from '../template/template.ts';

/** One line of what a function printed; `json` where it is an object. */
export type OutputLine = Pick<LogRecord, 'stream' | 'line' | 'json'>;

/** What a function prints, line by line. */
export interface Output {
  write(stream: LogRecord['stream'], text: string): void;
  /** The invocation has ended: what stands without an end of line is a line too. */
  flush(): void;
}

export function readOutput(tell: (line: OutputLine) => void): Output {
  const unended = { stdout: '', stderr: '' };
  const tellLine = (stream: LogRecord['stream'], line: string) => {
    const json = jsonOf(line);
    tell({ stream, line, ...(json !== undefined && { json }) });
  };
  return {
    write(stream, text) {
      const lines = (unended[stream] + text).split('\n');
      unended[stream] = lines.pop() ?? '';
      for (const line of lines) tellLine(stream, line);
    },
    flush() {
      for (const stream of ['stdout', 'stderr'] as const) {
        const line = unended[stream];
        unended[stream] = '';
        if (line !== '') tellLine(stream, line);
      }
    },
  };
}

function jsonOf(line: string): Json | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    // JSON.parse gives JSON.
    return JSON.parse(line) as Json;
  } catch {
    // A line that only looks like JSON is a line of text.
    return undefined;
  }
}
