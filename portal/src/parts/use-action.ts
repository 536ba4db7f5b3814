import { useState } from 'preact/hooks';

/** One thing at a time that may go wrong, as a dialog does it. */
export interface Action {
  readonly isBusy: boolean;
  /** What went wrong last, in words. */
  readonly error: string | null;
  /** @param work Answers what went wrong, in words; `null` where nothing did. */
  run(work: () => Promise<string | null>): Promise<void>;
  refuse(why: string): void;
}

export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    isBusy,
    error,
    refuse: setError,
    async run(work) {
      setBusy(true);
      setError(null);
      try {
        setError(await work());
      } finally {
        setBusy(false);
      }
    },
  };
}
