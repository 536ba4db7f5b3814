import { words } from '../../../pages/words.ts';
import { networkUpdates, readOutcomes } from '../../engine/local-operations/cards.ts';
import type { PaymentMethodRecord } from '../../engine/records.ts';
import { expiryOf, nameOfMethod } from '../words.ts';
import type { Action, ActionParts } from './action.ts';

function methodOf({ control }: ActionParts, id: string): PaymentMethodRecord {
  const method = control.state().tables.payment_methods.find((each) => each.id === id);
  if (method === undefined) throw new RangeError(`There is no payment method ${id}.`);
  return method;
}

/** A card and its expiry, as a sentence goes on after it. */
function cardOf(parts: ActionParts, id: string): string {
  const method = methodOf(parts, id);
  if (method.type !== 'card') return nameOfMethod(method);
  return `${nameOfMethod(method)}, expiry ${expiryOf(method.card)}`;
}

export const methodActions: readonly Action[] = [
  {
    path: 'methods/*/outcome',
    run(parts, fields, id) {
      const name = nameOfMethod(methodOf(parts, id));
      const outcome = fields.required('outcome');
      const isOnce = fields.oneOf('after', ['paid', 'same']) === 'paid' && outcome !== 'succeeded';
      parts.control.setCardOutcomes(id, readOutcomes(isOnce ? [outcome, 'succeeded'] : [outcome]));
      const which = isOnce ? `The next charge of ${name}` : `Every charge of ${name}`;
      const what = outcome === 'succeeded' ? 'will be paid' : `will fail: ${words(outcome)}`;
      return { place: id, text: `${which} ${what}.` };
    },
  },
  {
    path: 'methods/*/expire',
    run(parts, _fields, id) {
      parts.control.expireCard(id);
      return { place: id, text: `${cardOf(parts, id)}, has expired: its charges will fail.` };
    },
  },
  {
    path: 'methods/*/network',
    run(parts, fields, id) {
      const before = nameOfMethod(methodOf(parts, id));
      parts.control.updateCardByNetwork(id, fields.oneOf('update', networkUpdates));
      return {
        place: id,
        text: `The network updated ${before}: it is now ${cardOf(parts, id)}. Your endpoints are told by payment_method.automatically_updated.`,
      };
    },
  },
];
