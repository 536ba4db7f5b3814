import { useEffect, useRef, useState } from 'preact/hooks';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { Frame } from '../parts/frame.tsx';
import { useAction } from '../parts/use-action.ts';
import { isMailAddress } from '../words/is-mail-address.ts';
import { sayFailure } from '../words/say-failure.ts';

/** Why somebody is asked to sign in; `null` of who just came. */
export type SignInReason = 'ended' | 'link-used-up' | 'signed-out' | 'no-access' | null;

/** Asks for a mail address, and for a link that is sent there. */
export function SignInScreen({
  because,
  knownEmail,
}: {
  readonly because: SignInReason;
  /** Of whoever was signed in, so that they need not type it again. */
  readonly knownEmail: string | null;
}) {
  const page = usePage();
  const { text } = page;
  const { isBusy, error, run, refuse } = useAction();
  const [email, setEmail] = useState(knownEmail ?? '');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const heading = useFocus(because !== null);
  const ask = async (event: Event) => {
    event.preventDefault();
    const address = email.trim();
    setSentTo(null);
    if (!isMailAddress(address)) return refuse(text.signIn.wrongEmail);
    await run(async () => {
      const answer = await portalApi.login(address);
      if (!answer.ok) return sayFailure(page, answer.failure);
      setSentTo(address);
      return null;
    });
  };
  return (
    <Frame>
      <div class="card narrow">
        <h1 ref={heading} tabIndex={-1}>
          {text.signIn.title}
        </h1>
        <Because because={because} />
        <p id="sign-in-hint">{text.signIn.hint}</p>
        <form onSubmit={ask} noValidate>
          <label class="wide">
            {text.signIn.email}
            <input
              type="email"
              autocomplete="email"
              required
              value={email}
              aria-describedby="sign-in-hint sign-in-error"
              aria-invalid={error === text.signIn.wrongEmail}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          </label>
          <p class="error" id="sign-in-error" role="alert">
            {error}
          </p>
          <button class="main" type="submit" disabled={isBusy}>
            {text.signIn.submit}
          </button>
        </form>
        <div role="status" class="said calm">
          {sentTo !== null && <p>{text.signIn.sent({ email: sentTo })}</p>}
        </div>
      </div>
    </Frame>
  );
}

function Because({ because }: { readonly because: SignInReason }) {
  const { text } = usePage();
  switch (because) {
    case 'ended':
      return <p class="note wait">{text.signIn.ended}</p>;
    case 'link-used-up':
      return <p class="note wait">{text.problem['link-used-up']}</p>;
    case 'no-access':
      return <p class="note wait">{text.problem['no-customer-chosen']}</p>;
    case 'signed-out':
      return <p class="note good">{text.signIn.signedOut}</p>;
    case null:
      return null;
  }
}

/** Who was somewhere else hears where they are now. */
function useFocus(isWanted: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isWanted) heading.current?.focus();
  }, []);
  return heading;
}
