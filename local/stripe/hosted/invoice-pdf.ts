import { words } from '../../pages/words.ts';
import type { InvoiceRecord } from '../engine/records.ts';
import { money } from '../page/words.ts';
import { type PdfText, pageSize, writePdf } from './write-pdf.ts';

const margin = 56;
const lineHeight = 20;
/** As many lines as one page holds; what is left is one line that says how many. */
const mostLines = 24;

/** The invoice as one page of paper: who, what for, how much, paid or not. */
export function invoicePdf(invoice: InvoiceRecord): Buffer {
  const { currency, number } = invoice;
  const top = pageSize.height - margin;
  const title = `Invoice ${number ?? invoice.id}`;
  const day = new Date(invoice.created * 1000).toISOString().slice(0, 10);
  const head: PdfText[] = [
    { x: margin, y: top, text: title, size: 20, isBold: true },
    { x: margin, y: top - 28, text: `From ${invoice.account_name ?? ''}`, size: 11 },
    { x: margin, y: top - 44, text: shortened(`To ${nameOf(invoice)}`), size: 11 },
    { x: margin, y: top - 60, text: `Date ${day}`, size: 11 },
    { x: margin, y: top - 76, text: `Status: ${words(invoice.status)}`, size: 11 },
  ];
  const shown = invoice.lines.data.slice(0, mostLines);
  const left = invoice.lines.data.length - shown.length;
  const rows = [
    ...shown.map((line) => [line.description ?? '', money(line.amount, currency)] as const),
    ...(left > 0 ? [[`and ${left} more lines`, ''] as const] : []),
    ['Total', money(invoice.total, currency)] as const,
    ['Amount due', money(invoice.amount_remaining, currency)] as const,
  ];
  const first = top - 120;
  const body = rows.flatMap(([text, amount], at): PdfText[] => {
    const y = first - at * lineHeight;
    const isBold = at >= rows.length - 2;
    return [
      { x: margin, y, text: shortened(text), size: 11, isBold },
      { x: margin, y, text: amount, size: 11, isBold, isRight: true },
    ];
  });
  return writePdf(title, [...head, ...body]);
}

/** As much as a line holds beside its amount. */
function shortened(text: string): string {
  const signs = [...text];
  return signs.length > 70 ? `${signs.slice(0, 69).join('')}\u2026` : text;
}

const nameOf = ({ customer_name, customer_email, customer }: InvoiceRecord) =>
  [customer_name, customer_email].filter((each) => each !== null).join(', ') || customer;
