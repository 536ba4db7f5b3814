import { limits } from '../published/limits.ts';
import { countOf, fieldsOf, textOf } from '../read.ts';
import type { MakeRule } from '../rule.ts';

/**
 * A dispute or a warning about a charge that paid an invoice of a case is on the case's record,
 * once, and is dealt with by somebody or decided before it leaves the case.
 */
export const troubles: MakeRule = (known, verdict) => {
  const told = new Map<string, number>();
  const ended = new Set<string>();
  return {
    observe({ happening }) {
      if (happening.kind !== 'item_written' || !happening.after.sk.startsWith('LOG#')) return;
      if (happening.before !== null) return;
      const event = fieldsOf(happening.after.event);
      if (textOf(event?.kind) === 'trouble_ended') ended.add(textOf(event?.source) ?? '');
      if (textOf(event?.kind) !== 'trouble') return;
      verdict.weigh();
      const source = textOf(fieldsOf(event?.trouble)?.source) ?? '';
      told.set(source, countOf(told.get(source)) + 1);
      const claim = known.ledger.claims.get(source);
      const invoice = happening.after.sk.split('#')[1] ?? '';
      if (claim === undefined) verdict.breach(`${source} of ${invoice} is nothing at Stripe.`);
      if ((told.get(source) ?? 0) > 1) verdict.breach(`${source} is told twice of ${invoice}.`);
      const paid = known.ledger.tries.of(claim?.charge ?? '')?.invoice;
      if (claim !== undefined && paid !== invoice) {
        verdict.breach(`${source} is about ${paid}, and told of ${invoice}.`);
      }
    },
    conclude(evidence) {
      for (const { id, charge, time } of known.ledger.claims.values()) {
        const invoice = known.ledger.tries.of(charge)?.invoice ?? null;
        const file = known.cases.of(invoice ?? '');
        if (file === undefined || time > evidence.now - limits.unnoticedMs) continue;
        // What nobody had a case for by then was no business of ours.
        if (file.item.createdAt >= time || file.item.reason === 'not_ours') continue;
        verdict.weigh();
        // Decided for us before anybody had looked: there was nothing to deal with any more.
        const isDecided = evidence.ledger.disputes.some(
          (each) => each.id === id && (each.status === 'won' || each.status === 'warning_closed'),
        );
        if (isDecided && !told.has(id)) continue;
        if (!told.has(id)) verdict.breach(`${id} of ${charge} is not on the record of ${invoice}.`);
        const isLeft = !file.item.troubles.includes(id) && told.has(id) && !ended.has(id);
        if (isLeft) verdict.breach(`${id} left the case of ${invoice}, and nobody dealt with it.`);
      }
    },
  };
};
