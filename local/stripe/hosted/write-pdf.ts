/** One line of text on a page of A4. */
export interface PdfText {
  /** Points from the left edge, or from the right edge for text that ends there. */
  readonly x: number;
  /** Points from the bottom edge. */
  readonly y: number;
  readonly text: string;
  /** Points. */
  readonly size: number;
  readonly isBold?: boolean;
  readonly isRight?: boolean;
}

/** A4 in points. */
export const pageSize = { width: 595, height: 842 };

/**
 * A PDF of one page (ISO 32000-1), in the fonts that every reader has. Characters beyond
 * Windows-1252 become question marks: those fonts do not have them.
 */
export function writePdf(title: string, texts: readonly PdfText[]): Buffer {
  const content = texts.map(drawn).join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageSize.width} ${pageSize.height}] ` +
      '/Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> /Contents 6 0 R >>',
    fontOf('Helvetica'),
    fontOf('Helvetica-Bold'),
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Title (${escaped(title)}) >>`,
  ];
  let file = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const size = objects.length + 1;
  return Buffer.from(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${table.join('')}` +
      `trailer\n<< /Size ${size} /Root 1 0 R /Info 7 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  );
}

const fontOf = (name: string) =>
  `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;

function drawn({ x, y, text, size, isBold = false, isRight = false }: PdfText): string {
  const left = isRight ? pageSize.width - x - widthOf(text, size) : x;
  return `BT /${isBold ? 'F2' : 'F1'} ${size} Tf ${left.toFixed(2)} ${y} Td (${escaped(text)}) Tj ET`;
}

/** Helvetica's widths in thousandths of its size, for what stands in amounts; others are wider. */
const narrow: Readonly<Record<string, number>> = { '.': 278, ',': 278, ' ': 278, '-': 333 };

function widthOf(text: string, size: number): number {
  const total = [...text].reduce((sum, sign) => sum + (narrow[sign] ?? 556), 0);
  return (total * size) / 1000;
}

/** What Windows-1252 has between 0x80 and 0x9f and money needs. */
const special: Readonly<Record<string, string>> = {
  '\u20ac': '\x80',
  '\u2026': '\x85',
  '\u2013': '\x96',
  '\u2014': '\x97',
  '\u2018': '\x91',
  '\u2019': '\x92',
  '\u201c': '\x93',
  '\u201d': '\x94',
};

function escaped(text: string): string {
  return [...text]
    .map((sign) => special[sign] ?? (/^[\x20-\x7e\xa0-\xff]$/.test(sign) ? sign : '?'))
    .join('')
    .replaceAll(/[\\()]/g, '\\$&');
}
