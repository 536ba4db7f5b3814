import * as z from 'zod/mini';
import { refuse } from '../../api/answer.ts';
import {
  acknowledgeByHand,
  closeByHand,
  handBackByHand,
  holdByHand,
  releaseByHand,
  retryByHand,
} from '../../domain/case/by-hand.ts';
import { caseRecord, historyLine } from '../case-record.ts';
import { changeCase, noSuchCase } from '../change-case.ts';
import { listCases, listedStates } from '../list-cases.ts';
import { refuseUntil } from '../refuse-until.ts';
import { staffOperation } from '../staff-operation.ts';
import { cursor, moment, ofCase, reason } from './parts.ts';

const why = z.strictObject({ reason });

/** Oldest first: what is open for longest needs somebody most. */
export const findCases = staffOperation({
  query: z.strictObject({
    state: z.optional(z.enum(listedStates)),
    olderThanDays: z.optional(
      z.pipe(
        z.string().check(z.regex(/^\d{1,4}$/, 'must be a whole number of days.')),
        z.transform(Number),
      ),
    ),
    troubles: z.optional(
      z.pipe(
        z.literal('true'),
        z.transform(() => true),
      ),
    ),
    cursor,
  }),
  handle: (dependencies, { query }) => listCases(dependencies, query),
});

export const showCase = staffOperation({
  path: ofCase,
  handle: async ({ records }, { path }) => {
    const [dunningCase, history] = await Promise.all([
      records.case(path.customer, path.invoice),
      records.history(path.customer, path.invoice),
    ]);
    if (dunningCase === null) return refuse(noSuchCase);
    // What the case still owes is not in the history yet: it is shown all the same.
    const owed = dunningCase.owed.flatMap((each) => (each.kind === 'history' ? [each.entry] : []));
    const last = history.at(-1)?.sequence ?? 0;
    const lines = [...history, ...owed.filter(({ sequence }) => sequence > last)];
    return {
      status: 200,
      body: { ...caseRecord(dunningCase), history: lines.map(historyLine) },
    };
  },
});

export const retryCase = staffOperation({
  path: ofCase,
  handle: (dependencies, { caller, path }) =>
    changeCase(dependencies, { ...path, caller, reason: null }, retryByHand),
});

export const holdCase = staffOperation({
  path: ofCase,
  body: z.strictObject({ until: moment, reason }),
  handle: async (dependencies, { caller, path, body }) => {
    const refused = refuseUntil(body.until, dependencies.clock.now());
    if (refused !== null) return refuse(refused);
    return changeCase(dependencies, { ...path, caller, reason: body.reason }, (stored, doing) =>
      holdByHand(stored, doing, body.until),
    );
  },
});

export const releaseCase = staffOperation({
  path: ofCase,
  body: why,
  handle: (dependencies, { caller, path, body }) =>
    changeCase(dependencies, { ...path, caller, reason: body.reason }, releaseByHand),
});

export const handBackCase = staffOperation({
  path: ofCase,
  body: why,
  handle: (dependencies, { caller, path, body }) =>
    changeCase(dependencies, { ...path, caller, reason: body.reason }, handBackByHand),
});

export const closeCase = staffOperation({
  path: ofCase,
  body: why,
  handle: (dependencies, { caller, path, body }) =>
    changeCase(dependencies, { ...path, caller, reason: body.reason }, closeByHand),
});

export const acknowledgeCase = staffOperation({
  path: ofCase,
  body: why,
  handle: (dependencies, { caller, path, body }) =>
    changeCase(dependencies, { ...path, caller, reason: body.reason }, acknowledgeByHand),
});
