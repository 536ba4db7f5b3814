import type { SessionView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { useLeave } from './use-leave.ts';

/** Who is signed in, and the ways out. */
export function SessionActs({
  session: { email, customers, returnUrl },
  onSwitch,
  onSignedOut,
}: {
  readonly session: SessionView;
  readonly onSwitch: () => void;
  readonly onSignedOut: () => void;
}) {
  const { text, config } = usePage();
  const { leave, isBusy, error } = useLeave(portalApi.signOut, onSignedOut);
  return (
    <nav aria-label={text.page.account}>
      {returnUrl !== null && (
        <a href={returnUrl}>{text.page.back({ business: config.business.name })}</a>
      )}
      {email !== null && <span class="soft">{text.page.signedInAs({ email })}</span>}
      {customers.length > 1 && (
        <button class="plain" type="button" onClick={onSwitch}>
          {text.page.switchCustomer}
        </button>
      )}
      <button class="plain" type="button" disabled={isBusy} onClick={leave}>
        {text.page.signOut}
      </button>
      {error !== null && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </nav>
  );
}
