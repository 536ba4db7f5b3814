import {
  type ChargingSwitch,
  StripeConfigurationError,
} from '../../functions/domain/charging-switch.ts';
import { customerId, invoiceId, paymentMethodId } from '../../functions/domain/ids.ts';
import {
  assignSecondary,
  requestRetry,
  setCharging,
} from '../../functions/runtime/staff-operations.ts';
import { StartRefusal } from '../../local/start/options.ts';
import type { Desk } from './connect-desk.ts';
import { describeCase } from './describe-case.ts';

/** The options that a command was given. */
export type Given = Readonly<
  Partial<Record<'customer' | 'invoice' | 'method' | 'name' | 'evidence' | 'reason', string>>
>;

/** Each command answers with what to print. @throws {StartRefusal} with what is missing. */
export async function showCase(desk: Desk, given: Given): Promise<string> {
  const ids = idsOf(desk, given);
  const found = await desk.records.case(ids.customer, ids.invoice);
  if (found === null) throw new StartRefusal(`There is no case of ${ids.invoice}.`);
  return describeCase(found, await desk.records.history(ids.customer, ids.invoice));
}

export async function retry(desk: Desk, given: Given): Promise<string> {
  const { customer, invoice } = idsOf(desk, given);
  const said = {
    queued: `${invoice} is tried again now.`,
    no_case: `There is no case of ${invoice}.`,
    settled: `There is nothing left to pay on ${invoice}.`,
  };
  const { records } = desk;
  return said[await requestRetry({ records, queues: desk.queues() }, customer, invoice)];
}

export async function assignBackup(desk: Desk, given: Given): Promise<string> {
  const customer = customerId(option(given.customer ?? desk.demoCustomer, '--customer'));
  const method = paymentMethodId(option(given.method, '--method'));
  const name = option(given.name, '--name');
  const evidence = option(given.evidence, '--evidence');
  const consent = { source: 'staff', name, evidence, at: Date.now() } as const;
  const said = {
    assigned: `${method} is the backup of ${customer} now, with your consent on record.`,
    no_such_customer: `Stripe has no customer ${customer}.`,
    no_such_method: `Stripe has no payment method ${method}.`,
    not_theirs: `${method} is not attached to ${customer}: attach it at Stripe first.`,
  };
  try {
    return said[await assignSecondary(desk.records, desk.stripe(), customer, method, consent)];
  } catch (error) {
    if (error instanceof StripeConfigurationError) throw new StartRefusal(error.message);
    throw error;
  }
}

export async function charging(
  desk: Desk,
  wish: string | undefined,
  given: Given,
): Promise<string> {
  if (wish === undefined) return describeSwitch(await desk.records.chargingSwitch());
  if (wish !== 'stop' && wish !== 'start') {
    throw new StartRefusal('Say charging, charging stop or charging start.');
  }
  const by = option(given.name, '--name');
  const reason = option(given.reason, '--reason');
  await setCharging(desk.records, wish === 'stop' ? 'stopped' : 'allowed', by, reason);
  return wish === 'stop'
    ? 'No charge is started any more; one that was sent already is not called back.'
    : 'Charges are allowed again; what waited is looked at within 15 minutes.';
}

function describeSwitch(stored: ChargingSwitch | null): string {
  if (stored === null) return 'Charges are allowed; nobody ever stopped them.';
  const allowed = stored.charging === 'allowed' ? 'allowed' : 'stopped';
  return `Charges are ${allowed}, by ${stored.by}: ${stored.reason}`;
}

function idsOf(desk: Desk, given: Given) {
  return {
    customer: customerId(option(given.customer ?? desk.demoCustomer, '--customer')),
    invoice: invoiceId(option(given.invoice, '--invoice')),
  };
}

function option(value: string | undefined, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw new StartRefusal(`This command needs ${name}.`);
}
