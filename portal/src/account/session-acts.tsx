import type { SessionView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import type { Result } from '../api/result.ts';
import { usePage } from '../parts/context.ts';
import { useAction } from '../parts/use-action.ts';
import { isProblem, sayFailure } from '../words/say-failure.ts';

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
  const page = usePage();
  const { text, config } = page;
  const { run, isBusy, error } = useAction();
  const leave = (send: () => Promise<Result<null>>) => () =>
    run(async () => {
      const answer = await send();
      // Whose session has ended is signed out.
      const isOut = answer.ok || isProblem(answer.failure, 'not-signed-in');
      if (!isOut) return sayFailure(page, answer.failure);
      onSignedOut();
      return null;
    });
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
      <button class="plain" type="button" disabled={isBusy} onClick={leave(portalApi.signOut)}>
        {text.page.signOut}
      </button>
      <button
        class="plain"
        type="button"
        disabled={isBusy}
        onClick={leave(portalApi.signOutEverywhere)}
      >
        {text.page.signOutEverywhere}
      </button>
      {error !== null && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </nav>
  );
}
