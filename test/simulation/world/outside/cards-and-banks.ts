import {
  expireCard,
  type NetworkUpdate,
  setMerchantAdvice,
  updateCardByNetwork,
} from '../../../../local/stripe/engine/local-operations/cards.ts';
import {
  deactivateMandate,
  returnDebitNow,
  settleDebitNow,
} from '../../../../local/stripe/engine/local-operations/payments.ts';
import type { ChargeRecord } from '../../../../local/stripe/engine/records.ts';
import type { World } from '../world.ts';
import { post } from './business.ts';
import { drawAnswersOf, isCard, setAnswers } from './card-answers.ts';
import { anyCard, anyCustomer, methodsOf, primaryOf } from './find.ts';
import type { Act } from './happen.ts';

function answerOfPrimary(world: World): boolean {
  return drawAnswersOf(world, primaryOf(world, anyCustomer(world)));
}

function answerOfSecondary(world: World): boolean {
  return drawAnswersOf(world, anyCustomer(world).backups.at(-1)?.method ?? null);
}

function expire(world: World): boolean {
  const card = anyCard(world, anyCustomer(world));
  if (card === undefined) return false;
  world.stripe.change(`${card.id} expires`, (state, now) => expireCard(state, card.id, now));
  return true;
}

/** The business's own program writes what is printed on the card. */
function expireSoon(world: World): boolean {
  const { agenda, random } = world;
  const card = anyCard(world, anyCustomer(world));
  if (card === undefined) return false;
  const month = new Date(agenda.now);
  month.setUTCMonth(month.getUTCMonth() + random.below(2), 1);
  post(world, `/v1/payment_methods/${card.id}`, {
    card: { exp_month: String(month.getUTCMonth() + 1), exp_year: String(month.getUTCFullYear()) },
  });
  return true;
}

const update =
  (by: NetworkUpdate): Act =>
  (world) => {
    const card = anyCard(world, anyCustomer(world));
    if (card === undefined) return false;
    world.stripe.change(`the network gives ${card.id} a new ${by}`, (state, now) =>
      updateCardByNetwork(state, card.id, by, now),
    );
    return true;
  };

const isPending = ({ status }: ChargeRecord): boolean => status === 'pending';

const pendingDebit = ({ stripe, random }: World) =>
  random.pickAny(stripe.tables.charges.filter(isPending));

/** One that settled comes back now and then, too: mostly one that paid what had failed before. */
function anyDebit({ stripe, random }: World) {
  const { charges } = stripe.tables;
  const failed = charges.filter(({ status }) => status === 'failed');
  const intents = new Set(failed.map((each) => each.payment_intent));
  const settled = charges.filter(
    ({ status, disputed, payment_method_details }) =>
      status === 'succeeded' && !disputed && payment_method_details.type !== 'card',
  );
  const atLast = settled.filter((each) => intents.has(each.payment_intent));
  if (atLast.length > 0 && random.chance(0.7)) return random.pick(atLast);
  return random.pickAny([...charges.filter(isPending), ...settled]);
}

function settle(world: World): boolean {
  const debit = pendingDebit(world);
  if (debit === undefined) return false;
  world.stripe.change(`the bank pays ${debit.id}`, (state, now) =>
    settleDebitNow(state, debit.id, now),
  );
  return true;
}

function comeBack(world: World): boolean {
  const debit = world.random.chance(0.3) ? pendingDebit(world) : anyDebit(world);
  if (debit === undefined) return false;
  const isSepa = debit.payment_method_details.type === 'sepa_debit';
  const codes = isSepa ? ['AM04', 'AM04', 'AC04', 'MS03'] : ['R01', 'R01', 'R02', 'R10'];
  const code = world.random.pick(codes);
  world.stripe.change(`${debit.id} comes back with ${code}`, (state, now) =>
    returnDebitNow(state, debit.id, code, now),
  );
  return true;
}

const waitCodes = ['24', '25', '26', '27', '28', '29', '30'];

/** Mastercard's network adds to each decline that the card is to be left alone for a while. */
function askToWait(world: World): boolean {
  const { stripe, random } = world;
  const known = anyCustomer(world);
  const inRoles = [primaryOf(world, known), known.backups.at(-1)?.method];
  const card = random.pickAny(
    methodsOf(world, known).filter(
      ({ id, ...method }) =>
        inRoles.includes(id) && method.type === 'card' && method.card.brand === 'mastercard',
    ),
  );
  if (card === undefined) return false;
  const code = random.chance(0.9) ? random.pick(waitCodes) : null;
  const what = code === null ? 'has no advice' : `advises ${code}`;
  stripe.change(`the network of ${card.id} ${what} from now on`, (state) => ({
    state: setMerchantAdvice(state, card.id, code),
    events: [],
  }));
  if (code !== null) setAnswers(world, card.id, [random.pick(declinedForNow)]);
  return true;
}

const declinedForNow = ['insufficient_funds', 'generic_decline', 'try_again_later'] as const;

/** Another program of the business charges the card over and over, for whatever it sells. */
function useUp(world: World): boolean {
  const known = anyCustomer(world);
  const { random } = world;
  const card = random.chance(0.5) ? primaryOf(world, known) : known.backups.at(-1)?.method;
  if (card == null || !isCard(world, card)) return false;
  if (!world.stripe.tables.payment_methods.some(({ id, customer }) => id === card && customer)) {
    return false;
  }
  const amount = String(random.pick(amountsOf(world, known.customer)));
  const { customer, currency } = known;
  for (let times = random.between(4, 12); times > 0; times -= 1) {
    const params = { amount, currency, customer, payment_method: card, off_session: 'true' };
    post(world, '/v1/payment_intents', { ...params, confirm: 'true' });
  }
  return true;
}

/** Mastercard counts the tries of one amount: that of an invoice is of most interest. */
function amountsOf({ stripe }: World, customer: string): readonly number[] {
  const owed = stripe.tables.invoices
    .filter((invoice) => invoice.customer === customer && invoice.status === 'open')
    .map(({ amount_remaining }) => amount_remaining)
    .filter((amount) => amount > 100);
  return owed.length === 0 ? [1000] : owed;
}

function withdrawMandate(world: World): boolean {
  const { stripe, random } = world;
  const active = random.pickAny(stripe.tables.mandates.filter(({ status }) => status === 'active'));
  if (active === undefined) return false;
  stripe.change(`${active.id} of ${active.payment_method} is withdrawn`, (state, now) =>
    deactivateMandate(state, active.id, now),
  );
  return true;
}

export const cardsAndBanks = {
  primary_answers: answerOfPrimary,
  secondary_answers: answerOfSecondary,
  card_expires: expire,
  card_expires_soon: expireSoon,
  network_renews_card: update('expiry'),
  network_replaces_card: update('number'),
  network_changes_brand: update('brand'),
  network_asks_to_wait: askToWait,
  card_used_up: useUp,
  mandate_withdrawn: withdrawMandate,
  debit_settled: settle,
  debit_returned: comeBack,
} satisfies Record<string, Act>;
