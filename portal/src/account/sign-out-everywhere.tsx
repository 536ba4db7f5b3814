import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { useLeave } from './use-leave.ts';

/** Ends the reader's sessions in all browsers; rarely wanted, so it stands at the foot of the page. */
export function SignOutEverywhere({ onSignedOut }: { readonly onSignedOut: () => void }) {
  const { text } = usePage();
  const { leave, isBusy, error } = useLeave(portalApi.signOutEverywhere, onSignedOut);
  return (
    <>
      <button class="quiet" type="button" disabled={isBusy} onClick={leave}>
        {text.page.signOutEverywhere}
      </button>
      {error !== null && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
