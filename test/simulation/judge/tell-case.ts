import type { StoredItem } from '../evidence.ts';
import type { Outcome, Story } from './story.ts';

/** A story's own Backstop: the writes that it makes around a case, one call each. */
export interface CaseTeller {
  readonly key: string;
  /** The case gets these fields; the index attributes follow its progress. */
  write(change: object): void;
  begin(): void;
  takeOver(): void;
  claim(method: string, role: 'primary' | 'secondary', change?: object): string;
  /** The attempt leaves the record and its history entry is written. */
  settle(outcome: object, change?: object): void;
  /** The outcome as a charge at Stripe shows it. */
  settleAs(charge: string, change?: object): void;
  endPass(days: number | null, change?: object): void;
  recover(charge: string): void;
}

const dayMs = 86_400_000;

export function tellCase(story: Story, invoice = 'in_1'): CaseTeller {
  const { customer } = story.row('invoices', invoice);
  const pk = `CUSTOMER#${customer}`;
  const sk = `V#CASE#${invoice}`;
  let attempts = 0;
  let lines = 0;
  let used = 0;
  let key = '';
  let open: object | null = null;

  const standing = (): StoredItem | undefined => story.item(pk, sk);
  const write = (change: object): void => {
    const before = standing() ?? newCase(customer, invoice, story.now);
    const merged: Readonly<Record<string, unknown>> = { ...before, ...change };
    story.write(pk, sk, { ...merged, ...indexesOf(merged, story.now) });
  };
  const log = (event: object): void => {
    lines += 1;
    const name = `LOG#${invoice}#${String(lines).padStart(4, '0')}`;
    story.write(pk, name, { invoice, sequence: lines, event });
  };
  const due = (minutes: number) => ({ state: 'due', dueAt: story.now + minutes * 60_000 });
  const settle = (outcome: object, change: object = {}): void => {
    const event = { kind: 'attempt', n: attempts, outcome };
    const entry = { kind: 'history', entry: { sequence: lines + 1, event } };
    const next = { progress: due(2), openAttempt: null, owed: [entry], historyCount: lines + 1 };
    open = null;
    write({ ...next, ...change });
    log(event);
    write({ owed: [] });
  };
  const settleAs = (charge: string, change: object = {}): void => {
    settle(outcomeOf(story, charge), change);
  };

  return {
    get key() {
      return key;
    },
    write,
    begin: () => write({}),
    takeOver() {
      write({ ownsCollection: true });
      story.collect(invoice, false);
      write({ ownsCollection: true });
    },
    claim(method, role, change = {}) {
      attempts += 1;
      key = `backstop-${invoice}-${attempts}-${method}`;
      open = { n: attempts, key, method, role, sentAt: story.now };
      const before = standing();
      const count = Number(before?.passCount ?? 0);
      const passCount = before?.pass == null ? count + 1 : count;
      const pass = { number: passCount };
      write({ progress: due(3), openAttempt: open, passCount, pass, ...change });
      return key;
    },
    settle,
    settleAs,
    endPass(days, change = {}) {
      used += days === null ? 0 : 1;
      const at = days === null ? null : morningOf(story.now + days * dayMs) + 600_000;
      const rule = at === null ? 'schedule_used_up' : 'scheduled_after_days';
      const event = { kind: 'pass_ended', nextPassAt: at, trace: [{ rule, about: null, at }] };
      const entry = { kind: 'history', entry: { sequence: lines + 1, event } };
      const ended = { state: 'exhausted', endedAt: story.now };
      write({
        progress: at === null ? ended : { state: 'waiting', dueAt: at },
        pass: null,
        nextScheduledAt: at,
        scheduleUsed: used,
        owed: [entry],
        historyCount: lines + 1,
        ...change,
      });
      log(event);
      write({ owed: [] });
    },
    recover(charge) {
      settleAs(charge, {
        progress: { state: 'recovered', endedAt: story.now, role: 'secondary' },
        pass: null,
      });
    },
  };
}

/** Nine o'clock of that day, UTC. */
const morningOf = (time: number): number => Math.floor(time / dayMs) * dayMs + 9 * 3_600_000;

const newCase = (customer: string, invoice: string, now: number) => ({
  customer,
  invoice,
  createdAt: now,
  progress: { state: 'due', dueAt: now },
  passCount: 0,
  scheduleUsed: 0,
  nextScheduledAt: null,
  pass: null,
  openAttempt: null,
  retryWanted: 0,
  retryServed: 0,
  hold: null,
  ownsCollection: false,
  queuedUntil: 0,
  owed: [],
  historyCount: 0,
});

/** What stands for the sparse indexes: as docs/data-model.md says. */
function indexesOf(fields: Readonly<Record<string, unknown>>, now: number): object {
  const { progress, owed, retryWanted, retryServed, queuedUntil } = fields;
  const at =
    typeof progress === 'object' && progress !== null && 'dueAt' in progress
      ? Math.max(Number(progress.dueAt), Number(queuedUntil))
      : null;
  const isUnfinished =
    (Array.isArray(owed) && owed.length > 0) || Number(retryWanted) > Number(retryServed);
  const due = at ?? (isUnfinished ? now : null);
  return {
    ...(due === null
      ? { dueShard: undefined, dueAt: undefined }
      : { dueShard: 'DUE#1', dueAt: new Date(due).toISOString() }),
    openShard: at === null && !isExhausted(progress) ? undefined : 'OPEN#1',
  };
}

const isExhausted = (progress: unknown): boolean =>
  typeof progress === 'object' &&
  progress !== null &&
  'state' in progress &&
  progress.state === 'exhausted';

function outcomeOf(story: Story, charge: string): object {
  const { status, failure_code, outcome } = story.row('charges', charge);
  if (status === 'succeeded') return { kind: 'succeeded' };
  if (status === 'pending') return { kind: 'processing' };
  const codes = {
    code: failure_code,
    adviceCode: outcome.advice_code,
    networkAdviceCode: outcome.network_advice_code,
    networkDeclineCode: outcome.network_decline_code,
  };
  const isAsking = failure_code === 'authentication_required';
  return { kind: isAsking ? 'requires_action' : 'declined', codes };
}

/** The primary is refused, once more by us, and the backup answers so. @returns its charge. */
export function tellFallback(story: Story, told: CaseTeller, outcome: Outcome): string {
  told.begin();
  told.takeOver();
  told.claim('pm_first', 'primary');
  told.settleAs(story.pay('in_1', 'pm_first', 'insufficient_funds'));
  told.claim('pm_second', 'secondary');
  return story.pay('in_1', 'pm_second', outcome);
}
