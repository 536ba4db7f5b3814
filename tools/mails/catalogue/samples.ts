import type { WrittenNotice } from '../../../functions/domain/notice/notice-content.ts';
import { dayMs } from '../../../functions/domain/time.ts';
import type { Settings } from '../../../functions/environment.ts';
import type { Pages } from '../../../functions/notify/actions.ts';

type Of<Kind extends WrittenNotice['kind']> = Extract<WrittenNotice, { kind: Kind }>;

export const visa = { type: 'card', brand: 'visa', last4: '4242' };
export const mastercard = { type: 'card', brand: 'mastercard', last4: '5556' };
export const bankAccount = { type: 'us_bank_account', brand: null, last4: '6789' };

/** When everything happens, UTC. */
const now = Date.UTC(2026, 10, 2, 12);

const base = {
  fact: 'in_1-2',
  invoiceNumber: 'ADA-0001',
  hostedInvoiceUrl: 'https://invoice.stripe.com/i/1?s=a&t=b',
  amount: { amount: 1050, currency: 'usd' },
};
const suspends = { access: 'suspend', action: 'leave_open' } as const;

export const charged = (more: Partial<Of<'secondary_charged'>> = {}): Of<'secondary_charged'> => ({
  kind: 'secondary_charged',
  ...base,
  failed: visa,
  failedReason: 'declined',
  charged: mastercard,
  ...more,
});

export const failed = (more: Partial<Of<'payment_failed'>> = {}): Of<'payment_failed'> => ({
  kind: 'payment_failed',
  ...base,
  failed: [
    { card: visa, reason: 'insufficient_funds' },
    { card: mastercard, reason: 'declined' },
  ],
  nextTryAt: now + dayMs,
  ...more,
});

export const unconfirmed = (
  more: Partial<Of<'authentication_needed'>> = {},
): Of<'authentication_needed'> => ({
  kind: 'authentication_needed',
  ...base,
  failed: [{ card: visa, reason: 'authentication' }],
  nextTryAt: now + dayMs,
  ...more,
});

export const lastTry = (more: Partial<Of<'last_try_ahead'>> = {}): Of<'last_try_ahead'> => ({
  kind: 'last_try_ahead',
  ...base,
  tryAt: now + 2 * dayMs,
  ...suspends,
  ...more,
});

export const endAhead = (more: Partial<Of<'end_ahead'>> = {}): Of<'end_ahead'> => ({
  kind: 'end_ahead',
  ...base,
  endsAt: now + 7 * dayMs,
  ...suspends,
  ...more,
});

export const ended = (more: Partial<Of<'dunning_ended'>> = {}): Of<'dunning_ended'> => ({
  kind: 'dunning_ended',
  ...base,
  ...suspends,
  ...more,
});

export const restored = (more: Partial<Of<'access_restored'>> = {}): Of<'access_restored'> => ({
  kind: 'access_restored',
  ...base,
  ...more,
});

export const unreachable = (
  more: Partial<Of<'address_unreachable'>> = {},
): Of<'address_unreachable'> => ({
  kind: 'address_unreachable',
  fact: 'person-1',
  person: 'person',
  address: 'bob@example.com',
  why: 'bounce',
  ...more,
});

/** Where the mails' buttons lead. */
export const pages: Pages = {
  home: 'https://billing.example.com/',
  pay: 'https://billing.example.com/#/pay/in_1',
};
export const signInLink = `https://billing.example.com/#/sign-in/${'x'.repeat(43)}`;

export const business: Settings['business'] = {
  name: 'Ada’s Bikes',
  supportEmail: 'help@example.com',
  locale: 'en-US',
  timeZone: 'UTC',
};
export const mail: Settings['mail'] = { sender: 'billing@example.com' };
