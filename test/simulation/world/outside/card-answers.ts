import { setCardOutcomes } from '../../../../local/stripe/engine/local-operations/cards.ts';
import { catalogue } from '../../../../local/stripe/engine/published/decline-catalogue.ts';
import type { CardOutcome } from '../../../../local/stripe/engine/published/declines.ts';
import type { Random } from '../../random.ts';
import type { World } from '../world.ts';

/** Tells a card what it answers from now on; a bank account has its own mind. */
export function setAnswers(
  world: World,
  method: string,
  outcomes: readonly [CardOutcome, ...CardOutcome[]],
): void {
  world.stripe.change(`${method} answers ${outcomes.join(', then ')} from now on`, (state) => ({
    state: setCardOutcomes(state, method, outcomes),
    events: [],
  }));
}

/** Another mind of the bank behind a card; false where it is no card. */
export function drawAnswersOf(world: World, method: string | null): boolean {
  if (method === null || !isCard(world, method)) return false;
  setAnswers(world, method, drawAnswers(world.random));
  return true;
}

export const isCard = ({ stripe }: World, id: string): boolean =>
  stripe.tables.cards.some((card) => card.id === id);

/** Every code that Stripe publishes, and those that decide most more often. */
const declines = Object.keys(catalogue).filter(isDecline);
const weighty: readonly CardOutcome[] = [
  'generic_decline',
  'generic_decline',
  'do_not_honor',
  'insufficient_funds',
  'insufficient_funds',
  'authentication_required',
  'authentication_required',
  'authentication_required',
  'lost_card',
  'expired_card',
  'incorrect_number',
  'incorrect_cvc',
  'processing_error',
  'merchant_blacklist',
  'highest_risk_level',
  'transaction_not_allowed',
];

function isDecline(word: string): word is keyof typeof catalogue {
  return Object.hasOwn(catalogue, word);
}

function drawAnswers(random: Random): [CardOutcome, ...CardOutcome[]] {
  const one = (): CardOutcome => {
    if (random.chance(0.25)) return 'succeeded';
    return random.chance(0.6) ? random.pick(weighty) : random.pick(declines);
  };
  return random.chance(0.5) ? [one()] : [one(), one()];
}
