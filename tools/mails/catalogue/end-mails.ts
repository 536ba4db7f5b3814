import { fromHostile, fromLong, hostile, unbroken, type Variants, variant } from './mail.ts';
import { endAhead, ended, lastTry, restored } from './samples.ts';

/** What the policy may do at the end that a customer notices, by how it is called. */
const consequences = {
  'access ends': { access: 'suspend', action: 'leave_open' },
  'access and subscription end': { access: 'suspend', action: 'cancel_subscription' },
  'access ends, subscription rests': { access: 'suspend', action: 'pause_subscription' },
  'subscription ends': { access: 'keep', action: 'cancel_subscription' },
  'subscription rests': { access: 'keep', action: 'pause_subscription' },
} as const;
const each = Object.entries(consequences);

const lastTryAhead: Variants['last_try_ahead'] = [
  variant('then nothing', lastTry({ access: 'keep' })),
  ...each.map(([name, what]) => variant(`then ${name}`, lastTry(what))),
  variant('no number, no page of Stripe', lastTry({ invoiceNumber: null, hostedInvoiceUrl: null })),
  variant('long names', lastTry({ invoiceNumber: unbroken }), fromLong),
  variant('hostile names', lastTry({ invoiceNumber: hostile }), fromHostile),
];

const anEndAhead: Variants['end_ahead'] = [
  variant(
    'no number, no page of Stripe',
    endAhead({ invoiceNumber: null, hostedInvoiceUrl: null }),
  ),
  ...each.map(([name, what]) => variant(name, endAhead(what))),
  variant('long names', endAhead({ access: 'keep', action: 'cancel_subscription' }), fromLong),
  variant('hostile names', endAhead({ invoiceNumber: hostile }), fromHostile),
];

const dunningEnded: Variants['dunning_ended'] = [
  variant('no number, no page of Stripe', ended({ invoiceNumber: null, hostedInvoiceUrl: null })),
  ...each.map(([name, what]) => variant(name, ended(what))),
  variant('long names', ended({ invoiceNumber: unbroken }), fromLong),
  variant('hostile names', ended({ invoiceNumber: hostile }), fromHostile),
];

const accessRestored: Variants['access_restored'] = [
  variant('after a payment', restored()),
  variant(
    'no number, no page of Stripe',
    restored({ invoiceNumber: null, hostedInvoiceUrl: null }),
  ),
  variant('long names', restored({ invoiceNumber: unbroken }), fromLong),
  variant('hostile names', restored({ invoiceNumber: hostile }), fromHostile),
];

export const endMails = {
  last_try_ahead: lastTryAhead,
  end_ahead: anEndAhead,
  dunning_ended: dunningEnded,
  access_restored: accessRestored,
} satisfies Partial<Variants>;
