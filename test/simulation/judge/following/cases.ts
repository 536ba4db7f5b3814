import { fieldsOf, textOf } from '../read.ts';
import type { Moment } from '../rule.ts';
import { type CaseItem, hasEnded, type OpenAttempt, readCase } from './case-item.ts';

/**
 * The span in which somebody decided: the case was read after its version of then was written
 * (`basis`), everything else was read after that, and `at` is when the decision was put on
 * record on exactly that version. What was so all the time from `basis` to `at` was seen.
 */
export interface Decision {
  readonly basis: number;
  readonly at: number;
  /** Epoch milliseconds of `at`. */
  readonly time: number;
}

/** An attempt from the write that put it on record. */
export interface Attempt {
  readonly invoice: string;
  readonly customer: string;
  readonly key: string;
  readonly n: number;
  readonly method: string;
  readonly role: string;
  readonly pass: number;
  /** The customer makes it in their page. */
  readonly isCustomers: boolean;
  readonly claim: Decision;
  /** The last decision to send it: the claim, or a later one to send it again. */
  sent: Decision;
  /** When it left the record; null while it stands open. */
  endedAt: number | null;
}

export interface Pass {
  readonly number: number;
  readonly cause: 'new' | 'scheduled' | 'wanted' | 'fallback';
  readonly begunAt: number;
  /** When it ended without payment; null where it did not. */
  endedAt: number | null;
  /** Whether the case was exhausted by it. */
  isLast: boolean;
}

/** Everything that is known of one case. */
export interface CaseFile {
  item: CaseItem;
  /** The version before this one. */
  before: CaseItem | null;
  /** When this version was written, and the one before it. */
  writtenAt: number;
  basis: number;
  /** When it got the state in which it has ended; null while it has not. */
  endedAt: number | null;
  readonly attempts: Attempt[];
  readonly passes: Map<number, Pass>;
  /** Every time that stood there as when it is tried next, epoch milliseconds. */
  readonly plannedTries: Set<number>;
  /** Every time that stood there as its end, epoch milliseconds. */
  readonly plannedEnds: Set<number>;
}

export interface Cases {
  of(invoice: string): CaseFile | undefined;
  all(): Iterable<CaseFile>;
  /** The attempts that ever stood on record under this key. */
  attempts(key: string): readonly Attempt[];
  attempt(key: string | undefined): Attempt | undefined;
  /** The case that this happening wrote. */
  readonly written: CaseFile | null;
  follow(moment: Moment): void;
}

export function followCases(): Cases {
  const files = new Map<string, CaseFile>();
  const byKey = new Map<string, Attempt[]>();
  let written: CaseFile | null = null;
  let isFirst = true;

  const take = (item: CaseItem, at: number, time: number): CaseFile => {
    const file = nextFile(files.get(item.invoice), item, at);
    files.set(item.invoice, file);
    const claimed = noteAttempt(file, at, time);
    if (claimed !== null) byKey.set(claimed.key, [...(byKey.get(claimed.key) ?? []), claimed]);
    notePasses(file, at, time);
    return file;
  };
  const begin = ({ happening, evidence }: Moment): void => {
    for (const stored of evidence.items) {
      const isWritten = happening.kind === 'item_written' && happening.after.sk === stored.sk;
      const standing = isWritten ? happening.before : stored;
      const item = standing === null ? null : readCase(standing);
      if (item !== null) take(item, 0, evidence.now);
    }
  };

  return {
    of: (invoice) => files.get(invoice),
    all: () => files.values(),
    attempts: (key) => byKey.get(key) ?? [],
    attempt: (key) => byKey.get(key ?? '')?.at(-1),
    get written() {
      return written;
    },
    follow(moment) {
      if (isFirst) begin(moment);
      isFirst = false;
      written = null;
      if (moment.happening.kind !== 'item_written') return;
      const item = readCase(moment.happening.after);
      if (item !== null) written = take(item, moment.at, moment.evidence.now);
    },
  };
}

function nextFile(file: CaseFile | undefined, item: CaseItem, at: number): CaseFile {
  const made: CaseFile = file ?? {
    item,
    before: null,
    writtenAt: at,
    basis: at,
    endedAt: null,
    attempts: [],
    passes: new Map(),
    plannedTries: new Set(),
    plannedEnds: new Set(),
  };
  made.before = file === undefined ? null : made.item;
  made.basis = made.writtenAt;
  made.writtenAt = at;
  made.item = item;
  for (const planned of [item.wantsLookAt, item.nextScheduledAt]) {
    if (planned !== null) made.plannedTries.add(planned);
  }
  if (item.end !== null) made.plannedEnds.add(item.end.at);
  if (!hasEnded(item)) made.endedAt = null;
  else if (made.endedAt === null || made.before?.state !== item.state) made.endedAt = at;
  return made;
}

/** @returns the attempt that this version put on record for the first time. */
function noteAttempt(file: CaseFile, at: number, time: number): Attempt | null {
  const was = file.before?.openAttempt ?? null;
  const is = file.item.openAttempt;
  const open = file.attempts.at(-1);
  if (was !== null && (is === null || is.key !== was.key || is.n !== was.n) && open !== undefined) {
    open.endedAt = at;
  }
  if (is === null) return null;
  const decision: Decision = { basis: file.basis, at, time };
  if (was === null || was.key !== is.key || was.n !== is.n) {
    const claimed = attemptOf(file, is, decision);
    file.attempts.push(claimed);
    return claimed;
  }
  if (is.sentAt !== was.sentAt && open !== undefined) open.sent = decision;
  return null;
}

const attemptOf = ({ item }: CaseFile, open: OpenAttempt, claim: Decision): Attempt => ({
  invoice: item.invoice,
  customer: item.customer,
  key: open.key,
  n: open.n,
  method: open.method,
  role: open.role,
  pass: item.passCount,
  isCustomers: open.isCustomers,
  claim,
  sent: claim,
  endedAt: null,
});

function notePasses({ item, before, passes }: CaseFile, at: number, time: number): void {
  const number = item.passCount;
  if (number > (before?.passCount ?? 0)) {
    const cause = causeOf(number, item, before, time);
    passes.set(number, { number, cause, begunAt: at, endedAt: null, isLast: false });
  }
  const pass = passes.get(number);
  if (pass === undefined || pass.endedAt !== null || !tellsEndOfPass(item, before)) return;
  pass.endedAt = at;
  // What was given up before was told then.
  pass.isLast = item.state === 'exhausted' && before?.state !== 'exhausted';
}

/** By what was due when it began; what it says itself where both times had come. */
function causeOf(
  number: number,
  item: CaseItem,
  before: CaseItem | null,
  time: number,
): Pass['cause'] {
  if (number === 1 || before === null) return 'new';
  const isScheduleDue = before.nextScheduledAt !== null && before.nextScheduledAt <= time;
  const wanted = before.retryWanted - before.retryServed;
  // What only a card's network has renewed nobody asked for: the policy's waiting holds.
  const isAsked = wanted > before.unaskedRetries && item.passCause !== 'fallback';
  if (isAsked) return 'wanted';
  const isFallbackDue = before.fallbackAt !== null && before.fallbackAt <= time;
  if (wanted === 0 && !isFallbackDue) return 'scheduled';
  return isScheduleDue && item.passCause !== 'fallback' ? 'scheduled' : 'fallback';
}

/** Whether this version owes the history a new line about the end of a pass. */
function tellsEndOfPass(item: CaseItem, before: CaseItem | null): boolean {
  const known = before?.historyCount ?? 0;
  if (item.historyCount === known) return false;
  return item.owed.some((owed) => {
    const entry = fieldsOf(owed.entry);
    if (entry === null || typeof entry.sequence !== 'number') return false;
    return entry.sequence > known && textOf(fieldsOf(entry.event)?.kind) === 'pass_ended';
  });
}
