import { emptyLedger } from '../../../functions/domain/decline/card-ledger.ts';
import type { Table } from '../../../functions/domain/ports.ts';
import { createRecords, type Records } from '../../../functions/runtime/records.ts';

interface Versioned {
  readonly version: number;
}

/** Records of one kind by their names, written as the table writes them: each version once. */
function createShelf<Stored extends Versioned>() {
  const shelf = new Map<string, Stored>();
  const put = (name: string, record: Stored): true => {
    shelf.set(name, record);
    return true;
  };
  return {
    get: async (name: string) => shelf.get(name) ?? null,
    add: async (name: string, record: Stored) => !shelf.has(name) && put(name, record),
    save: async (name: string, record: Stored) =>
      (shelf.get(name)?.version ?? 0) === record.version - 1 && put(name, record),
  };
}

/** What the retry room has no business with. */
const noTable: Table = {
  get: refuse,
  putNew: refuse,
  replace: refuse,
  query: refuse,
  queryNewest: refuse,
  queryIndex: refuse,
};

async function refuse(): Promise<never> {
  throw new Error('A simulated world keeps cases, customers, methods and ledgers, and no more.');
}

type Of<Name extends keyof Records> = Exclude<Awaited<ReturnType<Records[Name]>>, null>;

/** The records of one simulated world: as they are, without the items that a table makes of them. */
export function createMemoryRecords(): Records {
  const cases = createShelf<Of<'case'>>();
  const customers = createShelf<Of<'customer'>>();
  const methods = createShelf<Of<'method'>>();
  const ledgers = createShelf<Of<'ledger'>>();
  return {
    ...createRecords(noTable),
    case: (_customer, invoice) => cases.get(invoice),
    addCase: (dunningCase) => cases.add(dunningCase.invoice, dunningCase),
    saveCase: (dunningCase) => cases.save(dunningCase.invoice, dunningCase),
    customer: (customer) => customers.get(customer),
    addCustomer: (customer) => customers.add(customer.customer, customer),
    saveCustomer: (customer) => customers.save(customer.customer, customer),
    method: (_customer, method) => methods.get(method),
    addMethod: (method) => methods.add(method.method, method),
    saveMethod: (method) => methods.save(method.method, method),
    ledger: async (card) => (await ledgers.get(card)) ?? emptyLedger(card),
    saveLedger: (ledger) => ledgers.save(ledger.card, ledger),
    // Nobody reads the history of a simulated case, and no switch is thrown in it.
    addHistory: async () => {},
    addAudit: async () => {},
    chargingSwitch: async () => null,
  };
}
