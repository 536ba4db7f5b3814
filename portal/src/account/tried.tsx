import { useEffect, useState } from 'preact/hooks';
import type { CaseView, OpenCaseView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import { sayTimeline } from '../words/say-timeline.ts';

/** What was tried for an invoice, read when somebody wants to see it. */
export function Tried({ openCase }: { readonly openCase: OpenCaseView }) {
  const { text } = usePage();
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState<CaseView | 'failed' | null>(null);
  const { invoice, state, tried } = openCase;
  // Another state or another try is another timeline.
  const newest = JSON.stringify([state, tried]);
  useEffect(() => {
    if (!isOpen) return;
    let isGone = false;
    void portalApi.case(invoice).then((answer) => {
      if (!isGone) setShown(answer.ok ? answer.body : 'failed');
    });
    return () => {
      isGone = true;
    };
  }, [isOpen, invoice, newest]);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.cases.tried}</summary>
      {shown === null && <p class="soft">{text.cases.loading}</p>}
      {shown === 'failed' && <p class="error">{text.cases.failed}</p>}
      {shown !== null && shown !== 'failed' && <Timeline shown={shown} />}
    </details>
  );
}

function Timeline({ shown }: { readonly shown: CaseView }) {
  const page = usePage();
  const { text, format } = page;
  const entries = sayTimeline(page, shown);
  if (entries.length === 0) return <p class="soft">{text.cases.noEntries}</p>;
  return (
    <ol class="timeline">
      {entries.map(({ at, sentence }) => (
        <li key={`${at} ${sentence}`}>
          <time dateTime={at}>{format.moment(at)}</time>
          <span>{sentence}</span>
        </li>
      ))}
    </ol>
  );
}
