import { fromHostile, fromLong, hostile, unbroken, type Variants, variant } from './mail.ts';
import { expiring, mastercard, visa } from './samples.ts';

const beforeExpiry = Date.UTC(2026, 10, 5);
const isOver = { expMonth: 10, hasExpired: true } as const;
const backup = { role: 'secondary', card: mastercard } as const;

const cardExpiring: Variants['card_expiring'] = [
  variant('the primary', expiring()),
  variant('the primary, after one more payment', expiring({ nextBillingAt: beforeExpiry })),
  variant('the primary has expired', expiring({ ...isOver, nextBillingAt: beforeExpiry })),
  variant('the backup', expiring(backup)),
  variant('the backup has expired', expiring({ ...backup, ...isOver })),
  variant('nobody by name, no last digits', expiring({ card: { ...visa, last4: null } }), {
    to: null,
  }),
  variant('long names', expiring({ card: { ...visa, last4: unbroken } }), fromLong),
  variant('hostile names', expiring({ card: { ...visa, last4: hostile } }), fromHostile),
];

export const expiryMails = { card_expiring: cardExpiring } satisfies Partial<Variants>;
