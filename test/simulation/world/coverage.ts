import type { Happening } from '../evidence.ts';

/** How often each thing was reached, by kind of thing and name. */
export type Counts = Record<string, Record<string, number>>;

export interface Coverage {
  count(kind: string, name: string, times?: number): void;
  /** Counts what a happening shows was reached. */
  see(happening: Happening): void;
  readonly counts: Counts;
}

export function createCoverage(counts: Counts = {}): Coverage {
  const count = (kind: string, name: string, times = 1) => {
    const ofKind = counts[kind] ?? {};
    counts[kind] = ofKind;
    ofKind[name] = (ofKind[name] ?? 0) + times;
  };
  return {
    counts,
    count,
    see(happening) {
      if (happening.kind === 'item_written') seeItem(happening.after, count);
      if (happening.kind === 'mail_sent') {
        count('mail language', /<html lang="([\w-]+)"/.exec(happening.mail.html)?.[1] ?? 'none');
      }
      if (happening.kind === 'stripe_call' && happening.call.by === 'backstop') {
        const { method, path, status, isReplay } = happening.call;
        const what = `${method} ${patternOf(path)} ${status}${isReplay ? ' replayed' : ''}`;
        count('request', what);
      }
    },
  };
}

/** A path with `*` in the place of each id. */
export const patternOf = (path: string): string =>
  path
    .split('/')
    .map((piece) =>
      /_1s|_1\d/.test(piece) || /^(cus|in|pm|sub|seti|pi|txi|ch)_/.test(piece) ? '*' : piece,
    )
    .join('/');

type Count = (kind: string, name: string) => void;

function seeItem(item: Readonly<Record<string, unknown>>, count: Count): void {
  const sk = String(item.sk);
  if (sk.startsWith('V#CASE#')) seeCase(item, count);
  if (sk.startsWith('LOG#')) seeHistory(item.event, count);
  if (sk.startsWith('NOTICE#')) {
    const state = fieldOf(item.status, 'state');
    count('notice', String(state));
    count('mail kind', sk.split('#')[1] ?? '');
  }
}

function seeCase(item: Readonly<Record<string, unknown>>, count: Count): void {
  count('state', String(item.state));
  const reason = fieldOf(item.progress, 'reason');
  if (reason !== undefined) count('close reason', String(reason));
  const cause = fieldOf(item.pass, 'cause');
  if (cause !== undefined) count('pass cause', String(cause));
  const request = fieldOf(item.openAttempt, 'request');
  if (request !== undefined) count('open request', String(request));
}

function seeHistory(event: unknown, count: Count): void {
  count('history', String(fieldOf(event, 'kind')));
  const trouble = fieldOf(fieldOf(event, 'trouble'), 'kind');
  if (trouble !== undefined) count('trouble', String(trouble));
  const how = fieldOf(event, 'how');
  if (how !== undefined) count('end of a trouble', String(how));
  if (fieldOf(event, 'kind') === 'dunning_ended') {
    count('end action', String(fieldOf(event, 'action')));
  }
  const outcome = fieldOf(event, 'outcome');
  if (outcome !== undefined) count('outcome', String(fieldOf(outcome, 'kind')));
  const decline = fieldOf(outcome, 'decline');
  if (decline !== undefined) count('decline', String(decline));
  if (fieldOf(outcome, 'kind') === 'requires_action') count('decline', 'authentication');
  if (fieldOf(outcome, 'kind') === 'method_unusable') count('decline', 'unusable');
  const trace = fieldOf(event, 'trace');
  if (!Array.isArray(trace)) return;
  for (const step of trace) count('rule of choice', String(fieldOf(step, 'rule')));
}

/** A field of something that may be no object at all. */
export function fieldOf(thing: unknown, name: string): unknown {
  if (typeof thing !== 'object' || thing === null) return undefined;
  return Reflect.get(thing, name);
}

/** Adds the counts of another run. */
export function addCounts(to: Counts, more: Counts): void {
  for (const [kind, names] of Object.entries(more)) {
    const ofKind = to[kind] ?? {};
    to[kind] = ofKind;
    for (const [name, times] of Object.entries(names)) ofKind[name] = (ofKind[name] ?? 0) + times;
  }
}
