import type { ComponentChildren } from 'preact';
import { usePage } from './context.ts';

/** What a dialog asks, what went wrong, and its two buttons. */
export function DialogForm({
  children,
  error,
  isBusy,
  isReady = true,
  submit,
  busyText,
  isDangerous = false,
  isOver = false,
  onSubmit,
  onCancel,
}: {
  readonly children: ComponentChildren;
  readonly error: string | null;
  readonly isBusy: boolean;
  readonly isReady?: boolean;
  readonly submit: string;
  readonly busyText: string;
  readonly isDangerous?: boolean;
  /** There is nothing left to do here but to close it. */
  readonly isOver?: boolean;
  readonly onSubmit: () => Promise<void>;
  readonly onCancel: () => void;
}) {
  const { text } = usePage();
  const send = (event: Event) => {
    event.preventDefault();
    if (!isBusy && isReady && !isOver) void onSubmit();
  };
  return (
    <form onSubmit={send} noValidate>
      {children}
      <p class="error" role="alert">
        {error}
      </p>
      <div class="acts">
        {/* Not disabled, which would take the focus away from who has just pressed it. */}
        {!isOver && (
          <button
            class={isDangerous ? 'danger' : 'main'}
            type="submit"
            aria-disabled={isBusy || !isReady}
          >
            {isBusy ? busyText : submit}
          </button>
        )}
        <button type="button" disabled={isBusy} onClick={onCancel}>
          {isOver ? text.dialog.close : text.dialog.cancel}
        </button>
      </div>
    </form>
  );
}
