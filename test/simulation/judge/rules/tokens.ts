import type { Happening } from '../../evidence.ts';
import { tokenIn } from '../following/people.ts';
import { fieldsOf, textOf } from '../read.ts';
import type { MakeRule } from '../rule.ts';

/** What stands for 256 random bits as base64url. */
const tokens = /(?<![\w-])[\w-]{43}(?![\w-])/g;
const clientSecret = /_secret_[A-Za-z0-9]{8}/;

/**
 * The token of a link, the value of a session's cookie and a client secret of Stripe's are in no
 * item, log line or message: whoever reads those could act as somebody else.
 */
export const noTokens: MakeRule = ({ words }, verdict) => {
  const secrets = new Set<string>();
  /** What has the form of a token, by where it stood first. */
  const seen = new Map<string, string>();
  const learn = (token: string | null | undefined): void => {
    if (token == null || token === '') return;
    secrets.add(token);
    verdict.weigh();
    const where = seen.get(token);
    if (where !== undefined) verdict.breach(`A token that was given away stood ${where}.`);
  };
  return {
    observe({ happening }) {
      for (const token of tokensIn(happening)) learn(token);
      const where = whereOf(happening);
      if (where === null) return;
      const text = words.of(happening);
      if (clientSecret.test(text) && !isVerification(text))
        verdict.breach(`A client secret stands ${where}.`);
      for (const [token] of text.matchAll(tokens)) {
        if (secrets.has(token)) verdict.breach(`A token that was given away stands ${where}.`);
        else if (!seen.has(token)) seen.set(token, where);
      }
    },
  };
};

/** Stripe's page for the holder of a bank account, which is mailed, is on its way to the mail. */
const isVerification = (text: string): boolean => text.includes('bank_account_verification');

/** What was given to somebody who may sign in or act with it. */
function tokensIn(happening: Happening): readonly (string | null)[] {
  if (happening.kind === 'mail_sent') return [tokenIn(happening.mail.text)];
  if (happening.kind !== 'api_answered' || happening.answer === null) return [];
  const { body, cookies } = happening.answer;
  return [
    tokenIn(textOf(fieldsOf(body)?.url) ?? ''),
    ...cookies.map((cookie) => cookie.split(';')[0]?.split('=')[1] ?? null),
  ];
}

function whereOf(happening: Happening): string | null {
  switch (happening.kind) {
    case 'item_written':
      return `in the item ${happening.after.pk.split('#')[0]} ${happening.after.sk.split('#')[0]}`;
    case 'message_sent':
      return `in a message of ${happening.message.queue}`;
    case 'logged':
      return 'in a log line';
    default:
      return null;
  }
}
