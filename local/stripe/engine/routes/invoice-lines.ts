import {
  addLines,
  addLinesFields,
  changeLine,
  lineChange,
  removeLines,
  removeLinesFields,
  updateLines,
  updateLinesFields,
} from '../billing/invoice-lines.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import { type Route, route } from '../protocol/route.ts';

export const invoiceLineRoutes: readonly Route[] = [
  route('GET', '/v1/invoices/*/lines', listParameters, (tx, params, id) => {
    const { lines } = tx.get('invoices', id);
    // A list is answered from its last row to its first, and an invoice shows its first line first.
    return listRows([...lines.data].reverse(), () => true, params, lines.url);
  }),
  route('POST', '/v1/invoices/*/add_lines', addLinesFields, (tx, params, id) =>
    addLines(tx, id, params),
  ),
  route('POST', '/v1/invoices/*/update_lines', updateLinesFields, (tx, params, id) =>
    updateLines(tx, id, params),
  ),
  route('POST', '/v1/invoices/*/remove_lines', removeLinesFields, (tx, params, id) =>
    removeLines(tx, id, params),
  ),
  route('POST', '/v1/invoices/*/lines/*', lineChange, (tx, params, id, lineId) =>
    changeLine(tx, id, lineId, params),
  ),
];
