import { type CardLedger, emptyLedger } from '../domain/card-ledger.ts';
import type { ChargingSwitch } from '../domain/charging-switch.ts';
import type { Customer } from '../domain/customer.ts';
import type { DunningCase, HistoryEntry } from '../domain/dunning-case.ts';
import type { CustomerId, InvoiceId, PaymentMethodId } from '../domain/ids.ts';
import {
  caseItem,
  customerItem,
  historyItem,
  itemVersion,
  keys,
  ledgerItem,
  methodItem,
  noticeItem,
  recordOf,
} from '../domain/items.ts';
import type { Notice } from '../domain/notice.ts';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { Key, Table } from '../domain/ports.ts';

/**
 * The table's records by their names. Reads are strongly consistent. `add...` writes what is not
 * there yet, `save...` the next version of what was read; both answer false where another
 * writer came first, and then the caller reads again.
 */
export interface Records {
  case(customer: CustomerId, invoice: InvoiceId): Promise<DunningCase | null>;
  caseAt(key: Key): Promise<DunningCase | null>;
  addCase(dunningCase: DunningCase): Promise<boolean>;
  saveCase(dunningCase: DunningCase): Promise<boolean>;
  customer(customer: CustomerId): Promise<Customer | null>;
  addCustomer(customer: Customer): Promise<boolean>;
  saveCustomer(customer: Customer): Promise<boolean>;
  method(customer: CustomerId, method: PaymentMethodId): Promise<PaymentMethod | null>;
  addMethod(method: PaymentMethod): Promise<boolean>;
  saveMethod(method: PaymentMethod): Promise<boolean>;
  /** An empty ledger of version 0 for a card that was never seen. */
  ledger(card: string): Promise<CardLedger>;
  saveLedger(ledger: CardLedger): Promise<boolean>;
  /** Adding the same entry again changes nothing. */
  addHistory(customer: CustomerId, entry: HistoryEntry): Promise<void>;
  history(customer: CustomerId, invoice: InvoiceId): Promise<readonly HistoryEntry[]>;
  notice(customer: CustomerId, id: string): Promise<Notice | null>;
  addNotice(notice: Notice): Promise<boolean>;
  saveNotice(notice: Notice): Promise<boolean>;
  chargingSwitch(): Promise<ChargingSwitch | null>;
  saveChargingSwitch(chargingSwitch: ChargingSwitch): Promise<boolean>;
}

export function createRecords(table: Table): Records {
  const get = async <Stored>(key: Key): Promise<Stored | null> => {
    const item = await table.get(key);
    return item === null ? null : recordOf<Stored>(item);
  };
  return {
    case: (customer, invoice) => get<DunningCase>(keys.case(customer, invoice)),
    caseAt: (key) => get<DunningCase>(key),
    addCase: (dunningCase) => table.putNew(caseItem(dunningCase)),
    saveCase: (dunningCase) => table.replace(caseItem(dunningCase)),
    customer: (customer) => get<Customer>(keys.customer(customer)),
    addCustomer: (customer) => table.putNew(customerItem(customer)),
    saveCustomer: (customer) => table.replace(customerItem(customer)),
    method: (customer, method) => get<PaymentMethod>(keys.method(customer, method)),
    addMethod: (method) => table.putNew(methodItem(method)),
    saveMethod: (method) => table.replace(methodItem(method)),
    async ledger(card) {
      return (await get<CardLedger>(keys.ledger(card))) ?? emptyLedger(card);
    },
    saveLedger: (ledger) =>
      ledger.version === 1 ? table.putNew(ledgerItem(ledger)) : table.replace(ledgerItem(ledger)),
    async addHistory(customer, entry) {
      await table.putNew(historyItem(customer, entry));
    },
    async history(customer, invoice) {
      const { pk, sk } = keys.history(customer, invoice, 0);
      const items = await table.query(pk, sk.slice(0, sk.lastIndexOf('#') + 1));
      return items.map((item) => recordOf<HistoryEntry>(item));
    },
    notice: (customer, id) => get<Notice>(keys.notice(customer, id)),
    addNotice: (notice) => table.putNew(noticeItem(notice)),
    saveNotice: (notice) => table.replace(noticeItem(notice)),
    chargingSwitch: () => get<ChargingSwitch>(keys.chargingSwitch),
    saveChargingSwitch(chargingSwitch) {
      const item = { ...chargingSwitch, ...keys.chargingSwitch, v: itemVersion };
      return chargingSwitch.version === 1 ? table.putNew(item) : table.replace(item);
    },
  };
}
