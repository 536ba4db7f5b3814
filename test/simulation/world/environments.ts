import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { RoomName } from './limits.ts';
import type { Ports, Sabotage } from './ports.ts';
import type { End, Process, Processes } from './processes.ts';
import { connectRecords, type Environment } from './rooms.ts';

/** Runs a process in an environment that is free, or in a new one: Lambda keeps them warm. */
export type Invoke = <Value>(
  kind: RoomName,
  run: (environment: Environment) => Promise<Value>,
  onEnd: (end: End<Value>) => void,
) => void;

interface Parts {
  readonly agenda: Agenda;
  readonly chronicle: Chronicle;
  readonly processes: Processes;
  readonly connect: (process: () => Process, kind: RoomName) => Ports;
  readonly sabotage: Sabotage | undefined;
  readonly onEnd: (process: Process) => void;
}

export function createEnvironments(parts: Parts): Invoke {
  const free = new Map<RoomName, Opened[]>();
  return (kind, run, onEnd) => {
    const opened = free.get(kind)?.pop() ?? openEnvironment(parts, kind);
    parts.processes.start(
      kind,
      (process) => {
        opened.use(process);
        return run(opened.environment);
      },
      (end, process) => {
        // One that died or was ended is gone with all that it still had to do.
        const isWarm = end.kind === 'done' || end.kind === 'threw';
        if (isWarm) free.set(kind, [...(free.get(kind) ?? []), opened]);
        if (end.kind === 'threw')
          parts.chronicle.note(process.name, `throws: ${wordsOf(end.error)}`);
        parts.onEnd(process);
        onEnd(end);
      },
    );
  };
}

interface Opened {
  readonly environment: Environment;
  use(process: Process): void;
}

function openEnvironment({ agenda, chronicle, connect, sabotage }: Parts, kind: RoomName): Opened {
  let current: Process | null = null;
  const process = (): Process => {
    if (current === null) throw new Error(`Nothing runs in this environment of ${kind}.`);
    return current;
  };
  const connected = connect(process, kind);
  const ports = sabotage?.(connected, kind) ?? connected;
  const write = (level: string) => (message: string, ids?: object) => {
    const line = `${level} ${message} ${JSON.stringify(ids ?? {}, withoutStack)}`;
    chronicle.tell({ kind: 'logged', line });
  };
  return {
    environment: {
      ...ports,
      process,
      records: connectRecords(ports),
      clock: { now: () => agenda.now },
      log: { info: write('info'), warn: write('warn'), error: write('error') },
      metrics: { count: () => undefined },
    },
    use: (next) => {
      current = next;
    },
  };
}

/** A stack names files of this machine, which are no part of a trace. */
const withoutStack = (name: string, value: unknown) => (name === 'stack' ? undefined : value);

const wordsOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
