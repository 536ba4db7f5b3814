import {
  decideDisputeNow,
  disputeReasons,
  fraudTypes,
  openDisputeNow,
  warnOfFraudNow,
} from '../../../../local/stripe/engine/local-operations/payments.ts';
import type { ChargeRecord } from '../../../../local/stripe/engine/records.ts';
import type { World } from '../world.ts';
import type { Act } from './happen.ts';

/** A charge that took money, which nobody has asked back yet: mostly one that others failed before. */
function anyPaid({ stripe, random }: World): ChargeRecord | undefined {
  const { charges } = stripe.tables;
  const failed = charges.filter(({ status }) => status === 'failed');
  const intents = new Set(failed.map((each) => each.payment_intent));
  const paid = charges.filter(
    ({ status, disputed, refunded }) => status === 'succeeded' && !disputed && !refunded,
  );
  const atLast = paid.filter((each) => intents.has(each.payment_intent));
  return random.pickAny(atLast.length > 0 && random.chance(0.8) ? atLast : paid);
}

function dispute(world: World): boolean {
  const charge = anyPaid(world);
  if (charge === undefined) return false;
  const reason = world.random.pick(disputeReasons);
  const kind = world.random.chance(0.7) ? 'chargeback' : 'inquiry';
  world.stripe.change(`${charge.id} is disputed as ${reason} (${kind})`, (state, now) =>
    openDisputeNow(state, charge.id, reason, now, kind),
  );
  return true;
}

const isOver: ReadonlySet<string> = new Set(['won', 'lost', 'warning_closed']);

function decide(world: World): boolean {
  const { stripe, random } = world;
  const open = random.pickAny(stripe.tables.disputes.filter(({ status }) => !isOver.has(status)));
  if (open === undefined) return false;
  const isWon = random.chance(0.5);
  stripe.change(`the bank decides ${open.id} ${isWon ? 'for' : 'against'} us`, (state, now) =>
    decideDisputeNow(state, open.id, isWon, now),
  );
  return true;
}

function warn(world: World): boolean {
  const charge = anyPaid(world);
  if (charge === undefined || charge.payment_method_details.type !== 'card') return false;
  const type = world.random.pick(fraudTypes);
  world.stripe.change(`the issuer warns of fraud with ${charge.id}`, (state, now) =>
    warnOfFraudNow(state, charge.id, type, now),
  );
  return true;
}

export const afterPayments = {
  charge_disputed: dispute,
  dispute_decided: decide,
  fraud_warned: warn,
} satisfies Record<string, Act>;
