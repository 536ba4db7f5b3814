import { usePage } from '../parts/context.ts';
import type { ConsentText } from '../words/consent-in.ts';

/** The text that somebody agrees to who lets a method be charged as the secondary. */
export function ConsentBox({
  consent: { language, text },
  isGiven,
  onChange,
}: {
  readonly consent: ConsentText;
  readonly isGiven: boolean;
  readonly onChange: (isGiven: boolean) => void;
}) {
  const page = usePage();
  return (
    <fieldset>
      <legend>{page.text.dialog.consentTitle}</legend>
      <label class="choice">
        <input
          type="checkbox"
          checked={isGiven}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span lang={language} dir="auto">
          {text}
        </span>
      </label>
    </fieldset>
  );
}
