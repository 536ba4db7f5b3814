import { listOf } from '../read.ts';
import type { MakeRule } from '../rule.ts';

/**
 * "Nothing of a change is left undone": whatever a customer's item still has to do elsewhere stands
 * in the index with a due time, and is done after the calm.
 */
export const unfinished: MakeRule = ({ items }, verdict) => ({
  observe({ happening }) {
    if (happening.kind !== 'item_written' || happening.after.sk !== 'V#CUSTOMER') return;
    const { pk, version, dueAt, dueShard, unfinished: left } = happening.after;
    verdict.weigh();
    const isListed = typeof dueAt === 'string' && typeof dueShard === 'string';
    if (listOf(left).length > 0 === isListed) return;
    verdict.breach(`${pk} v${version} has work left or none, and stands in the index otherwise.`);
  },
  conclude() {
    for (const { pk, sk, unfinished: left } of items.all()) {
      if (sk !== 'V#CUSTOMER') continue;
      verdict.weigh();
      if (listOf(left).length > 0) verdict.breach(`${pk} still has to do: ${JSON.stringify(left)}`);
    }
  },
});
