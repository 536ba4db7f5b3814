import { customerId, invoiceId, paymentMethodId } from '../../../../functions/domain/ids.ts';
import type { Consent } from '../../../../functions/domain/payment-method.ts';
import {
  assignSecondary,
  requestRetry,
  setCharging,
} from '../../../../functions/runtime/staff-operations.ts';
import type { Environment } from '../rooms.ts';
import type { Backup, KnownCustomer, World } from '../world.ts';

/** How often somebody tries again whose tool failed. */
const mostTries = 4;

/** Somebody of the staff does something with the tool, again where it failed. */
function doAsStaff<Result>(
  world: World,
  what: string,
  act: (environment: Environment) => Promise<Result>,
  done: (result: Result, lastWriteAt: number) => void = () => undefined,
  /** Called when it is done, or given up. */
  next: () => void = () => undefined,
): void {
  const attempt = (tries: number): void => {
    let name = '';
    world.invoke(
      'staff',
      (environment) => {
        name = environment.process().name;
        world.chronicle.note(name, what);
        return act(environment);
      },
      (end) => {
        if (end.kind !== 'done' && tries < mostTries) return attempt(tries + 1);
        if (end.kind === 'done') done(end.value, world.lastStaffWrite(name) ?? world.agenda.now);
        next();
      },
    );
  };
  attempt(1);
}

/**
 * What staff do about the backup of one customer they do one after the other: of two at once
 * nobody could say what was agreed to in the end.
 */
function inTurn(known: KnownCustomer, act: (done: () => void) => void): void {
  const run = () =>
    act(() => {
      known.turns.shift();
      known.turns[0]?.();
    });
  known.turns.push(run);
  if (known.turns.length === 1) run();
}

const standing = ({ backups }: KnownCustomer): readonly Backup[] =>
  backups.filter(({ consentUntil }) => consentUntil === null);

function endConsent(backups: readonly Backup[], at: number): void {
  for (const ended of backups) ended.consentUntil ??= at;
}

/** Makes a method the backup, as the customer agreed to; the one before it is none any more. */
export function giveBackup(world: World, known: KnownCustomer, method: string): void {
  const { agenda } = world;
  inTurn(known, (next) => {
    const consent: Consent = { source: 'staff', name: 'Sam', evidence: 'a call', at: agenda.now };
    const before = standing(known);
    const backup: Backup = { method, consentFrom: agenda.now, consentUntil: null };
    known.backups.push(backup);
    doAsStaff(
      world,
      `makes ${method} the backup of ${known.customer}`,
      (environment) => assign(environment, known, method, consent),
      (result, at) => endConsent(result === 'assigned' ? before : [backup], at),
      next,
    );
  });
}

/** The customer agrees no longer. */
export function withdrawConsent(world: World, known: KnownCustomer, method: string): void {
  inTurn(known, (next) => {
    const before = standing(known);
    doAsStaff(
      world,
      `withdraws the consent to ${method}`,
      (environment) => assign(environment, known, method, null),
      (result, at) => endConsent(result === 'assigned' ? before : [], at),
      next,
    );
  });
}

const assign = (
  { records, stripe }: Environment,
  { customer }: KnownCustomer,
  method: string,
  consent: Consent | null,
) => assignSecondary(records, stripe, customerId(customer), paymentMethodId(method), consent);

export function retryByHand(world: World, customer: string, invoice: string): void {
  doAsStaff(world, `wants ${invoice} tried again`, (environment) =>
    requestRetry(environment, customerId(customer), invoiceId(invoice)),
  );
}

export function switchCharging(world: World, charging: 'allowed' | 'stopped'): void {
  doAsStaff(world, `says that charging is ${charging}`, ({ records }) =>
    setCharging(records, charging, 'Sam', 'a person said so'),
  );
}
