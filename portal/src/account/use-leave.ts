import type { Result } from '../api/result.ts';
import { usePage } from '../parts/context.ts';
import { useAction } from '../parts/use-action.ts';
import { isProblem, sayFailure } from '../words/say-failure.ts';

/** A way out of the session. */
export interface Leave {
  readonly isBusy: boolean;
  /** Why the reader is still signed in, in words. */
  readonly error: string | null;
  leave(): Promise<void>;
}

/** @param send Ends the session. */
export function useLeave(send: () => Promise<Result<null>>, onSignedOut: () => void): Leave {
  const page = usePage();
  const { run, isBusy, error } = useAction();
  const leave = () =>
    run(async () => {
      const answer = await send();
      // Whose session has ended is signed out.
      const isOut = answer.ok || isProblem(answer.failure, 'not-signed-in');
      if (!isOut) return sayFailure(page, answer.failure);
      onSignedOut();
      return null;
    });
  return { isBusy, error, leave };
}
