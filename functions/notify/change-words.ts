import type { ChangeNotice } from '../domain/notice/notice-content.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import type { People } from './find-people.ts';

/** Who made a change and when, and what to do if it was nobody who may. */
export function changeWords(
  { by, at }: Pick<ChangeNotice, 'by' | 'at'>,
  reader: MailReader,
  { maker }: People,
): readonly string[] {
  const { change: words } = reader.text;
  const day = reader.day(at);
  switch (by.kind) {
    case 'member':
      return [
        maker === null ? words.byFormer({ day }) : words.byMember({ who: maker.email, day }),
        words.notYou,
      ];
    case 'staff':
      return [words.byStaff({ day })];
    case 'backstop':
      return [words.byNobody({ day })];
  }
}
