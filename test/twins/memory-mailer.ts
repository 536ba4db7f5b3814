import type { Mail, MailAnswer, Mailer } from '../../functions/domain/ports.ts';

/** A mailbox that takes every mail, or answers what a test says next. */
export interface MemoryMailer extends Mailer {
  readonly sent: readonly Mail[];
  /** The next mail gets this answer; `taken` says whether it was delivered all the same. */
  answerNext(answer: MailAnswer, taken: boolean): void;
}

export function createMemoryMailer(): MemoryMailer {
  const sent: Mail[] = [];
  const next: { answer: MailAnswer; taken: boolean }[] = [];
  return {
    sent,
    answerNext: (answer, taken) => void next.push({ answer, taken }),
    async send(mail) {
      const scripted = next.shift();
      if (scripted?.taken !== false) sent.push(mail);
      return scripted?.answer ?? { kind: 'accepted', messageId: `mail-${sent.length}` };
    },
  };
}
