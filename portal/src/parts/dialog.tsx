import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

/**
 * A dialog over the page. Not the browser's modal one: in its top layer nothing else of the
 * document can be used, and the bank's confirmation, which Stripe puts into the document's body,
 * would lie beneath it. The page under it is inert instead.
 */
export function Dialog({
  title,
  isBusy,
  onClose,
  children,
}: {
  readonly title: string;
  /** It cannot be closed while something is under way. */
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  // Before the page under the dialog becomes inert, which takes the focus away.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    dialog.current?.show();
    heading.current?.focus();
    return () => giveFocusBack(opener);
  }, []);
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' && !isBusy) onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isBusy, onClose]);
  return (
    <div class="veil">
      <dialog ref={dialog} aria-modal="true" aria-labelledby={id}>
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </dialog>
    </div>
  );
}

/** To where the reader was; where that is gone, to the heading of the page. */
function giveFocusBack(opener: Element | null): void {
  // Once the page under the dialog can be used again.
  requestAnimationFrame(() => {
    const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
    // The reader stays where the page has brought them: to what it says of their change.
    if (isThere) opener.focus({ preventScroll: true });
    else document.querySelector<HTMLElement>('h1')?.focus();
  });
}
