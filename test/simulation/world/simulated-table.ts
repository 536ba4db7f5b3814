import type { Item, Table } from '../../../functions/domain/ports.ts';
import { createItemStore, type ItemStore } from '../../twins/item-store.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { Faults } from './faults.ts';
import type { Process, Processes, Reply } from './processes.ts';

export interface SimulatedTable {
  /** The table as a process sees it. */
  connect(process: () => Process): Table;
  readonly items: readonly Item[];
  /** The earliest place in an index, epoch milliseconds; `undefined` where there is none. */
  next(index: 'dueAt' | 'remindAt'): number | undefined;
  onWrite(listener: (after: Item) => void): void;
}

interface Parts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly faults: Faults;
  readonly chronicle: Chronicle;
  readonly processes: Processes;
}

/** DynamoDB's indexes follow "within a fraction of a second" as a rule; this is a bad day. */
const longestIndexLagMs = 20_000;

/** DynamoDB as its SDK shows it: refusals, lost answers, and repeats after a lost answer. */
export function createSimulatedTable(parts: Parts): SimulatedTable {
  const { agenda, random, faults, chronicle, processes } = parts;
  const listeners: ((after: Item) => void)[] = [];
  const store = createItemStore({
    onWrite(before, after) {
      const by = processes.current?.name ?? null;
      chronicle.tell({ kind: 'item_written', before, after, by });
      for (const listener of listeners) listener(after);
    },
    updateIndex(update) {
      if (faults.strikes('index_lag')) agenda.after(random.below(longestIndexLagMs), update);
      else update();
    },
  });
  const write = (carryOut: () => boolean) => () => carryOutWrite(faults, carryOut);
  const read =
    <Value>(carryOut: () => Value) =>
    () =>
      carryOutRead(faults, carryOut);
  return {
    items: store.all,
    next: (index) => earliest(store, index),
    onWrite: (listener) => void listeners.push(listener),
    connect: (process) => ({
      get: (key) =>
        processes.call(
          process(),
          'table get',
          read(() => store.get(key)),
        ),
      putNew: (item) =>
        processes.call(
          process(),
          'table putNew',
          write(() => store.putNew(item)),
        ),
      replace: (item) =>
        processes.call(
          process(),
          'table replace',
          write(() => store.replace(item)),
        ),
      query: (pk, prefix) =>
        processes.call(
          process(),
          'table query',
          read(() => store.query(pk, prefix)),
        ),
      queryNewest: (pk, prefix, page) =>
        processes.call(
          process(),
          'table queryNewest',
          read(() => store.queryNewest(pk, prefix, page)),
        ),
      queryIndex: (...asked) =>
        processes.call(
          process(),
          'table queryIndex',
          read(() => store.queryIndex(...asked)),
        ),
    }),
  };
}

/** What the SDK throws once it has tried three times. */
class TableError extends Error {
  override readonly name = 'InternalServerError';
}

function carryOutRead<Value>(faults: Faults, carryOut: () => Value): Reply<Value> {
  if (faults.strikes('table_refused')) return failing('The table refused the request.');
  const value = carryOut();
  return { answer: () => value };
}

function carryOutWrite(faults: Faults, carryOut: () => boolean): Reply<boolean> {
  const fault = faults.oneOf(['table_refused', 'table_lost', 'table_repeated']);
  if (fault === 'table_refused') return failing('The table refused the request.');
  const first = carryOut();
  if (fault === 'table_lost') return failing('The answer of the table was lost.');
  const value = fault === 'table_repeated' ? carryOut() : first;
  return { answer: () => value };
}

const failing = (why: string): Reply<never> => ({
  answer: () => {
    throw new TableError(why);
  },
});

function earliest({ all }: ItemStore, index: 'dueAt' | 'remindAt'): number | undefined {
  let first: string | undefined;
  for (const { [index]: at } of all) {
    if (typeof at === 'string' && (first === undefined || at < first)) first = at;
  }
  return first === undefined ? undefined : Date.parse(first);
}
