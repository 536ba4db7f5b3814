import { usePage } from '../parts/context.ts';

/** The text that somebody agrees to who lets a method be charged as the secondary. */
export function ConsentBox({
  text,
  isGiven,
  onChange,
}: {
  readonly text: string;
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
        <span>{text}</span>
      </label>
    </fieldset>
  );
}
