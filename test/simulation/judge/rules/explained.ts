import { type Fields, fieldsOf, isFields, listOf, momentOf, textOf } from '../read.ts';
import type { MakeRule } from '../rule.ts';

/** What may be said of the time at which a case goes on, or why it does not. */
const aboutTime: ReadonlySet<string> = new Set([
  'fallback_waits',
  'moved_behind_network_wait',
  'moved_to_payday',
  'schedule_stands',
  'schedule_used_up',
  'scheduled_after_days',
  'window_over',
]);

/**
 * Each step says why: an attempt which rules chose its method, the end of a pass which rule led to
 * the next one and when that is, a wait what it waits for, once for each reason.
 */
export const explained: MakeRule = (_known, verdict) => {
  const lastOf = new Map<string, string>();
  return {
    observe({ happening }) {
      if (happening.kind !== 'item_written' || happening.before !== null) return;
      const { sk, event: told } = happening.after;
      if (!sk.startsWith('LOG#')) return;
      const event = fieldsOf(told) ?? {};
      const invoice = sk.split('#')[1] ?? '';
      const why = whyUnexplained(event);
      const trace = listOf(event.trace).filter(isFields);
      if (Array.isArray(event.trace)) verdict.weigh();
      if (why !== null) verdict.breach(`${sk} (${textOf(event.kind)}) ${why}.`);
      const kind = textOf(event.kind) ?? '';
      const name = kind === 'waiting' ? `waiting ${textOf(trace[0]?.rule)}` : kind;
      if (kind === 'waiting' && lastOf.get(invoice) === name) {
        verdict.breach(`${sk} tells again that it waits: ${textOf(trace[0]?.rule)}.`);
      }
      lastOf.set(invoice, name);
    },
  };
};

function whyUnexplained(event: Fields): string | null {
  if (!Array.isArray(event.trace)) return null;
  const trace = event.trace.filter(isFields);
  // What the customer does in their page is their own decision.
  if (event.initiator !== 'customer' && trace.length === 0) return 'has no reason';
  if (event.kind !== 'pass_ended') return null;
  if (!trace.some(({ rule }) => aboutTime.has(textOf(rule) ?? '')))
    return 'does not say what comes';
  const nextAt = momentOf(event.nextPassAt);
  if (nextAt === null || trace.some(({ at }) => at === nextAt)) return null;
  return `names ${new Date(nextAt).toISOString()}, and no rule that led there`;
}
