import { useEffect, useRef, useState } from 'preact/hooks';
import type { OpenCaseView, PaymentsView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import type { Failure } from '../api/result.ts';

export interface Invoices {
  /** All that was read so far; `null` before anything was. */
  readonly list: PaymentsView | null;
  readonly isLoading: boolean;
  /** Why the last page was not read. */
  readonly failure: Failure | null;
  /** Reads the next page; `null` where there is none. */
  readonly more: (() => void) | null;
}

interface Failed {
  readonly failure: Failure;
  readonly before: PaymentsView | null;
}

/**
 * The invoices, a page at a time, newest first. Once they are shown they are read anew when an
 * invoice is opened or paid.
 */
export function useInvoices(
  cases: readonly OpenCaseView[],
  onLeft: (failure: Failure) => boolean,
): Invoices {
  const [list, setList] = useState<PaymentsView | null>(null);
  const [isLoading, setLoading] = useState(false);
  /** Why nothing was read, and behind what it was to be. */
  const [failed, setFailed] = useState<Failed | null>(null);
  /** Rises with each request, so that an older one's answer is not shown. */
  const newest = useRef(0);
  const load = async (before: PaymentsView | null) => {
    newest.current += 1;
    const mine = newest.current;
    setLoading(true);
    setFailed(null);
    const answer = await portalApi.payments(before?.nextCursor ?? null);
    if (mine !== newest.current) return;
    setLoading(false);
    if (answer.ok) {
      const { payments, nextCursor } = answer.body;
      setList({ payments: [...(before?.payments ?? []), ...payments], nextCursor });
    } else if (!onLeft(answer.failure)) {
      setFailed({ failure: answer.failure, before });
    }
  };
  const open = cases.map(({ invoice, state }) => `${invoice} ${state}`).join();
  const seen = useRef(open);
  useEffect(() => {
    if (seen.current !== open && list !== null) void load(null);
    seen.current = open;
  }, [open]);
  useEffect(
    () => () => {
      newest.current += 1;
    },
    [],
  );
  const isMore = list === null || list.nextCursor !== null || failed !== null;
  const more = () => {
    if (!isLoading) void load(failed === null ? list : failed.before);
  };
  return { list, isLoading, failure: failed?.failure ?? null, more: isMore ? more : null };
}
