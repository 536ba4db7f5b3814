import type { Look } from '../pictures/look.ts';
import { englishReader, germanReader, pseudoReader, type Reader } from './texts/readers.ts';

/** A way to look at the page. */
export interface PageLook extends Look {
  readonly reader: Reader;
}

const desk = { viewport: { width: 900, height: 800 }, colorScheme: 'light' } as const;
const phone = { viewport: { width: 320, height: 640 }, colorScheme: 'light' } as const;

export const looks: readonly PageLook[] = [
  { name: 'light', title: 'By day', reader: englishReader, screen: desk, columns: 3, rows: 4 },
  {
    name: 'dark',
    title: 'By night',
    reader: englishReader,
    screen: { ...desk, colorScheme: 'dark' },
    columns: 3,
    rows: 4,
  },
  { name: 'phone', title: '320 px', reader: englishReader, screen: phone, columns: 6, rows: 2 },
  {
    name: 'german',
    title: 'German, 320 px',
    reader: germanReader,
    screen: phone,
    columns: 6,
    rows: 2,
  },
  {
    name: 'pseudo',
    title: 'Long, accented, right to left, 320 px',
    reader: pseudoReader,
    screen: phone,
    columns: 6,
    rows: 2,
  },
];
