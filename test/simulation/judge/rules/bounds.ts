import type { StoredItem } from '../../evidence.ts';
import { hasEnded } from '../following/case-item.ts';
import type { Attempt, CaseFile } from '../following/cases.ts';
import type { Try } from '../following/tries.ts';
import { type Cap, capsOf } from '../published/limits.ts';
import { fieldsOf, listOf, textOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';

/**
 * The tries of docs/policy.md: for one invoice by method, and of one card by its network, whoever
 * tried it. A try of somebody else's counts from the claim or end of a pass of its invoice on that
 * was decided on a look after it, or from when it stood on record in the card's ledger.
 */
export const tryLimits: MakeRule = (known, verdict) => ({
  observe({ at, happening }) {
    noteOthers(known, at);
    if (happening.kind === 'item_written') noteRecorded(known, at, happening.after);
    for (const made of known.ledger.tries.fresh) {
      const attempt = made.ours ? known.cases.attempt(made.key) : undefined;
      if (attempt === undefined) continue;
      verdict.weigh();
      const failed = known.ledger.tries
        .ofInvoice(attempt.invoice)
        .filter(({ method, status }) => method === made.method && status === 'failed')
        .filter(({ settledAt }) => settledAt < attempt.claim.basis);
      if (failed.length >= mostTriesOf(known, made)) {
        verdict.breach(
          `We charged ${made.charge} for ${attempt.invoice} with ${made.method}, which had ` +
            `failed for it ${failed.length} times.`,
        );
      }
      for (const cap of capsOf(made.brand)) {
        const within = triesWithin(known, made, attempt, cap);
        if (within <= cap.tries) continue;
        const days = cap.withinMs / 86_400_000;
        verdict.breach(`${made.charge} is try ${within} of the card ${made.card} in ${days} d.`);
      }
    }
  },
});

/** Failed charges of one method for one invoice. */
export const mostTriesOf = (
  { policy }: Known,
  { isDebit }: { readonly isDebit: boolean },
): number => (isDebit ? policy.maximumTriesPerDebit : policy.maximumTriesPerMethod);

/** Marks what others tried and a decision of ours was made after. */
function noteOthers({ ledger, cases }: Known, at: number): void {
  const file = cases.written;
  if (file === null) return;
  const hasClaimed = file.attempts.at(-1)?.claim.at === at;
  if (!hasClaimed && file.passes.get(file.item.passCount)?.endedAt !== at) return;
  const primaries = ledger.primaries.between(file.item.invoice, file.basis, at);
  for (const made of ledger.tries.ofInvoice(file.item.invoice)) {
    if (made.settledAt >= file.basis || !primaries.includes(made.method)) continue;
    if (primaries.length === 1) made.notedAt ??= at;
  }
}

/** Marks what stands in a card's ledger under the charge's own id. */
function noteRecorded({ ledger }: Known, at: number, { sk, slots }: StoredItem): void {
  if (sk !== 'LEDGER') return;
  for (const slot of listOf(slots)) {
    const made = ledger.tries.of(textOf(fieldsOf(slot)?.key) ?? '');
    if (made !== undefined) made.notedAt ??= at;
  }
}

/** A try of ours counts from its slot on, which was taken between its claim and its charge. */
function triesWithin({ ledger, cases }: Known, made: Try, attempt: Attempt, cap: Cap): number {
  return ledger.tries.ofCard(made.card).filter((other) => {
    const countsFrom = other.notedAt ?? Number.POSITIVE_INFINITY;
    if (!other.ours && countsFrom > attempt.claim.at) return false;
    if (cap.perAmount && (other.amount !== made.amount || other.currency !== made.currency)) {
      return false;
    }
    const claimed = cases.attempt(other.key)?.claim.time ?? other.time;
    return claimed > made.time - cap.withinMs;
  }).length;
}

/** One switch stops every charge: it is read before each claim, and each claim to send again. */
export const chargingSwitch: MakeRule = (known, verdict) => ({
  observe({ at }) {
    const file = known.cases.written;
    if (file === null) return;
    const charging = known.items.get('SWITCH', 'CHARGING')?.charging ?? 'allowed';
    if (charging === 'allowed') return;
    verdict.weigh();
    const sent: Attempt['sent'] | undefined = file.attempts.at(-1)?.sent;
    if (sent?.at !== at || known.items.writtenAt('SWITCH', 'CHARGING') >= sent.basis) return;
    verdict.breach(
      `We claimed an attempt for ${file.item.invoice} while charging was ${charging}.`,
    );
  },
});

/** Mode `observe` collects nothing at Stripe and mails no notice; people change what they like. */
export const observeOnly: MakeRule = (_known, verdict) => {
  let isAlways = true;
  return {
    observe({ happening, evidence }) {
      if (evidence.mode === 'own') isAlways = false;
      if (!isAlways) return;
      verdict.weigh();
      const isNotice = happening.kind === 'mail_sent' && happening.mail.tags.notice !== undefined;
      if (isNotice) verdict.breach(`We mailed ${happening.mail.subject}.`);
      if (happening.kind !== 'stripe_call') return;
      const { by, method, path, params } = happening.call;
      if (by !== 'backstop' || method === 'GET') return;
      const collects = path.endsWith('/pay') || params.auto_advance !== undefined;
      if (collects) verdict.breach(`We asked ${method} ${path}.`);
    },
  };
};

/** Every write is one conditional put: the version rises by exactly one, from 1 on. */
export const versions: MakeRule = ({ items }, verdict) => ({
  observe({ happening }) {
    if (happening.kind !== 'item_written') return;
    verdict.weigh();
    const { before, after } = happening;
    // What the switch said before keeps the version that it had then.
    if (after.pk === 'SWITCH' && after.sk !== 'CHARGING' && before === null) return;
    const name = `${after.pk} ${after.sk}`;
    const version = before === null ? 0 : Number(before.version);
    if (after.version !== version + 1) {
      verdict.breach(`${name} went from version ${version} to ${after.version}.`);
    }
    const stood = items.replaced?.version ?? 0;
    if (stood !== version) {
      verdict.breach(`${name} had version ${stood}; its writer replaced version ${version}.`);
    }
    if (after.sk.startsWith('LOG#') && before !== null) {
      verdict.breach(`${name} is history and was written again.`);
    }
  },
});

/**
 * What was recovered or closed stays so; what was exhausted goes on for a wanted retry only, also
 * after a payment of somebody else's that came to nothing.
 */
export const reopening: MakeRule = (known, verdict) => {
  /** Cases that were exhausted when a payment of somebody else's was on its way. */
  const frozen = new Set<string>();
  return {
    observe() {
      const file = known.cases.written;
      const before = file?.before;
      if (file == null || before == null) return;
      const { state, invoice } = file.item;
      if (!hasEnded(before) && !frozen.has(invoice)) return;
      verdict.weigh();
      if (state === before.state) return;
      // The customer pays in their page, or did not: then it is as before.
      if (file.item.openAttempt?.isCustomers === true) return;
      if (before.state === 'exhausted' && state === 'processing') {
        frozen.add(invoice);
        return;
      }
      frozen.delete(invoice);
      if (isToBeClosed(known, file)) return;
      if (before.state === 'recovered' || before.state === 'closed') {
        verdict.breach(`The case of ${invoice} was ${before.state} and became ${state}.`);
      } else if (!hasEnded(file.item) && before.retryWanted <= before.retryServed) {
        verdict.breach(`The case of ${invoice} was exhausted and became ${state}, unasked.`);
      }
    },
  };
};

/**
 * Whether it waits to be handed back to Stripe, which it is only when our own request to take it
 * over can have no effect any more. What staff have closed, they may still give back.
 */
function isToBeClosed({ ledger, people }: Known, { item, before }: CaseFile): boolean {
  const invoice = ledger.invoice(item.invoice);
  const subscription = invoice && ledger.subscriptionOf(invoice);
  const isStopped = ledger.lastPaused(subscription?.id ?? '') >= 0;
  const isCanceled = ledger.stopped.has(subscription?.id ?? '');
  const isGivenBack = people.byHand(item.invoice).has('hand-back');
  if (item.state !== 'waiting') return false;
  if (before?.state !== 'exhausted') return before?.reason === 'closed_by_staff' && isGivenBack;
  return isStopped || isCanceled || isGivenBack;
}

/** The story agrees with itself: what was told is what stands. Not a rule of Backstop's. */
export const evidenceAgrees: MakeRule = ({ ledger, items }, verdict) => ({
  observe({ at, happening }) {
    const made = ledger.tries.fresh.map(({ charge }) => charge);
    const told =
      happening.kind === 'stripe_call'
        ? happening.call.charges
        : happening.kind === 'stripe_passed_time'
          ? happening.charges
          : null;
    if (told === null) {
      if (made.length > 0 && at > 1 && happening.kind !== 'outside') {
        verdict.breach(`A ${happening.kind} made the charges ${made.join(', ')}.`);
      }
      return;
    }
    verdict.weigh();
    const untold = made.filter((charge) => !told.includes(charge));
    const missing = told.filter((charge) => !made.includes(charge));
    if (missing.length > 0) verdict.breach(`Told and not in the ledger: ${missing.join(', ')}.`);
    if (untold.length > 0 && at > 1) verdict.breach(`Not told of: ${untold.join(', ')}.`);
  },
  conclude(evidence) {
    for (const { pk, sk, version } of evidence.items) {
      const told = items.get(pk, sk)?.version;
      if (told !== version) verdict.breach(`${pk} ${sk} has version ${version}, told ${told}.`);
    }
  },
});
