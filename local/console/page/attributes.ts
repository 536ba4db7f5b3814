import { type Html, html } from '../../pages/html.ts';
import { isJsonLine } from '../../start/json-line.ts';
import { sayMoney } from '../view/customers-view.ts';
import { linked, moment } from './words.ts';

/** Attributes that hold a moment in epoch milliseconds (docs/data-model.md). */
const momentName = /(?:At|Until|Since)$|^(?:at|until|since)$/;

/** An item's attributes, each with its name as the table has it, for people to read. */
export function attributesOf(item: Readonly<Record<string, unknown>>, now: number): Html {
  const { pk, sk, ...rest } = item;
  const keys = pk === undefined ? {} : { pk, sk };
  const rows = Object.entries({ ...keys, ...rest }).map(
    ([name, value]) => html`<dt>${name}</dt><dd>${shown(name, value, now)}</dd>`,
  );
  return html`<dl class="attributes">${rows}</dl>`;
}

function shown(name: string, value: unknown, now: number): Html {
  if (value === null || value === undefined) return html`<span class="none">none</span>`;
  if (typeof value === 'boolean') return html`${value ? 'yes' : 'no'}`;
  if (typeof value === 'number') {
    return momentName.test(name) && value > 0 ? moment(value, now) : html`${value}`;
  }
  if (typeof value === 'string') return linked(value);
  if (Array.isArray(value)) return listOf(name, value, now);
  if (!isJsonLine(value)) return html`${JSON.stringify(value)}`;
  const { amount, currency } = value;
  if (typeof amount === 'number' && typeof currency === 'string') {
    return html`${sayMoney({ amount, currency })} <small>(${amount} ${currency})</small>`;
  }
  return attributesOf(value, now);
}

function listOf(name: string, values: readonly unknown[], now: number): Html {
  if (values.length === 0) return html`<span class="none">none</span>`;
  return html`<ol>${values.map((value) => html`<li>${shown(name, value, now)}</li>`)}</ol>`;
}

/** An item behind one line, until it is wanted. */
export const foldedItem = (
  title: string,
  item: Readonly<Record<string, unknown>>,
  now: number,
): Html => html`<details><summary>${title}</summary>${attributesOf(item, now)}</details>`;
