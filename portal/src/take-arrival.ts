import { type Return, readReturn } from './words/read-return.ts';
import { signInToken } from './words/sign-in-token.ts';

/** What the address asked for. */
export interface Arrival {
  /** Of a link that signs in. */
  readonly token: string | null;
  readonly cameBack: Return | null;
}

/** Reads the address and takes it out of the address bar and the history at once: it signs in. */
export function takeArrival(): Arrival {
  const token = signInToken(location.hash);
  const cameBack = readReturn(location.search);
  if (token !== null || cameBack !== null) history.replaceState(null, '', location.pathname);
  return { token, cameBack };
}
