import { fromHostile, fromLong, type Variants, variant } from './mail.ts';
import { signInLink } from './samples.ts';

const link = { kind: 'sign_in', url: signInLink } as const;

export const signInMails = {
  sign_in: [
    variant('by name', link),
    variant('nobody by name', link, { to: null }),
    variant('long names', link, fromLong),
    variant('hostile names', link, fromHostile),
  ],
} satisfies Partial<Variants>;
