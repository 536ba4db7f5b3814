import type { Evidence } from '../../evidence.ts';
import type { Attempt } from '../following/cases.ts';
import type { Try } from '../following/tries.ts';
import { limits } from '../published/limits.ts';
import { listIn } from '../read.ts';
import type { Known, MakeRule, Moment } from '../rule.ts';

/**
 * "No charge that we start without its attempt and key on record first; no attempt with two
 * charges", accepted, pending and declined ones alike; no number and no key for two attempts.
 */
export const onRecordFirst: MakeRule = (known, verdict) => {
  const byKey = new Map<string, Try[]>();
  return {
    observe(moment) {
      for (const made of known.ledger.tries.fresh) {
        if (!made.ours) continue;
        verdict.weigh();
        for (const why of whyUnrecorded(known, made, moment)) {
          verdict.breach(`We charged ${made.charge} for ${made.invoice} ${why}.`);
        }
        if (made.key === undefined) continue;
        const charges = listIn(byKey, made.key);
        charges.push(made);
        if (charges.length < 2) continue;
        const named = charges.map(({ charge }) => charge).join(' and ');
        verdict.breach(`The attempt ${made.key} has ${charges.length} charges: ${named}.`);
      }
      const claimed = known.cases.written?.attempts.at(-1);
      if (claimed?.claim.at !== moment.at) return;
      verdict.weigh();
      const why = whyReused(known, claimed);
      if (why !== null) verdict.breach(`${claimed.invoice}: ${why}.`);
    },
  };
};

function whyUnrecorded(known: Known, made: Try, { happening, evidence }: Moment): string[] {
  if (happening.kind !== 'stripe_call') return ['in no request'];
  const { path, charges } = happening.call;
  const why: string[] = [];
  if (path !== `/v1/invoices/${made.invoice}/pay`) why.push(`by ${path}, not by paying it`);
  if (charges.length > 1) why.push(`and others in one request: ${charges.join(', ')}`);
  if (made.key === undefined) return [...why, 'without an idempotency key'];
  const file = known.cases.of(made.invoice ?? '');
  const open = file?.item.openAttempt ?? null;
  if (file === undefined || open === null || open.key !== made.key) {
    const stood = open === null ? 'no attempt' : `the attempt ${open.key}`;
    return [...why, `under the key ${made.key}, while ${stood} stood on record`];
  }
  if (open.method !== made.method) {
    why.push(`with ${made.method}, while the attempt on record named ${open.method}`);
  }
  if (file.item.customer !== made.customer) {
    why.push(`of ${made.customer}, while the case is of ${file.item.customer}`);
  }
  return [...why, ...whyTooOld(known, made, evidence)];
}

function whyTooOld({ cases }: Known, { key }: Try, { now }: Evidence): string[] {
  const claimed = cases.attempt(key)?.claim.time ?? now;
  if (now - claimed <= limits.keyMs + limits.processMs) return [];
  return [`under a key of ${new Date(claimed).toISOString()}, which Stripe may have forgotten`];
}

function whyReused({ cases }: Known, { key, n, invoice }: Attempt): string | null {
  if (cases.attempts(key).length > 1) return `a second attempt has the key ${key}`;
  const same = cases.of(invoice)?.attempts.filter((each) => each.n === n) ?? [];
  return same.length > 1 ? `${same.length} attempts have the number ${n}` : null;
}
