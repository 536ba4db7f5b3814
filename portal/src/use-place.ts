import { useEffect, useState } from 'preact/hooks';
import type { PageView, SessionView } from './api/api-types.ts';
import { portalApi } from './api/portal-api.ts';
import type { Failure } from './api/result.ts';
import type { SignInReason } from './screens/sign-in-screen.tsx';
import { takeArrival } from './take-arrival.ts';
import { isProblem } from './words/say-failure.ts';

/** What the reader sees. */
export type Place =
  | { readonly at: 'loading'; readonly isSigningIn: boolean }
  | { readonly at: 'sign-in'; readonly because: SignInReason; readonly email: string | null }
  | { readonly at: 'choose'; readonly session: SessionView }
  | { readonly at: 'account'; readonly view: PageView }
  | { readonly at: 'trouble'; readonly failure: Failure; readonly again: () => void };

export interface Places {
  readonly place: Place;
  readonly go: (place: Place) => void;
  /** Reads what is to be shown. */
  readonly open: () => Promise<void>;
  /** The session has ended, or the reader is no member any more. */
  readonly leave: (failure: Failure) => void;
}

/** @param token of the link that the reader came by, `null` where it was none. */
export function usePlace(token: string | null): Places {
  const [place, go] = useState<Place>({ at: 'loading', isSigningIn: token !== null });
  const email = emailAt(place);
  const stop = (failure: Failure, because: SignInReason, again: () => void) => {
    if (isProblem(failure, 'not-signed-in')) go({ at: 'sign-in', because, email });
    else go({ at: 'trouble', failure, again });
  };
  const open = async () => {
    go({ at: 'loading', isSigningIn: false });
    const view = await portalApi.view();
    if (view.ok) go({ at: 'account', view: view.body });
    else if (isProblem(view.failure, 'no-customer-chosen')) await choose();
    else stop(view.failure, null, open);
  };
  /** Whom there is to choose from; nobody for who was a member of one that they are no more. */
  const choose = async () => {
    const session = await portalApi.session();
    if (!session.ok) stop(session.failure, null, open);
    else if (session.body.customers.length > 0) go({ at: 'choose', session: session.body });
    else go({ at: 'sign-in', because: 'no-access', email });
  };
  const signIn = async (linkToken: string) => {
    go({ at: 'loading', isSigningIn: true });
    const session = await portalApi.signIn(linkToken);
    if (!session.ok) {
      const isOver = isProblem(session.failure, 'link-used-up', 'invalid-request');
      if (isOver) go({ at: 'sign-in', because: 'link-used-up', email: null });
      else stop(session.failure, null, () => void signIn(linkToken));
      return;
    }
    if (session.body.customer === null) return go({ at: 'choose', session: session.body });
    await open();
  };
  useEffect(() => {
    if (token === null) void open();
    else void signIn(token);
    // A link that is opened in a tab where the page is open already.
    const onHash = () => {
      const another = takeArrival().token;
      if (another !== null) void signIn(another);
    };
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  const leave = (failure: Failure) => {
    if (isProblem(failure, 'not-signed-in')) stop(failure, 'ended', open);
    else void open();
  };
  return { place, go, open, leave };
}

/** Of whoever is signed in. */
function emailAt(place: Place): string | null {
  if (place.at === 'account') return place.view.session.email;
  return place.at === 'choose' ? place.session.email : null;
}
