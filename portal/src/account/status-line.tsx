import { useEffect, useRef } from 'preact/hooks';
import type { Status } from './use-follow.ts';

/** How the last change went. Who made it far down the page is brought to where it is said. */
export function StatusLine({ status: { tone, sentences } }: { readonly status: Status }) {
  const line = useRef<HTMLDivElement>(null);
  const said = sentences.join(' ');
  useEffect(() => {
    if (said !== '') line.current?.scrollIntoView({ block: 'nearest' });
  }, [said]);
  return (
    <div ref={line} role="status" class={`said ${tone}`}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
