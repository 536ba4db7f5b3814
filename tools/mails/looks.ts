import type { Look } from '../pictures/look.ts';
import { english, german, type Language, pseudoLanguage } from './languages.ts';

/** A way to look at a mail. */
export interface MailLook extends Look {
  readonly language: Language;
}

const wide = { viewport: { width: 640, height: 480 }, colorScheme: 'light' } as const;
const phone = { viewport: { width: 320, height: 480 }, colorScheme: 'light' } as const;
const wideSheet = { columns: 4, rows: 3 };
const phoneSheet = { columns: 6, rows: 2 };

export const looks: readonly MailLook[] = [
  { name: 'light', title: 'By day, 640 px', language: english, screen: wide, ...wideSheet },
  {
    name: 'dark',
    title: 'By night, 640 px',
    language: english,
    screen: { ...wide, colorScheme: 'dark' },
    ...wideSheet,
  },
  { name: 'phone', title: 'On a phone, 320 px', language: english, screen: phone, ...phoneSheet },
  { name: 'german', title: 'German, 320 px', language: german, screen: phone, ...phoneSheet },
  {
    name: 'pseudo',
    title: `${pseudoLanguage.title}, 320 px`,
    language: pseudoLanguage,
    screen: phone,
    ...phoneSheet,
  },
];
