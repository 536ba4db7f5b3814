import type { PaymentMethod } from '../customer/payment-method.ts';
import type { ChargeId, PaymentMethodId } from '../ids.ts';
import type { Money } from '../money.ts';
import { dayMs, type Instant } from '../time.ts';
import { type BlockScope, blockScope, type DeclineKind } from './decline.ts';

/** A try of the card: ours under its attempt's key, later with Stripe's charge beside it. */
export interface Slot {
  readonly key: string;
  /** Stripe's charge of the try, once it is known: a try under two names counts once. */
  readonly charge?: ChargeId;
  readonly at: Instant;
  readonly amount: Money;
}

/** A refusal that blocks, or what came after a payment. */
export type BlockKind = DeclineKind | 'dispute' | 'early_fraud_warning';

/** The network asks not to try the card before then (Mastercard's merchant advice 24 to 30). */
export interface NetworkWait {
  /** The refused charge or attempt key that brought it. */
  readonly source: string;
  readonly until: Instant;
}

/** Why the card must not be tried, until what would lift it has happened. */
export interface CardBlock {
  readonly scope: Extract<BlockScope, 'data' | 'card'>;
  readonly kind: BlockKind;
  readonly at: Instant;
  /** The refusal it comes from, so that seeing it again does not raise a lifted block. */
  readonly source: string;
  /** For `data`: the data that was refused. */
  readonly method: PaymentMethodId;
  readonly revision: number;
  readonly expMonth: number | null;
  readonly expYear: number | null;
}

/** What was refused, as the method's record or the charge itself shows it. */
export type RefusedCard = Pick<CardBlock, 'method' | 'expMonth' | 'expYear'>;

/** Refusals that block no more: what staff looked at when they lifted the block. */
export interface LiftedBlocks {
  readonly at: Instant;
  /** Of the blocks that were lifted. */
  readonly sources: readonly string[];
}

/** What was tried with one card, whatever the invoice, and why it must not be tried. */
export interface CardLedger {
  /** The card's fingerprint, or its PaymentMethod where it has none. */
  readonly card: string;
  readonly slots: readonly Slot[];
  readonly blocks: readonly CardBlock[];
  readonly waits: readonly NetworkWait[];
  /** What staff lifted last; `null` where nothing ever was. */
  readonly lifted: LiftedBlocks | null;
  readonly version: number;
}

/** Both networks count over 30 days; older slots are forgotten. */
const windowMs = 30 * dayMs;
/** A ledger is one item: the newest blocks for wrong data say enough. */
const mostDataBlocks = 10;
/** The sources of as many as can stand at once, and of the lifts before. */
const mostLiftedSources = 20;

/** The key of a card's ledger: its fingerprint, or the PaymentMethod where there is none. */
export const ledgerCard = (method: PaymentMethod): string => method.fingerprint ?? method.method;

export const emptyLedger = (card: string): CardLedger => ({
  card,
  slots: [],
  blocks: [],
  waits: [],
  lifted: null,
  version: 0,
});

/**
 * The block that stands against this method, or `null`. A `data` block is lifted by a real
 * change: a higher revision of the same method, or another expiry on another copy of the card.
 */
export function standingBlock(ledger: CardLedger, method: PaymentMethod): CardBlock | null {
  return ledger.blocks.find((block) => block.scope === 'card' || isSameData(block, method)) ?? null;
}

function isSameData(block: CardBlock, method: PaymentMethod): boolean {
  if (block.method === method.method) return method.revision <= block.revision;
  return block.expMonth === method.expMonth && block.expYear === method.expYear;
}

interface Cap {
  readonly tries: number;
  readonly withinMs: number;
  /** Mastercard counts per card and amount, Visa per card. */
  readonly perAmount: boolean;
}

/**
 * Visa: 20 tries in 30 days per card (Visa Rules 5.9.2, since 2025-05; 15 before).
 * Mastercard: 10 in 24 hours and 35 in 30 days per card and amount (Transaction Processing
 * Excellence). Other networks publish no cap; Visa's is kept for them too.
 */
function capsOf(brand: string | null): readonly Cap[] {
  if (brand !== 'mastercard') return [{ tries: 20, withinMs: windowMs, perAmount: false }];
  return [
    { tries: 10, withinMs: dayMs, perAmount: true },
    { tries: 35, withinMs: windowMs, perAmount: true },
  ];
}

/** When the card may be tried again under its network's caps; `null` means now. */
export function cappedUntil(
  ledger: CardLedger,
  brand: string | null,
  amount: Money,
  now: Instant,
): Instant | null {
  const waits = capsOf(brand).flatMap((cap) => {
    const counted = ledger.slots
      .filter((slot) => slot.at > now - cap.withinMs)
      .filter((slot) => !cap.perAmount || isSameMoney(slot.amount, amount))
      .map((slot) => slot.at)
      .sort((a, b) => a - b);
    const oldestInTheWay = counted[counted.length - cap.tries];
    return oldestInTheWay === undefined ? [] : [oldestInTheWay + cap.withinMs];
  });
  return waits.length === 0 ? null : Math.max(...waits);
}

const isSameMoney = (a: Money, b: Money) => a.amount === b.amount && a.currency === b.currency;

/** Until when the card is to be left alone, and who says so. */
export interface Kept {
  readonly by: 'wait' | 'cap';
  readonly until: Instant;
}

/** What keeps the card from being tried now, the longest of it; `null` where nothing does. */
export function keptFrom(
  ledger: CardLedger,
  brand: string | null,
  amount: Money,
  now: Instant,
): Kept | null {
  const asked = waitsUntil(ledger, now);
  const capped = cappedUntil(ledger, brand, amount, now);
  if (asked === null) return capped === null ? null : { by: 'cap', until: capped };
  return capped !== null && capped > asked
    ? { by: 'cap', until: capped }
    : { by: 'wait', until: asked };
}

/** Until when the card's network asks not to try it; `null` where it does not ask so now. */
export function waitsUntil({ waits }: CardLedger, now: Instant): Instant | null {
  const ahead = waits.map(({ until }) => until).filter((until) => until > now);
  return ahead.length === 0 ? null : Math.max(...ahead);
}

/** The ledger with that wait; the same ledger where it has it already, or it is over. */
export function noteWait(ledger: CardLedger, wait: NetworkWait, now: Instant): CardLedger {
  const isNoted = ledger.waits.some(
    ({ source, until }) => source === wait.source && until >= wait.until,
  );
  if (isNoted || wait.until <= now) return ledger;
  const others = ledger.waits.filter(({ source, until }) => source !== wait.source && until > now);
  return { ...ledger, waits: [...others, wait], version: ledger.version + 1 };
}

/**
 * The ledger with a slot under this key. The same ledger where the try has one already, under its
 * key or under the charge that it is, and where it is too old to count.
 */
export function takeSlot(ledger: CardLedger, slot: Slot, now: Instant): CardLedger {
  const isOld = slot.at <= now - windowMs;
  if (isOld || ledger.slots.some(({ key, charge }) => key === slot.key || charge === slot.key)) {
    return ledger;
  }
  const slots = [...ledger.slots.filter((taken) => taken.at > now - windowMs), slot];
  return { ...ledger, slots, version: ledger.version + 1 };
}

/** The ledger with a slot for each, in one change; the same ledger where all have one. */
export function takeSlots(ledger: CardLedger, slots: readonly Slot[], now: Instant): CardLedger {
  const taken = slots.reduce((each, slot) => takeSlot(each, slot, now), ledger);
  return taken === ledger ? ledger : { ...taken, version: ledger.version + 1 };
}

/**
 * The ledger in which the try under this key is known to be this charge: where somebody had
 * counted the charge before, it counts once. The same ledger where nothing is new.
 */
export function nameSlot(ledger: CardLedger, key: string, charge: ChargeId): CardLedger {
  const slot = ledger.slots.find((taken) => taken.key === key);
  if (slot === undefined || slot.charge === charge) return ledger;
  const slots = ledger.slots
    .filter((taken) => taken.key !== charge)
    .map((taken) => (taken === slot ? { ...slot, charge } : taken));
  return { ...ledger, slots, version: ledger.version + 1 };
}

/** The ledger without the slot of a try that never happened. */
export function releaseSlot(ledger: CardLedger, key: string): CardLedger {
  const slots = ledger.slots.filter((slot) => slot.key !== key);
  if (slots.length === ledger.slots.length) return ledger;
  return { ...ledger, slots, version: ledger.version + 1 };
}

/**
 * The ledger after a refusal: blocked where the kind blocks the card or waits for new data.
 * @param refusal.revision Of the data that were refused, as far as is known by now.
 * @param source The refused charge or attempt key; one source blocks once.
 */
export function noteRefusal(
  ledger: CardLedger,
  refused: RefusedCard,
  refusal: { kind: DeclineKind; at: Instant; revision: number },
  source: string,
): CardLedger {
  const scope = blockScope(refusal.kind);
  if (scope !== 'data' && scope !== 'card') return ledger;
  if (isLifted(ledger, refusal.at, source)) return ledger;
  // A look after the refusal may show that the data that were refused are newer than its claim knew.
  const isNoted = (block: CardBlock) =>
    (block.source === source && block.revision >= refusal.revision) ||
    (scope === 'card' && block.scope === 'card');
  if (ledger.blocks.some(isNoted)) return ledger;
  const others = ledger.blocks.filter((block) => block.source !== source);
  const block: CardBlock = {
    scope,
    kind: refusal.kind,
    at: refusal.at,
    source,
    method: refused.method,
    revision: refusal.revision,
    expMonth: refused.expMonth,
    expYear: refused.expYear,
  };
  const dead = [...others, block].filter((each) => each.scope === 'card');
  const data = [...others, block].filter((each) => each.scope === 'data');
  const blocks = [...dead, ...data.slice(-mostDataBlocks)];
  return { ...ledger, blocks, version: ledger.version + 1 };
}

/**
 * The ledger after a dispute or a warning of fraud: nothing is charged to the card any more until
 * staff lift it. One source blocks once, also after it was lifted.
 * @param charged What was charged, as far as it is known.
 * @param at When it became known here: what staff lifted before was something else.
 */
export function blockCard(
  ledger: CardLedger,
  kind: Exclude<BlockKind, DeclineKind>,
  charged: Pick<CardBlock, 'method' | 'revision' | 'expMonth' | 'expYear'>,
  { source, at }: Pick<CardBlock, 'source' | 'at'>,
): CardLedger {
  const isKnown = ledger.blocks.some((block) => block.source === source);
  if (isKnown || ledger.lifted?.sources.includes(source)) return ledger;
  const block: CardBlock = { scope: 'card', kind, at, source, ...charged };
  return { ...ledger, blocks: [block, ...ledger.blocks], version: ledger.version + 1 };
}

/**
 * A refusal from before the lift is one that staff have judged, whether or not we had seen
 * it: Stripe shows the older ones of each invoice only when that invoice is looked at.
 */
const isLifted = ({ lifted }: CardLedger, at: Instant, source: string): boolean =>
  lifted !== null && (at < lifted.at || lifted.sources.includes(source));

/**
 * The ledger without the blocks that stand against this method, because staff say so. The same
 * ledger where none does. A block that is newer than `at` stays: nobody has judged it.
 */
export function liftBlocks(ledger: CardLedger, method: PaymentMethod, at: Instant): CardLedger {
  const isToLift = (block: CardBlock) =>
    block.at <= at && (block.scope === 'card' || isSameData(block, method));
  const sources = ledger.blocks.filter(isToLift).map(({ source }) => source);
  if (sources.length === 0) return ledger;
  const before = ledger.lifted?.sources ?? [];
  return {
    ...ledger,
    blocks: ledger.blocks.filter((block) => !isToLift(block)),
    lifted: {
      at: Math.max(at, ledger.lifted?.at ?? 0),
      sources: [...before, ...sources].slice(-mostLiftedSources),
    },
    version: ledger.version + 1,
  };
}
