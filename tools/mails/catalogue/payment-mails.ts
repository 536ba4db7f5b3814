import type { SafeReason } from '../../../functions/domain/decline/decline.ts';
import type { Settings } from '../../../functions/environment.ts';
import { fromHostile, fromLong, hostile, unbroken, type Variants, variant } from './mail.ts';
import {
  bankAccount,
  business,
  charged,
  end,
  failed,
  mastercard,
  recovered,
  unconfirmed,
  visa,
} from './samples.ts';

const reasonNames: Readonly<Record<SafeReason, string>> = {
  declined: 'declined',
  insufficient_funds: 'no money there',
  incorrect_details: 'wrong details',
  expired: 'expired',
  authentication: 'not confirmed',
  try_again: 'trouble at the bank',
  not_supported: 'not for such payments',
  unusable: 'unusable',
};
// The record has a name for every reason.
const reasons = Object.entries(reasonNames) as readonly (readonly [SafeReason, string])[];

const lumen: Settings['business'] = {
  ...business,
  name: 'Lumen Weather',
  supportEmail: 'help@lumen-weather.example',
  colour: '#1f5f8b',
  address: '48 Harbor Street, Portland, ME 04101',
};

const secondaryCharged: Variants['secondary_charged'] = [
  variant('an unknown primary', charged({ failed: null, failedReason: null })),
  ...reasons.map(([failedReason, name]) =>
    variant(`the primary: ${name}`, charged({ failedReason })),
  ),
  variant('with colour and address', charged(), { business: lumen }),
  variant('for no reason that is known', charged({ failedReason: null })),
  variant('a bank account', charged({ charged: bankAccount })),
  variant('no number, no page of Stripe', charged({ invoiceNumber: null, hostedInvoiceUrl: null })),
  variant('yen', charged({ amount: { amount: 123_456_789, currency: 'jpy' } })),
  variant(
    'long names',
    charged({ invoiceNumber: unbroken, charged: { ...visa, last4: unbroken } }),
    fromLong,
  ),
  variant(
    'hostile names',
    charged({ invoiceNumber: hostile, charged: { ...visa, last4: hostile } }),
    fromHostile,
  ),
];

const paymentFailed: Variants['payment_failed'] = [
  variant('both refused', failed()),
  ...reasons.map(([reason, name]) =>
    variant(`one refused: ${name}`, failed({ failed: [{ card: visa, reason }] })),
  ),
  variant('the next try is the last', failed({ nextIsLast: true })),
  variant('no further try', failed({ nextTryAt: null })),
  variant('no further try, then access ends', failed({ nextTryAt: null, end })),
  variant(
    'no method, then access and subscription end',
    failed({
      failed: [],
      nextTryAt: null,
      end: { ...end, action: 'cancel_subscription' },
    }),
  ),
  variant('no method', failed({ failed: [], nextTryAt: null })),
  variant('nobody by name', failed(), { to: null }),
  variant('no number, no page of Stripe', failed({ invoiceNumber: null, hostedInvoiceUrl: null })),
  variant('dinars', failed({ amount: { amount: 123_456_789_050, currency: 'kwd' } })),
  variant('long names', failed({ invoiceNumber: unbroken }), fromLong),
  variant('hostile names', failed({ invoiceNumber: hostile }), fromHostile),
];

const [unasked] = unconfirmed().failed;
if (unasked === undefined) throw new Error('The sample was refused with a method.');

const authenticationNeeded: Variants['authentication_needed'] = [
  variant('by one bank', unconfirmed()),
  variant(
    'and another card was refused',
    unconfirmed({ failed: [unasked, { card: mastercard, reason: 'declined' }] }),
  ),
  variant('by a bank that is not known', unconfirmed({ failed: [] })),
  variant('the next try is the last', unconfirmed({ nextIsLast: true })),
  variant(
    'no further try, no page of Stripe',
    unconfirmed({ nextTryAt: null, hostedInvoiceUrl: null }),
  ),
  variant('long names', unconfirmed({ invoiceNumber: unbroken }), fromLong),
  variant('hostile names', unconfirmed({ invoiceNumber: hostile }), fromHostile),
];

const afterAll: Variants['recovered'] = [
  variant('with a card', recovered()),
  variant(
    'with what is not known, no page of Stripe',
    recovered({ charged: null, hostedInvoiceUrl: null }),
  ),
  variant('long names', recovered({ invoiceNumber: unbroken }), fromLong),
  variant('hostile names', recovered({ charged: { ...visa, last4: hostile } }), fromHostile),
];

export const paymentMails = {
  secondary_charged: secondaryCharged,
  recovered: afterAll,
  payment_failed: paymentFailed,
  authentication_needed: authenticationNeeded,
} satisfies Partial<Variants>;
