import { useEffect } from 'preact/hooks';
import type { Failure } from '../api/result.ts';
import { usePage } from '../parts/context.ts';
import { Frame } from '../parts/frame.tsx';
import { isProblem, sayFailure } from '../words/say-failure.ts';

/** The shape of the page before there is anything to show. */
export function LoadingScreen({ isSigningIn }: { readonly isSigningIn: boolean }) {
  const { text } = usePage();
  return (
    <Frame>
      <h1 tabIndex={-1}>{text.page.title}</h1>
      <p role="status">{isSigningIn ? text.signIn.opening : text.page.loading}</p>
      <div class="pair-of-cards" aria-hidden="true">
        <div class="card skeleton" />
        <div class="card skeleton" />
      </div>
    </Frame>
  );
}

/** Nothing could be read; it goes on by itself when the connection is back. */
export function TroubleScreen({
  failure,
  onRetry,
}: {
  readonly failure: Failure;
  readonly onRetry: () => void;
}) {
  const page = usePage();
  const { trouble } = page.text;
  const isOffline = failure.kind === 'offline';
  useEffect(() => {
    window.addEventListener('online', onRetry);
    return () => window.removeEventListener('online', onRetry);
  }, [onRetry]);
  const isTold = failure.kind === 'problem' && !isProblem(failure, 'internal');
  const hint = isTold ? sayFailure(page, failure) : trouble.failingHint;
  return (
    <Frame>
      <div class="card narrow" role="alert">
        <h1 tabIndex={-1}>{isOffline ? trouble.offline : trouble.failing}</h1>
        <p>{isOffline ? trouble.offlineHint : hint}</p>
        <button class="main" type="button" onClick={onRetry}>
          {trouble.retry}
        </button>
      </div>
    </Frame>
  );
}
