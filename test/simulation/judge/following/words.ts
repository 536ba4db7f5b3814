import type { Happening } from '../../evidence.ts';

/** What a happening leaves behind as text, made once for all rules that read it. */
export interface Words {
  of(happening: Happening): string;
}

export function readWords(): Words {
  let last: Happening | undefined;
  let text = '';
  return {
    of(happening) {
      if (happening !== last) text = wordsOf(happening);
      last = happening;
      return text;
    },
  };
}

function wordsOf(happening: Happening): string {
  switch (happening.kind) {
    case 'item_written':
      return JSON.stringify(happening.after);
    case 'message_sent':
    case 'message_died':
      return happening.message.body;
    case 'mail_sent':
      return `${happening.mail.subject}\n${happening.mail.text}\n${happening.mail.html}`;
    case 'logged':
      return happening.line;
    default:
      return '';
  }
}
