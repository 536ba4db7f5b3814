import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { Coverage } from './coverage.ts';
import type { Faults } from './faults.ts';
import { type RoomName, timeoutSeconds } from './limits.ts';

/** One invocation of a function. */
export interface Process {
  readonly name: string;
  readonly kind: RoomName;
  /** Epoch milliseconds, UTC, at which its function is ended. */
  readonly deadline: number;
  readonly isOver: boolean;
}

/** How a process ended. */
export type End<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'died' }
  | { readonly kind: 'timed_out' };

/** What came of a call when it took effect. */
export interface Reply<Value> {
  /** The answer, looked up when it arrives; throws what the caller is to get as an error. */
  readonly answer: () => Value;
  /** Milliseconds until the answer is on its way back. @default 0 */
  readonly afterMs?: number;
}

export interface ProcessParts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly faults: Faults;
  readonly chronicle: Chronicle;
  readonly coverage: Coverage;
  readonly longestLatencyMs: number;
}

/** The longest that a process stands still between two lines (a paused machine). */
const longestPauseMs = 90_000;

interface Running extends Process {
  isOver: boolean;
  readonly end: (how: 'died' | 'timed_out') => void;
}

/** Runs processes side by side: at each call the seed decides who goes on, and when. */
export class Processes {
  readonly #parts: ProcessParts;
  readonly #running = new WeakMap<Process, Running>();
  #started = 0;
  #isWoken = false;
  #current: Process | null = null;

  constructor(parts: ProcessParts) {
    this.#parts = parts;
  }

  /** Whose call is taking effect at this moment; `null` for what is nobody's. */
  get current(): Process | null {
    return this.#current;
  }

  /** True once after a process was given something to go on with. */
  takeWoken(): boolean {
    const wasWoken = this.#isWoken;
    this.#isWoken = false;
    return wasWoken;
  }

  /** Somebody outside was given something to go on with. */
  wake(): void {
    this.#isWoken = true;
  }

  /**
   * Starts a process. Of all that it awaits nothing may come from anywhere but {@link call}.
   * @param onEnd Called once.
   */
  start<Value>(
    kind: RoomName,
    run: (process: Process) => Promise<Value>,
    onEnd: (end: End<Value>, process: Process) => void,
  ): void {
    const { agenda, chronicle, coverage } = this.#parts;
    this.#started += 1;
    const deadline = agenda.now + timeoutSeconds[kind] * 1000;
    const finish = (end: End<Value>) => {
      if (process.isOver) return;
      process.isOver = true;
      coverage.count('end of a process', end.kind);
      cancelDeadline();
      onEnd(end, process);
    };
    const process: Running = {
      name: `${kind} ${this.#started}`,
      kind,
      deadline,
      isOver: false,
      end: (how) => finish({ kind: how }),
    };
    const cancelDeadline = agenda.at(deadline, () => {
      chronicle.note(process.name, 'is ended by its time-out');
      process.end('timed_out');
    });
    this.#running.set(process, process);
    this.#isWoken = true;
    run(process).then(
      (value) => finish({ kind: 'done', value }),
      (error: unknown) => finish({ kind: 'threw', error }),
    );
  }

  /**
   * A call to the outside: a point at which others go on, time passes or the process dies.
   * @param carryOut The effect, which happens all at once.
   * @param delayMs Milliseconds until it is sent.
   */
  call<Value>(
    process: Process,
    point: string,
    carryOut: () => Reply<Value>,
    delayMs = 0,
  ): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const answer = (reply: Reply<Value>) => {
      if (process.isOver) return;
      this.#isWoken = true;
      try {
        resolve(reply.answer());
      } catch (error) {
        reject(error);
      }
    };
    this.#parts.agenda.after(delayMs + this.#latency(), () => {
      const reply = process.isOver
        ? this.#arriveLate(process, carryOut, delayMs)
        : this.#takeEffect(process, point, carryOut);
      if (reply === undefined) return;
      this.#parts.agenda.after((reply.afterMs ?? 0) + this.#latency(), () => answer(reply));
    });
    return promise;
  }

  /** What was on its way when its sender ended arrives, or had not left yet. */
  #arriveLate(process: Process, carryOut: () => unknown, delayMs: number): undefined {
    if (delayMs === 0 && this.#parts.random.chance(0.5)) this.#as(process, carryOut);
  }

  /** The call takes effect, unless the process dies before; no answer where it dies after. */
  #takeEffect<Value>(
    process: Process,
    point: string,
    carryOut: () => Reply<Value>,
  ): Reply<Value> | undefined {
    const death = this.#deathAt(process, point);
    const reply = death === 'before' ? undefined : this.#as(process, carryOut);
    if (death === undefined) return reply;
    this.#running.get(process)?.end('died');
    return undefined;
  }

  /** `before`, `after` or nothing: whether the process dies at this call. */
  #deathAt(process: Process, point: string): 'before' | 'after' | undefined {
    const { chronicle, coverage, faults } = this.#parts;
    const name = `${process.kind}: ${point}`;
    coverage.count('kill point', name);
    const death = faults.oneOf(['death_before', 'death_after']);
    if (death === undefined) return undefined;
    const when = death === 'death_before' ? 'before' : 'after';
    coverage.count(`death ${when}`, name);
    chronicle.note(process.name, `dies ${when} ${point}`);
    return when;
  }

  /** Does something as the process: what is told meanwhile is its doing. */
  #as<Value>(process: Process, run: () => Value): Value {
    this.#current = process;
    try {
      return run();
    } finally {
      this.#current = null;
    }
  }

  #latency(): number {
    const { random, faults, longestLatencyMs } = this.#parts;
    const pauseMs = faults.strikes('pause') ? random.below(longestPauseMs) : 0;
    return random.below(longestLatencyMs + 1) + pauseMs;
  }
}
