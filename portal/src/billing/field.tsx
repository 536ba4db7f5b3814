import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

/** What ties a control to its label, its hint and what is wrong with it. */
interface Ties {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string | null;
  /** In words; `null` where nothing is. */
  readonly wrong?: string | null;
  /** Has its line for itself. */
  readonly isWide?: boolean;
  readonly children: (ties: Ties) => ComponentChildren;
}

/** A control with its label above it; below it a hint, and what is wrong with what it has. */
export function Field({ label, hint = null, wrong = null, isWide = false, children }: FieldProps) {
  const id = useId();
  const ties = {
    id,
    'aria-describedby': `${id}-wrong ${id}-hint`,
    'aria-invalid': wrong !== null,
  };
  return (
    <div class={isWide ? 'field wide-field' : 'field'}>
      <label for={id}>{label}</label>
      {children(ties)}
      <p class="error" id={`${id}-wrong`}>
        {wrong}
      </p>
      <p class="soft" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}

/** One by one: each has attributes of its own. */
const types = {
  text: { type: 'text' },
  email: { type: 'email' },
  tel: { type: 'tel' },
} as const;

/** A field of one line of text. */
export function TextField({
  type,
  autocomplete,
  value,
  onText,
  ...field
}: Omit<FieldProps, 'children'> & {
  readonly type: keyof typeof types;
  readonly autocomplete: string;
  readonly value: string;
  readonly onText: (text: string) => void;
}) {
  return (
    <Field {...field}>
      {(ties) => (
        <input
          {...ties}
          {...types[type]}
          dir="auto"
          autocomplete={autocomplete}
          value={value}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/**
 * The fields of a form. Whoever sends what does not fit is taken to the first field that says so.
 * @param wrong What was found; another object with each time that it was looked for.
 */
export function Fields({
  wrong,
  children,
}: {
  readonly wrong: object;
  readonly children: ComponentChildren;
}) {
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);
  return (
    <div class="form-fields" ref={fields}>
      {children}
    </div>
  );
}
