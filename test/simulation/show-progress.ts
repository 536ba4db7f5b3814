/** Where a long run stands, on standard error: one line that is written over, or one now and then. */
export interface Progress {
  tick(done: number, breaches: number): void;
  /** Says at once what should not wait for the end. */
  say(line: string): void;
  end(): void;
}

const everyMs = 1_000;
/** Where nobody watches, a line a second would only fill the log. */
const everyMsInLog = 15_000;

export function showProgress(total: number, now: () => number): Progress {
  const { stderr } = process;
  const startedAt = now();
  let shownAt = startedAt;
  return {
    tick(done, breaches) {
      if (now() - shownAt < (stderr.isTTY ? everyMs : everyMsInLog)) return;
      shownAt = now();
      const rate = done / ((now() - startedAt) / 1000);
      const left = Math.round((total - done) / rate);
      const line = `${done} of ${total} seeds, ${rate.toFixed(1)} a second, ${minutesOf(left)} left, ${breaches} with a breach`;
      stderr.write(stderr.isTTY ? `\r${line}  ` : `${line}\n`);
    },
    say(line) {
      stderr.write(stderr.isTTY ? `\r${line}\n` : `${line}\n`);
    },
    end() {
      if (stderr.isTTY) stderr.write('\n');
    },
  };
}

const minutesOf = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
