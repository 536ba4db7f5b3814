import { useRef } from 'preact/hooks';
import { AccountScreen } from './account/account-screen.tsx';
import { ChooseScreen } from './screens/choose-screen.tsx';
import { SignInScreen } from './screens/sign-in-screen.tsx';
import { LoadingScreen, TroubleScreen } from './screens/waiting-screens.tsx';
import type { Arrival } from './take-arrival.ts';
import { usePlace } from './use-place.ts';

export function App({ arrival: { token, cameBack } }: { readonly arrival: Arrival }) {
  const { place, go, open, leave } = usePlace(token);
  const pending = useRef(cameBack);
  /** Once: another account is chosen later without it. */
  const takeReturn = () => {
    const taken = pending.current;
    pending.current = null;
    return taken;
  };
  switch (place.at) {
    case 'loading':
      return <LoadingScreen isSigningIn={place.isSigningIn} />;
    case 'sign-in':
      return <SignInScreen because={place.because} knownEmail={place.email} />;
    case 'choose':
      return <ChooseScreen session={place.session} onChosen={open} onLeft={leave} />;
    case 'trouble':
      return <TroubleScreen failure={place.failure} onRetry={place.again} />;
    case 'account':
      return (
        <AccountScreen
          first={place.view}
          takeReturn={takeReturn}
          onLeft={leave}
          onSwitch={(session) => go({ at: 'choose', session })}
          onSignedOut={() => go({ at: 'sign-in', because: 'signed-out', email: null })}
        />
      );
  }
}
