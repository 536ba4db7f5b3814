import type { MethodView, PageView, SafeReason } from '../../../portal/src/api/api-types.ts';
import type { Place } from '../texts/places.ts';
import { body, type PageState, pageState } from './page-state.ts';
import {
  bankAccount,
  expired,
  mastercard,
  openCase,
  other,
  pastDue,
  refused,
  session,
  twoCustomers,
  view,
  visa,
} from './samples.ts';

/** A page that shows a view and needs no doing. */
export const shown = (
  group: string,
  name: string,
  of: PageView,
  shows: Place,
  changes: Partial<PageState> = {},
): PageState =>
  pageState(group, name, { answers: { 'GET /portal/view': body(of) }, shows, ...changes });

const reasons: readonly SafeReason[] = [
  'declined',
  'insufficient_funds',
  'incorrect_details',
  'expired',
  'authentication',
  'try_again',
  'not_supported',
  'unusable',
];

const of = (name: string, methods: readonly MethodView[], shows: Place) =>
  shown('methods', name, view({ methods }), shows);

/** What a bank wants confirmed is an invoice that is open. */
function besides(reason: SafeReason): Partial<PageView> {
  if (reason !== 'authentication') return {};
  const { tried } = openCase();
  const asked = tried.map((each) => ({ ...each, reason }));
  return { cases: [openCase({ state: 'action_required', tried: asked })], standing: pastDue };
}

const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk';
const logo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32"><rect width="96" height="32" rx="6" fill="#0b7285"/><circle cx="18" cy="16" r="8" fill="#fff"/></svg>',
)}`;

/** The payment methods, well and unwell, and who looks at them. */
export const accountStates: readonly PageState[] = [
  of('all is well', [visa(), mastercard()], 'banner.settled'),
  of('no method at all', [], 'methods.noPrimary'),
  of('no secondary', [visa()], 'methods.noSecondary'),
  of('no primary', [mastercard()], 'methods.noPrimary'),
  ...reasons.map((reason) =>
    shown(
      'methods',
      `the primary was refused: ${reason.replaceAll('_', ' ')}`,
      view({ methods: [visa(refused(reason)), mastercard()], ...besides(reason) }),
      `reason.${reason}`,
    ),
  ),
  of('the secondary was refused', [visa(), mastercard(refused('declined'))], 'methods.refused'),
  of(
    'both are of another brand than before',
    [
      visa({ health: 'brand_changed', brandBefore: 'mastercard' }),
      mastercard({ health: 'brand_changed', brandBefore: 'cartes_bancaires', consent: null }),
    ],
    'brandChanged.secondary',
  ),
  of(
    'the secondary is disputed',
    [visa(), mastercard({ health: 'blocked' })],
    'methods.refusedPlain',
  ),
  of(
    'both have expired',
    [visa(expired), mastercard({ ...expired, expMonth: 12, expYear: 2026 })],
    'methods.expired',
  ),
  of(
    'the primary expires this month',
    [visa({ expMonth: 3, expYear: 2027 }), mastercard()],
    'methods.expires',
  ),
  of('a secondary without consent', [visa(), mastercard({ consent: null })], 'methods.notAgreed'),
  of(
    'a bank account, and a card in a wallet',
    [bankAccount({ role: 'primary' }), mastercard({ wallet: 'apple_pay' })],
    'methods.inWallet',
  ),
  of(
    'others beside the two',
    [
      visa(),
      mastercard(),
      other('pm_amex', { brand: 'amex', last4: '0005' }),
      bankAccount(refused('declined')),
      other('pm_link', { type: 'link', brand: null, last4: null, expMonth: null, expYear: null }),
      other('pm_old', { brand: 'discover', last4: '1117', ...expired }),
    ],
    'methods.others',
  ),
  of(
    'brands beside the best known',
    [
      visa({ brand: 'jcb', last4: '0505' }),
      mastercard({ brand: 'cartes_bancaires', last4: '1001' }),
      other('pm_unionpay', { brand: 'unionpay', last4: '0005' }),
      other('pm_diners', { brand: 'diners', last4: '0004' }),
      other('pm_discover', { brand: 'discover', last4: '9424' }),
      other('pm_eftpos', { brand: 'eftpos_au', last4: '0002' }),
    ],
    'methods.others',
  ),
  of(
    'brands that nobody knows, and nothing known',
    [
      visa({ brand: 'cartes_bancaires', wallet: 'samsung_pay' }),
      mastercard({ brand: 'new_brand', last4: null }),
      bankAccount({ last4: null }),
      other('pm_new', {
        type: 'new_kind',
        brand: null,
        last4: null,
        expMonth: null,
        expYear: null,
      }),
    ],
    'methods.plainOther',
  ),
  shown(
    'who looks',
    'a viewer',
    view({
      session: session({ role: 'viewer' }),
      methods: [visa(refused('declined')), mastercard()],
    }),
    'page.viewer',
  ),
  shown(
    'who looks',
    'somebody of two customers who came from the business',
    view({
      session: session({
        customers: twoCustomers,
        returnUrl: 'https://lumen.example/account',
        email: `${longWord}@${longWord}.example`,
      }),
    }),
    'page.switchCustomer',
  ),
  shown('the business', 'its logo, colour and bank', view(), 'help.bank', {
    business: { logoUrl: logo, colour: '#0b7285' },
    bankInstructions: 'IBAN DE02 1203 0000 0000 2020 51\nPut the number of the invoice into it.',
    steps: [{ does: 'press', what: 'help.bank', within: 'page' }],
  }),
  shown('the business', 'a long name', view(), 'banner.settled', {
    business: {
      name: `${longWord} & Daughters of the Second Marriage, Limited Partnership`,
      supportEmail: `${longWord}@example.com`,
      colour: '#ffd43b',
    },
  }),
];
