import type Stripe from 'stripe';
import { getMethod } from '../objects/find-method.ts';
import { openPaymentOf } from '../objects/invoice-payments.ts';
import type { TableName } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { invalidParameter } from './answer.ts';

/** Which ids of which object can become the object itself; paths inside one object. */
const references: Readonly<Record<string, TableName>> = {
  'customer:default_source': 'sources',
  'invoice:default_source': 'sources',
  'subscription:default_source': 'sources',
  'customer:invoice_settings.default_payment_method': 'payment_methods',
  'payment_method:customer': 'customers',
  'product:default_price': 'prices',
  'price:product': 'products',
  'subscription:customer': 'customers',
  'subscription:default_payment_method': 'payment_methods',
  'subscription:latest_invoice': 'invoices',
  'invoice:customer': 'customers',
  'invoice:default_payment_method': 'payment_methods',
  'invoice:parent.subscription_details.subscription': 'subscriptions',
  'line_item:pricing.price_details.price': 'prices',
  'line_item:subscription': 'subscriptions',
  'plan:product': 'products',
  'invoiceitem:customer': 'customers',
  'invoiceitem:invoice': 'invoices',
  'invoiceitem:pricing.price_details.price': 'prices',
  'invoiceitem:test_clock': 'test_clocks',
  'invoice_payment:invoice': 'invoices',
  'invoice_payment:payment.payment_intent': 'payment_intents',
  'payment_intent:customer': 'customers',
  'payment_intent:latest_charge': 'charges',
  'payment_intent:payment_method': 'payment_methods',
  'charge:customer': 'customers',
  'customer:test_clock': 'test_clocks',
  'subscription:test_clock': 'test_clocks',
  'invoice:test_clock': 'test_clocks',
  'tax_id:customer': 'customers',
  'tax_id:owner.customer': 'customers',
  'charge:payment_intent': 'payment_intents',
  'charge:balance_transaction': 'balance_transactions',
  'charge:payment_method_details.us_bank_account.mandate': 'mandates',
  'setup_intent:customer': 'customers',
  'setup_intent:latest_attempt': 'setup_attempts',
  'setup_intent:mandate': 'mandates',
  'setup_intent:payment_method': 'payment_methods',
  'setup_intent:single_use_mandate': 'mandates',
  'setup_attempt:customer': 'customers',
  'setup_attempt:payment_method': 'payment_methods',
  'setup_attempt:setup_intent': 'setup_intents',
  'mandate:payment_method': 'payment_methods',
  'refund:balance_transaction': 'balance_transactions',
  'refund:charge': 'charges',
  'refund:customer': 'customers',
  'refund:failure_balance_transaction': 'balance_transactions',
  'refund:payment_intent': 'payment_intents',
  'refund:payment_method': 'payment_methods',
  'dispute:charge': 'charges',
  'dispute:payment_intent': 'payment_intents',
  'radar.early_fraud_warning:charge': 'charges',
  'radar.early_fraud_warning:payment_intent': 'payment_intents',
  'card:customer': 'customers',
};

/** Properties that an object has only where they are asked for. */
const includable: Readonly<Record<string, (tx: Transaction, id: string) => unknown>> = {
  'invoice:payments': paymentsOf,
  'invoice:confirmation_secret': confirmationSecretOf,
  'charge:refunds': refundsOf,
  'customer:sources': sourcesOf,
  'customer:subscriptions': subscriptionsOf,
  'customer:tax_ids': taxIdsOf,
};

/** Stripe expands at most four levels; in a list, `data` is one of them. */
const maximumLevels = 4;

interface Place {
  /** `object` of the innermost Stripe object around, and its id. */
  readonly object: string;
  readonly id: string;
  /** The way from there, ending in a dot unless empty. */
  readonly path: string;
}

const nowhere: Place = { object: '', id: '', path: '' };

/**
 * Puts objects in the place of ids along each path (`payments.data.payment.payment_intent`).
 * The given object stays as it is.
 *
 * @throws Refusal for more than four levels, or for a property that cannot be expanded.
 */
export function expand(tx: Transaction, answer: object, paths: readonly string[]): object {
  let expanded: unknown = answer;
  for (const path of paths) {
    const levels = path.split('.');
    if (levels.length > maximumLevels) {
      throw invalidParameter(
        `You cannot expand more than ${maximumLevels} levels of a property: ${path}.`,
        'expand',
      );
    }
    expanded = expandAt(tx, expanded, levels, path, nowhere);
  }
  return typeof expanded === 'object' && expanded !== null ? expanded : answer;
}

function expandAt(
  tx: Transaction,
  value: unknown,
  levels: readonly string[],
  whole: string,
  place: Place,
): unknown {
  const [level, ...rest] = levels;
  if (level === undefined || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((each: unknown) => expandAt(tx, each, levels, whole, nowhere));
  }
  if (typeof value !== 'object') throw notExpandable(whole);
  const here = placeOf(value, place);
  const child = childOf(tx, value, level, here);
  if (child === undefined || (rest.length === 0 && !child.expands)) throw notExpandable(whole);
  const deeper = { ...here, path: `${here.path}${level}.` };
  return { ...value, [level]: expandAt(tx, child.value, rest, whole, deeper) };
}

function placeOf(value: object, outer: Place): Place {
  const object = readText(value, 'object');
  const id = readText(value, 'id');
  return object !== undefined && id !== undefined ? { object, id, path: '' } : outer;
}

function childOf(
  tx: Transaction,
  value: object,
  level: string,
  here: Place,
): { readonly value: unknown; readonly expands: boolean } | undefined {
  const key = `${here.object}:${here.path}${level}`;
  const include = Object.hasOwn(includable, key) ? includable[key] : undefined;
  const entry = Object.entries(value).find(([name]) => name === level);
  if (include !== undefined) {
    return { value: entry === undefined ? include(tx, here.id) : entry[1], expands: true };
  }
  if (entry === undefined) return undefined;
  const current: unknown = entry[1];
  const table = Object.hasOwn(references, key) ? references[key] : undefined;
  if (table === undefined) return { value: current, expands: false };
  return {
    value: typeof current === 'string' ? referred(tx, table, current) : current,
    expands: true,
  };
}

/** A payment method's id can be that of a card from before PaymentMethods. */
function referred(tx: Transaction, table: TableName, id: string): unknown {
  return table === 'payment_methods' ? getMethod(tx, id) : tx.get(table, id);
}

function readText(value: object, name: string): string | undefined {
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : undefined;
}

function notExpandable(path: string) {
  return invalidParameter(`This property cannot be expanded (${path}).`, 'expand');
}

function wholeList<T>(data: T[], url: string): Stripe.ApiList<T> {
  return { object: 'list', data, has_more: false, url };
}

function paymentsOf(tx: Transaction, invoice: string) {
  const data = tx.rows('invoice_payments').filter((row) => row.invoice === invoice);
  return wholeList(data, '/v1/invoice_payments');
}

function refundsOf(tx: Transaction, charge: string) {
  const data = tx.rows('refunds').filter((row) => row.charge === charge);
  return wholeList(data.toReversed(), `/v1/charges/${charge}/refunds`);
}

function sourcesOf(tx: Transaction, customer: string) {
  const data = tx.rows('sources').filter((row) => row.customer === customer);
  return wholeList(data.toReversed(), `/v1/customers/${customer}/sources`);
}

function subscriptionsOf(tx: Transaction, customer: string) {
  const data = tx
    .rows('subscriptions')
    .filter((row) => row.customer === customer && row.status !== 'canceled')
    .reverse();
  return wholeList(data, `/v1/customers/${customer}/subscriptions`);
}

function taxIdsOf(tx: Transaction, customer: string) {
  const data = tx.rows('tax_ids').filter((row) => row.customer === customer);
  return wholeList(data.reverse(), `/v1/customers/${customer}/tax_ids`);
}

function confirmationSecretOf(tx: Transaction, invoice: string) {
  const open = openPaymentOf(tx, tx.get('invoices', invoice));
  if (open === undefined) return null;
  return { client_secret: open.intent.client_secret, type: 'payment_intent' };
}
