import { useMemo } from 'preact/hooks';
import { usePage } from '../parts/context.ts';
import type { Text } from '../text/locales/en.ts';
import {
  type BillingDraft,
  type BillingField,
  longest,
  type WrongFields,
} from './check-billing.ts';
import { listCountries } from './countries.ts';
import { Field, Fields, TextField } from './field.tsx';

interface Given {
  readonly draft: BillingDraft;
  readonly wrong: WrongFields;
  readonly onChange: (change: Partial<BillingDraft>) => void;
}

/** The fields of the billing info, named for the browser's own memory of its user. */
export function BillingFields(given: Given) {
  const { text } = usePage();
  return (
    <Fields wrong={given.wrong}>
      <One of="name" autocomplete="billing name" {...given} />
      <One
        of="email"
        type="email"
        autocomplete="billing email"
        hint={text.billing.emailHint}
        {...given}
      />
      <One of="phone" type="tel" autocomplete="billing tel" {...given} />
      <One of="line1" autocomplete="billing address-line1" {...given} />
      <One of="line2" autocomplete="billing address-line2" {...given} />
      <One of="postalCode" autocomplete="billing postal-code" isShort {...given} />
      <One of="city" autocomplete="billing address-level2" isShort {...given} />
      <One of="state" autocomplete="billing address-level1" {...given} />
      <Country {...given} />
    </Fields>
  );
}

function One({
  of: field,
  type = 'text',
  autocomplete,
  hint = null,
  isShort = false,
  draft,
  wrong,
  onChange,
}: Given & {
  readonly of: BillingField;
  readonly type?: 'text' | 'email' | 'tel';
  readonly autocomplete: string;
  readonly hint?: string | null;
  /** Shares its line with another one. */
  readonly isShort?: boolean;
}) {
  const { text } = usePage();
  return (
    <TextField
      label={text.billing[field]}
      hint={hint}
      wrong={sayWrong(text, field, wrong)}
      isWide={!isShort}
      type={type}
      autocomplete={autocomplete}
      value={draft[field]}
      onText={(typed) => onChange({ [field]: typed })}
    />
  );
}

/** What is wrong with a field, in words. */
function sayWrong(text: Text, field: BillingField, wrong: WrongFields): string | null {
  const why = wrong[field];
  if (why === undefined) return null;
  return why === 'email'
    ? text.signIn.wrongEmail
    : text.billing.tooLong({ count: `${longest[field]}` });
}

function Country({ draft, onChange }: Given) {
  const { text, format } = usePage();
  const countries = useMemo(() => listCountries(format.locale), [format.locale]);
  return (
    <Field label={text.billing.country} isWide>
      {(ties) => (
        <select
          {...ties}
          autocomplete="billing country"
          value={draft.country}
          onChange={(event) => onChange({ country: event.currentTarget.value })}
        >
          <option value="">{text.billing.noCountry}</option>
          {countries.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
