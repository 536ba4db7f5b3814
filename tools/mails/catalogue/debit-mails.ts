import { fromHostile, fromLong, hostile, unbroken, type Variants, variant } from './mail.ts';
import { debiting, debitReturned, mastercard } from './samples.ts';

const hostileAccount = { type: 'us_bank_account', brand: null, last4: hostile };

export const debitMails = {
  debit_started: [
    variant('the backup', debiting()),
    variant('the primary', debiting({ instead: null })),
    variant('long names', debiting({ invoiceNumber: unbroken }), fromLong),
    variant('hostile names', debiting({ debited: hostileAccount }), fromHostile),
  ],
  debit_returned: [
    variant('for want of money', debitReturned()),
    variant(
      'and a card was refused, no further try, no page of Stripe',
      debitReturned({
        returned: { card: { type: 'bank_account', brand: null, last4: null }, reason: 'declined' },
        failed: [{ card: mastercard, reason: 'expired' }],
        nextTryAt: null,
        hostedInvoiceUrl: null,
      }),
    ),
    variant('long names', debitReturned({ invoiceNumber: unbroken }), fromLong),
    variant(
      'hostile names',
      debitReturned({ returned: { card: hostileAccount, reason: 'declined' } }),
      fromHostile,
    ),
  ],
} satisfies Partial<Variants>;
