import type { StripeError } from '@stripe/stripe-js';
import type { BillingDefaults } from '../messages.ts';
import { sepaKind, usBankKind } from './bank-kinds.ts';
import { cardKind } from './card-kind.ts';
import type { Example, Field, FieldName, Kind, Values } from './kind.ts';

const kinds: readonly Kind[] = [cardKind, sepaKind, usBankKind];

/** The fields as they stand. */
export interface FormState {
  /** The kinds that the payer can choose from; never none. */
  readonly kinds: readonly Kind[];
  readonly kind: Kind;
  readonly values: Values;
  /** What is wrong, in words, and where. */
  readonly problem: { readonly field: FieldName; readonly text: string } | undefined;
}

/** The form at its start; undefined where none of the types is known. */
export function openForm(
  types: readonly string[],
  { name = '', email = '', country, postalCode = '' }: BillingDefaults,
  ownCountry: string,
): FormState | undefined {
  const offered = kinds.filter(({ type }) => types.includes(type));
  const [kind] = offered;
  if (kind === undefined) return undefined;
  const blank = { number: '', expiry: '', cvc: '', routing: '', account: '', iban: '' };
  const values = { ...blank, name, email, country: country ?? ownCountry, postalCode };
  return { kinds: offered, kind, values, problem: undefined };
}

export const withKind = (state: FormState, kind: Kind): FormState => ({
  ...state,
  kind,
  problem: undefined,
});

export function withValue(state: FormState, { name, format }: Field, typed: string): FormState {
  const values = { ...state.values, [name]: format === undefined ? typed : format(typed) };
  const isMended = state.problem?.field === name;
  return { ...state, values, problem: isMended ? undefined : state.problem };
}

export const withExample = (state: FormState, { values }: Example): FormState => ({
  ...state,
  values: { ...state.values, ...values },
  problem: undefined,
});

/** The error of the API, in the words of the reader, at the field that it is about. */
export const withError = (state: FormState, error: StripeError, text: string): FormState => ({
  ...state,
  problem: { field: state.kind.fieldOf(error.code ?? ''), text },
});

export const shownFields = ({ kind, values }: FormState): readonly Field[] =>
  kind.fields.filter(({ isShown }) => isShown?.(values) ?? true);

/** Whether nothing was typed; a country and what the page knew do not count. */
export function isEmpty({ kind, values }: FormState): boolean {
  const known: readonly FieldName[] = ['country', 'name', 'email', 'postalCode'];
  return kind.fields.every(({ name }) => known.includes(name) || values[name] === '');
}
