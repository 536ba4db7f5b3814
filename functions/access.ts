/**
 * Who may call which route, in one place: the constructs of `lib/` make a route of each row, the
 * functions ask the row before anything else, and a route without a row does not exist.
 */

/**
 * - `anybody`: no session is needed;
 * - `person`: somebody who is signed in, whether or not they have chosen a customer;
 * - `viewer`: a member of the chosen customer, of either role;
 * - `owner`: an owner of the chosen customer;
 * - `staff`: a caller whom IAM has let through.
 */
export type Access = 'anybody' | 'person' | 'viewer' | 'owner' | 'staff';

/** The routes of the public API that the customer's page calls. */
export const customerRoutes = {
  'POST /portal/login': 'anybody',
  'POST /portal/session': 'anybody',
  'GET /portal/session': 'person',
  'PUT /portal/session/customer': 'person',
  'DELETE /portal/session': 'person',
  'POST /portal/session/sign-out-everywhere': 'person',
  'GET /portal/view': 'viewer',
  'POST /portal/setup-intents': 'owner',
  'POST /portal/setup-intents/{setupIntent}/confirm': 'owner',
  'PUT /portal/roles': 'owner',
  'PATCH /portal/methods/{method}': 'owner',
  'DELETE /portal/methods/{method}': 'owner',
  'DELETE /portal/methods/{method}/consent': 'owner',
  'GET /portal/payments': 'viewer',
  'GET /portal/cases/{invoice}': 'viewer',
  'POST /portal/cases/{invoice}/payments': 'owner',
  'POST /portal/cases/{invoice}/look': 'owner',
  'PUT /portal/billing-info': 'owner',
  'POST /portal/tax-ids': 'owner',
  'DELETE /portal/tax-ids/{taxId}': 'owner',
  'POST /portal/members': 'owner',
  'PATCH /portal/members/{member}': 'owner',
  'DELETE /portal/members/{member}': 'owner',
} as const satisfies Readonly<Record<`${Method} /portal/${string}`, Exclude<Access, 'staff'>>>;

/** The routes of the staff API; IAM judges each request before it arrives. */
export const staffRoutes = {
  'GET /staff/charging': 'staff',
  'PUT /staff/charging': 'staff',
  'GET /staff/customers': 'staff',
  'GET /staff/customers/{customer}': 'staff',
  'GET /staff/customers/{customer}/standing': 'staff',
  'GET /staff/customers/{customer}/audit': 'staff',
  'PUT /staff/customers/{customer}/extension': 'staff',
  'DELETE /staff/customers/{customer}/extension': 'staff',
  'POST /staff/customers/{customer}/setup-intents': 'staff',
  'POST /staff/customers/{customer}/setup-intents/{setupIntent}/confirm': 'staff',
  'PUT /staff/customers/{customer}/roles': 'staff',
  'PATCH /staff/customers/{customer}/methods/{method}': 'staff',
  'DELETE /staff/customers/{customer}/methods/{method}': 'staff',
  'DELETE /staff/customers/{customer}/methods/{method}/consent': 'staff',
  'PUT /staff/customers/{customer}/methods/{method}/authorisation': 'staff',
  'DELETE /staff/customers/{customer}/methods/{method}/block': 'staff',
  'POST /staff/customers/{customer}/bank-accounts': 'staff',
  'GET /staff/cases': 'staff',
  'GET /staff/observations': 'staff',
  'GET /staff/customers/{customer}/cases/{invoice}': 'staff',
  'POST /staff/customers/{customer}/cases/{invoice}/retry': 'staff',
  'POST /staff/customers/{customer}/cases/{invoice}/hold': 'staff',
  'POST /staff/customers/{customer}/cases/{invoice}/release': 'staff',
  'POST /staff/customers/{customer}/cases/{invoice}/hand-back': 'staff',
  'POST /staff/customers/{customer}/cases/{invoice}/close': 'staff',
  'POST /staff/customers/{customer}/cases/{invoice}/acknowledge': 'staff',
  'POST /staff/customers/{customer}/portal-sessions': 'staff',
  'GET /staff/customers/{customer}/payments': 'staff',
  'PUT /staff/customers/{customer}/billing-info': 'staff',
  'POST /staff/customers/{customer}/tax-ids': 'staff',
  'DELETE /staff/customers/{customer}/tax-ids/{taxId}': 'staff',
  'POST /staff/customers/{customer}/members': 'staff',
  'PATCH /staff/customers/{customer}/members/{member}': 'staff',
  'DELETE /staff/customers/{customer}/members/{member}': 'staff',
  'DELETE /staff/customers/{customer}/members/{member}/suppression': 'staff',
} as const satisfies Readonly<Record<`${Method} /staff/${string}`, 'staff'>>;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type CustomerRoute = keyof typeof customerRoutes;
export type StaffRoute = keyof typeof staffRoutes;
