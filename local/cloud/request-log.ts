import type { RequestRecord } from './records.ts';

/** The newest requests of the functions, each with its number. */
export interface RequestLog {
  /** @returns the record with its number: 1 for the first request since the start. */
  add(request: Omit<RequestRecord, 'number'>): RequestRecord;
  /** Oldest first. */
  newest(): readonly RequestRecord[];
}

/** Enough for a person who looks back; an `npm start` of days must not fill the memory. */
const keptRequests = 10_000;

export function createRequestLog(limit = keptRequests): RequestLog {
  const kept: RequestRecord[] = [];
  let count = 0;
  return {
    add(request) {
      count += 1;
      const numbered = { ...request, number: count };
      kept.push(numbered);
      if (kept.length > limit) kept.shift();
      return numbered;
    },
    newest: () => kept,
  };
}
