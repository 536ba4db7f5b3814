import type { Address, BillingDetails } from '../api/api-types.ts';
import { countryCodes } from './countries.ts';

/** What is typed in. */
export type BillingField = 'name' | 'email' | 'phone' | Exclude<keyof Address, 'country'>;

/** The form as text; what is empty is not known. */
export type BillingDraft = Readonly<Record<BillingField | 'country', string>>;

/** What does not fit, by field. */
export type WrongFields = Readonly<Partial<Record<BillingField, 'email' | 'long'>>>;

/** The API's limits, in UTF-16 units: functions/account/billing-info.ts and functions/api/input.ts. */
export const longest: Readonly<Record<BillingField, number>> = {
  name: 150,
  email: 254,
  phone: 20,
  line1: 200,
  line2: 200,
  city: 100,
  postalCode: 20,
  state: 100,
};

/** What the API takes for a mail address, which is what mail servers do. */
const mailAddress = /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

/** The form as it opens: what is known. */
export function draftOf({ name, email, phone, address }: BillingDetails): BillingDraft {
  return {
    name: name ?? '',
    email: email ?? '',
    phone: phone ?? '',
    line1: address?.line1 ?? '',
    line2: address?.line2 ?? '',
    city: address?.city ?? '',
    postalCode: address?.postalCode ?? '',
    state: address?.state ?? '',
    // Stripe may keep what is none; then one is chosen anew.
    country: countryCodes.find((code) => code === address?.country) ?? '',
  };
}

/** What to send; without the spaces around it, and without what is no writing, such as a tab. */
export function detailsOf(draft: BillingDraft): BillingDetails {
  const { line1, line2, city, postalCode, state, country } = draft;
  return {
    name: lineOrNull(draft.name),
    email: lineOrNull(draft.email),
    phone: lineOrNull(draft.phone),
    address: {
      line1: lineOrNull(line1),
      line2: lineOrNull(line2),
      city: lineOrNull(city),
      postalCode: lineOrNull(postalCode),
      state: lineOrNull(state),
      country: lineOrNull(country),
    },
  };
}

/** What the API would refuse, so that it is told beside its field and not sent. */
export function findWrong(details: BillingDetails): WrongFields {
  const draft = draftOf(details);
  // The keys of the limits are the fields.
  const fields = Object.keys(longest) as BillingField[];
  const tooLong = fields.filter((field) => draft[field].length > longest[field]);
  const isMailWrong = details.email !== null && !mailAddress.test(details.email);
  return {
    ...(isMailWrong && { email: 'email' }),
    ...Object.fromEntries(tooLong.map((field) => [field, 'long'])),
  };
}

function lineOrNull(text: string): string | null {
  const line = text.replaceAll(/\p{Cc}+/gu, ' ').trim();
  return line === '' ? null : line;
}
