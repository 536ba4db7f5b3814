import { useMemo } from 'preact/hooks';
import { usePage } from '../parts/context.ts';
import { Field, Fields } from './field.tsx';
import { isKind, listKinds } from './say-tax-id.ts';
import { taxIdKinds } from './tax-id-kinds.ts';

/** What does not fit, in words. */
export interface WrongTaxId {
  readonly type?: string;
  readonly value?: string;
}

/** The longest value that the API takes: functions/account/tax-ids.ts. */
const longestValue = 40;

/** The kind of a new tax id, and its value with an example. */
export function TaxIdFields({
  type,
  value,
  wrong,
  onType,
  onValue,
}: {
  readonly type: string;
  readonly value: string;
  readonly wrong: WrongTaxId;
  readonly onType: (type: string) => void;
  readonly onValue: (value: string) => void;
}) {
  const page = usePage();
  const { text } = page;
  const kinds = useMemo(() => listKinds(page), [page]);
  const example = isKind(type) ? taxIdKinds[type].example : null;
  return (
    <Fields wrong={wrong}>
      <Field label={text.billing.kind} wrong={wrong.type ?? null} isWide>
        {(ties) => (
          <select {...ties} value={type} onChange={(event) => onType(event.currentTarget.value)}>
            <option value="">{text.billing.noKind}</option>
            {kinds.map((kind) => (
              <option key={kind.value} value={kind.value}>
                {kind.label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={text.billing.value}
        hint={example === null ? null : text.billing.example({ example })}
        wrong={wrong.value ?? null}
        isWide
      >
        {(ties) => (
          <input
            {...ties}
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={longestValue}
            value={value}
            onInput={(event) => onValue(event.currentTarget.value)}
          />
        )}
      </Field>
    </Fields>
  );
}
