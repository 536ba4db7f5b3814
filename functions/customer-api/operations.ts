import type { CustomerRoute, customerRoutes } from '../access.ts';
import type { Anybody, MemberCaller, Person } from '../api/caller.ts';
import type { Operation } from '../api/operation.ts';
import type { CustomerApiDependencies } from './dependencies.ts';
import { changeBillingInfo } from './operations/billing-info.ts';
import { lookNow, payNow, showCase } from './operations/cases.ts';
import { login } from './operations/login.ts';
import { changeMember, inviteMember, removeMember } from './operations/members.ts';
import { deleteConsent, deleteMethod, updateMethod } from './operations/methods.ts';
import { showPayments } from './operations/payments.ts';
import { changeRoles } from './operations/roles.ts';
import {
  chooseSessionCustomer,
  showSession,
  signIn,
  signOut,
  signOutOfAll,
} from './operations/session.ts';
import { confirmSetupIntent, createSetupIntent } from './operations/setup-intents.ts';
import { addTaxId, removeTaxId } from './operations/tax-ids.ts';
import { showView } from './operations/view.ts';

/** As whom a caller is let in, by what their route asks for. */
interface CallerOf {
  readonly anybody: Anybody;
  readonly person: Person;
  readonly viewer: MemberCaller;
  readonly owner: MemberCaller;
}

/** The work of every route, for the caller whom the route's row in `functions/access.ts` lets in. */
type CustomerOperations = {
  readonly [Route in CustomerRoute]: Operation<
    CustomerApiDependencies,
    CallerOf[(typeof customerRoutes)[Route]]
  >;
};

export const operations = {
  'POST /portal/login': login,
  'POST /portal/session': signIn,
  'GET /portal/session': showSession,
  'PUT /portal/session/customer': chooseSessionCustomer,
  'DELETE /portal/session': signOut,
  'POST /portal/session/sign-out-everywhere': signOutOfAll,
  'GET /portal/view': showView,
  'POST /portal/setup-intents': createSetupIntent,
  'POST /portal/setup-intents/{setupIntent}/confirm': confirmSetupIntent,
  'PUT /portal/roles': changeRoles,
  'PATCH /portal/methods/{method}': updateMethod,
  'DELETE /portal/methods/{method}': deleteMethod,
  'DELETE /portal/methods/{method}/consent': deleteConsent,
  'GET /portal/payments': showPayments,
  'GET /portal/cases/{invoice}': showCase,
  'POST /portal/cases/{invoice}/payments': payNow,
  'POST /portal/cases/{invoice}/look': lookNow,
  'PUT /portal/billing-info': changeBillingInfo,
  'POST /portal/tax-ids': addTaxId,
  'DELETE /portal/tax-ids/{taxId}': removeTaxId,
  'POST /portal/members': inviteMember,
  'PATCH /portal/members/{member}': changeMember,
  'DELETE /portal/members/{member}': removeMember,
} satisfies CustomerOperations;
