import type { NoticeContent } from '../../../functions/domain/notice/notice-content.ts';
import { dayMs } from '../../../functions/domain/time.ts';
import type { Settings } from '../../../functions/environment.ts';
import type { Pages } from '../../../functions/notify/actions.ts';
import { personOf } from '../../../functions/runtime/hash.ts';

type Of<Kind extends NoticeContent['kind']> = Extract<NoticeContent, { kind: Kind }>;

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

export const recovered = (more: Partial<Of<'recovered'>> = {}): Of<'recovered'> => ({
  kind: 'recovered',
  ...base,
  charged: visa,
  ...more,
});

export const debiting = (more: Partial<Of<'debit_started'>> = {}): Of<'debit_started'> => ({
  kind: 'debit_started',
  ...base,
  debited: bankAccount,
  instead: { failed: visa, failedReason: 'declined' },
  ...more,
});

export const debitReturned = (more: Partial<Of<'debit_returned'>> = {}): Of<'debit_returned'> => ({
  kind: 'debit_returned',
  ...base,
  returned: { card: bankAccount, reason: 'insufficient_funds' },
  failed: [],
  nextTryAt: now + dayMs,
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

/** As it is announced with the last failure. */
export const end = { endsAt: now + 7 * dayMs, ...suspends };

export const endAhead = (more: Partial<Of<'end_ahead'>> = {}): Of<'end_ahead'> => ({
  kind: 'end_ahead',
  ...base,
  ...end,
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

const byAda = { kind: 'member', person: personOf('ada@example.com') } as const;
const changeOf = { fact: 'customer-7', at: now, by: byAda };
const eve = { person: personOf('eve@example.com'), role: 'viewer' } as const;

export const methodsChanged = (
  more: Partial<Of<'methods_changed'>> = {},
): Of<'methods_changed'> => ({
  kind: 'methods_changed',
  ...changeOf,
  changes: [
    { what: 'added', card: mastercard },
    { what: 'made_primary', card: mastercard },
  ],
  ...more,
});

export const consented = (more: Partial<Of<'consent_given'>> = {}): Of<'consent_given'> => ({
  kind: 'consent_given',
  ...changeOf,
  card: mastercard,
  ...more,
});

export const withdrawn = (
  more: Partial<Of<'consent_withdrawn'>> = {},
): Of<'consent_withdrawn'> => ({
  kind: 'consent_withdrawn',
  ...changeOf,
  card: mastercard,
  ...more,
});

export const membersChanged = (
  more: Partial<Of<'members_changed'>> = {},
): Of<'members_changed'> => ({
  kind: 'members_changed',
  ...changeOf,
  what: 'invited',
  ...eve,
  entry: 'customer-7-0',
  ...more,
});

export const invited = (more: Partial<Of<'invitation'>> = {}): Of<'invitation'> => ({
  kind: 'invitation',
  ...changeOf,
  ...eve,
  ...more,
});

export const extended = (more: Partial<Of<'extension_granted'>> = {}): Of<'extension_granted'> => ({
  kind: 'extension_granted',
  ...changeOf,
  by: { kind: 'staff' },
  until: now + 14 * dayMs,
  ...more,
});

/** Stripe's page of a verification. */
export const verificationUrl = 'https://payments.stripe.com/microdeposit/sacs_test_1';

export const toVerify = (
  more: Partial<Of<'bank_account_verification'>> = {},
): Of<'bank_account_verification'> => ({
  kind: 'bank_account_verification',
  ...changeOf,
  by: { kind: 'staff' },
  card: bankAccount,
  url: verificationUrl,
  arrivesAt: now + 2 * dayMs,
  ...more,
});

export const cardUpdated = (more: Partial<Of<'card_updated'>> = {}): Of<'card_updated'> => ({
  kind: 'card_updated',
  ...changeOf,
  by: { kind: 'backstop' },
  card: visa,
  expires: { month: 12, year: 2029 },
  ...more,
});

/** A primary that is good through November, with a payment in December. */
export const expiring = (more: Partial<Of<'card_expiring'>> = {}): Of<'card_expiring'> => ({
  kind: 'card_expiring',
  fact: 'pm_1-2026-11-30',
  method: 'pm_1',
  card: visa,
  role: 'primary',
  expMonth: 11,
  expYear: 2026,
  nextBillingAt: Date.UTC(2026, 11, 5),
  hasExpired: false,
  ...more,
});

export const unreachable = (
  more: Partial<Of<'address_unreachable'>> = {},
): Of<'address_unreachable'> => ({
  kind: 'address_unreachable',
  fact: 'person-1',
  person: eve.person,
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
