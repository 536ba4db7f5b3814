/** Counts what is going on, and tells whoever waits for a change. */
export interface Activity {
  /** Something starts now; call the result once, when it has ended. */
  begin(): () => void;
  readonly running: number;
  /** Rises with every start and every end. */
  readonly version: number;
  /** Resolves when the version is no longer this one. */
  changedSince(version: number): Promise<void>;
  /** Tells those who wait to look again. */
  touch(): void;
}

export function createActivity(): Activity {
  let running = 0;
  let version = 0;
  let waiting: (() => void)[] = [];

  const touch = () => {
    version += 1;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };

  return {
    begin() {
      running += 1;
      touch();
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        running -= 1;
        touch();
      };
    },
    get running() {
      return running;
    },
    get version() {
      return version;
    },
    changedSince(seen) {
      if (version !== seen) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
    touch,
  };
}
