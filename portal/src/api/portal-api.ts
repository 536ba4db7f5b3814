import type {
  BillingDetails,
  BillingView,
  CaseView,
  CustomerView,
  MembersView,
  MemberView,
  NewTaxId,
  PageView,
  PaymentStart,
  PaymentsView,
  SessionView,
  SetupRole,
  SetupView,
} from './api-types.ts';
import { send } from './send.ts';

/** A consent to the text that the view showed, in the language in which it was read. */
export interface Consent {
  readonly textVersion: string;
  readonly language: string;
}

/** Which methods are wanted in the two roles, as seen at `version`. */
export interface RolesWish {
  readonly version: number;
  readonly primary: string | null;
  readonly secondary: string | null;
  readonly consent?: Consent;
}

/** Somebody who is to have access. */
export type Invited = Pick<MemberView, 'email' | 'name' | 'role'>;

/** A part of a path; ids are Stripe's, or chosen by the business. */
const part = encodeURIComponent;

/** The routes of `functions/access.ts` that the page calls; docs/api.md tells what each does. */
export const portalApi = {
  login: (email: string) => send<object>('POST', '/portal/login', { email }),
  signIn: (token: string) => send<SessionView>('POST', '/portal/session', { token }),
  session: () => send<SessionView>('GET', '/portal/session'),
  choose: (customer: string) => send<SessionView>('PUT', '/portal/session/customer', { customer }),
  signOut: () => send<null>('DELETE', '/portal/session'),
  signOutEverywhere: () => send<null>('POST', '/portal/session/sign-out-everywhere'),
  view: () => send<PageView>('GET', '/portal/view'),
  beginSetUp: (role: SetupRole, consent: Consent | null) =>
    send<SetupView>('POST', '/portal/setup-intents', { role, ...(consent && { consent }) }),
  finishSetUp: (setupIntent: string) =>
    send<CustomerView>('POST', `/portal/setup-intents/${part(setupIntent)}/confirm`),
  setRoles: (wish: RolesWish) => send<CustomerView>('PUT', '/portal/roles', wish),
  changeExpiry: (method: string, expiry: { expMonth: number; expYear: number }) =>
    send<CustomerView>('PATCH', `/portal/methods/${part(method)}`, expiry),
  remove: (method: string, version: number, primary: string | null) => {
    const query = new URLSearchParams({ version: `${version}`, ...(primary && { primary }) });
    return send<CustomerView>('DELETE', `/portal/methods/${part(method)}?${query}`);
  },
  withdrawConsent: (method: string) =>
    send<CustomerView>('DELETE', `/portal/methods/${part(method)}/consent`),
  changeBillingInfo: (version: number, details: BillingDetails) =>
    send<BillingView>('PUT', '/portal/billing-info', { version, ...details }),
  addTaxId: (taxId: NewTaxId) => send<BillingView>('POST', '/portal/tax-ids', taxId),
  removeTaxId: (taxId: string) => send<BillingView>('DELETE', `/portal/tax-ids/${part(taxId)}`),
  case: (invoice: string) => send<CaseView>('GET', `/portal/cases/${part(invoice)}`),
  beginPayment: (invoice: string, method: string) =>
    send<PaymentStart>('POST', `/portal/cases/${part(invoice)}/payments`, { method }),
  payments: (cursor: string | null) =>
    send<PaymentsView>(
      'GET',
      `/portal/payments${cursor === null ? '' : `?cursor=${part(cursor)}`}`,
    ),
  invite: (version: number, invited: Invited) =>
    send<MembersView>('POST', '/portal/members', { version, ...invited }),
  changeMember: (member: string, version: number, change: Pick<Invited, 'name' | 'role'>) =>
    send<MembersView>('PATCH', `/portal/members/${part(member)}`, { version, ...change }),
  removeMember: (member: string, version: number) =>
    send<MembersView>('DELETE', `/portal/members/${part(member)}?version=${version}`),
  look: (invoice: string) => send<object>('POST', `/portal/cases/${part(invoice)}/look`),
};
