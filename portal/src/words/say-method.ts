import { isDebit } from '../../../functions/domain/customer/is-debit.ts';
import { properName } from '../../../functions/domain/customer/proper-name.ts';
import type { MethodView } from '../api/api-types.ts';
import type { Words } from './words.ts';

type Named = Pick<MethodView, 'type' | 'brand' | 'last4'>;

/** What a method is called in sentences, such as `Visa ending in 4242`. */
export function sayMethod({ text }: Words, { type, brand, last4 }: Named): string {
  if (isDebit(type)) {
    return last4 === null ? text.methods.plainBank : text.methods.bank({ last4 });
  }
  if (type === 'card') {
    const name = properName(brand) ?? text.methods.plainCard;
    return last4 === null ? name : text.methods.card({ brand: name, last4 });
  }
  return properName(type) ?? text.methods.plainOther;
}

/** How well a method is, in one sentence. */
export function sayHealth(words: Words, method: MethodView): string {
  const { text, format } = words;
  const { health, refused, expMonth, expYear } = method;
  if (health === 'brand_changed') return sayBrandChanged(words, method);
  if (health === 'usable') return text.methods.usable;
  if (health === 'expired' && expMonth !== null && expYear !== null) {
    return text.methods.expired({ month: format.monthOfYear(expMonth, expYear) });
  }
  if (refused === null) return text.methods.refusedPlain;
  const { reason, at } = refused;
  return text.methods.refused({ why: text.reason[reason], when: format.day(at) });
}

/** What can be done about a refusal; `null` where the method was not refused. */
export const sayRemedy = ({ text }: Words, { health, refused }: MethodView): string | null =>
  health === 'refused' && refused !== null ? text.remedy[refused.reason] : null;

function sayBrandChanged({ text }: Words, { role, brand, brandBefore }: MethodView): string {
  const nameOf = (code: string | null) => properName(code) ?? text.methods.plainCard;
  return text.brandChanged[role ?? 'spare']({ before: nameOf(brandBefore), now: nameOf(brand) });
}
