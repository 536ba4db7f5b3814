import { fromHostile, fromLong, hostile, unbroken, type Variants, variant } from './mail.ts';
import { unreachable } from './samples.ts';

export const accountMails = {
  address_unreachable: [
    variant('a mail came back', unreachable()),
    variant('a complaint', unreachable({ why: 'complaint' })),
    variant('long names', unreachable({ address: `${unbroken}@example.com` }), fromLong),
    variant('hostile names', unreachable({ address: hostile }), fromHostile),
  ],
} satisfies Partial<Variants>;
