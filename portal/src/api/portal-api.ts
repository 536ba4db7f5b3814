import type {
  CaseView,
  CustomerView,
  PaymentStart,
  SessionView,
  SetupRole,
  SetupView,
} from './api-types.ts';
import { send } from './send.ts';

/** A consent to the text that the view showed. */
export interface Consent {
  readonly textVersion: string;
}

/** Which methods are wanted in the two roles, as seen at `version`. */
export interface RolesWish {
  readonly version: number;
  readonly primary: string | null;
  readonly secondary: string | null;
  readonly consent?: Consent;
}

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
  view: () => send<CustomerView>('GET', '/portal/view'),
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
  case: (invoice: string) => send<CaseView>('GET', `/portal/cases/${part(invoice)}`),
  beginPayment: (invoice: string, method: string) =>
    send<PaymentStart>('POST', `/portal/cases/${part(invoice)}/payments`, { method }),
  look: (invoice: string) => send<object>('POST', `/portal/cases/${part(invoice)}/look`),
};
