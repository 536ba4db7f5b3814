import {
  expireCard,
  type NetworkUpdate,
  updateCardByNetwork,
} from '../../../../local/stripe/engine/local-operations/cards.ts';
import {
  returnDebitNow,
  settleDebitNow,
} from '../../../../local/stripe/engine/local-operations/payments.ts';
import type { World } from '../world.ts';
import { drawAnswersOf } from './card-answers.ts';
import { anyCard, anyCustomer, primaryOf } from './find.ts';
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

const pendingDebit = ({ stripe, random }: World) =>
  random.pickAny(stripe.tables.charges.filter(({ status }) => status === 'pending'));

function settle(world: World): boolean {
  const debit = pendingDebit(world);
  if (debit === undefined) return false;
  world.stripe.change(`the bank pays ${debit.id}`, (state, now) =>
    settleDebitNow(state, debit.id, now),
  );
  return true;
}

function comeBack(world: World): boolean {
  const debit = pendingDebit(world);
  if (debit === undefined) return false;
  const isSepa = debit.payment_method_details.type === 'sepa_debit';
  const code = world.random.pick(isSepa ? ['AM04', 'AC04', 'MS03'] : ['R01', 'R02', 'R10']);
  world.stripe.change(`${debit.id} comes back with ${code}`, (state, now) =>
    returnDebitNow(state, debit.id, code, now),
  );
  return true;
}

export const cardsAndBanks = {
  primary_answers: answerOfPrimary,
  secondary_answers: answerOfSecondary,
  card_expires: expire,
  network_renews_card: update('expiry'),
  network_replaces_card: update('number'),
  debit_settled: settle,
  debit_returned: comeBack,
} satisfies Record<string, Act>;
