import { withLines } from '../objects/build-invoice.ts';
import { invoiceItemOf, lineOfInvoiceItem } from '../objects/build-invoice-line.ts';
import { updateInvoice } from '../objects/record-change.ts';
import { invalidRequest, resourceMissing } from '../protocol/answer.ts';
import type { InvoiceItemRecord, InvoiceLineRecord, InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** @throws Refusal for an invoice that is no draft any more: its lines stay as they are. */
export function refuseUneditable(invoice: InvoiceRecord, param?: string): void {
  if (invoice.status === 'draft') return;
  throw invalidRequest('Invalid invoice: This invoice is no longer editable', {
    code: 'invoice_not_editable',
    ...(param === undefined ? {} : { param }),
  });
}

export function findLine(invoice: InvoiceRecord, id: string, param?: string): InvoiceLineRecord {
  const line = invoice.lines.data.find((each) => each.id === id);
  if (line === undefined) throw resourceMissing('line item', id, param);
  return line;
}

/** Gives a draft other lines, and the sums that follow from them. */
export function replaceLines(
  tx: Transaction,
  invoice: InvoiceRecord,
  data: InvoiceLineRecord[],
): InvoiceRecord {
  return updateInvoice(tx, invoice, withLines(invoice, data));
}

/** Puts an invoice item on a draft: the newest line comes first. */
export function putOnDraft(
  tx: Transaction,
  invoice: InvoiceRecord,
  item: InvoiceItemRecord,
): InvoiceRecord {
  const line = lineOfInvoiceItem(tx, invoice.id, item);
  return replaceLines(tx, invoice, [line, ...invoice.lines.data]);
}

/** Shows a changed invoice item on the draft that it stands on. */
export function refreshOnDraft(tx: Transaction, item: InvoiceItemRecord): void {
  if (item.invoice === null) return;
  const invoice = tx.get('invoices', item.invoice);
  const data = invoice.lines.data.map((line) =>
    invoiceItemOf(line) === item.id ? lineOfInvoiceItem(tx, invoice.id, item, line.id) : line,
  );
  replaceLines(tx, invoice, data);
}

/** Takes an invoice item off the draft that it stands on. */
export function takeOffDraft(tx: Transaction, item: InvoiceItemRecord): void {
  if (item.invoice === null) return;
  const invoice = tx.get('invoices', item.invoice);
  const data = invoice.lines.data.filter((line) => invoiceItemOf(line) !== item.id);
  replaceLines(tx, invoice, data);
}
