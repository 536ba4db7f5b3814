import type { StaffRoute } from '../access.ts';
import { liftBlock, recordAuthorisation } from './operations/authorisations.ts';
import { addBankAccount } from './operations/bank-accounts.ts';
import { changeBillingInfo } from './operations/billing-info.ts';
import {
  acknowledgeCase,
  closeCase,
  findCases,
  handBackCase,
  holdCase,
  releaseCase,
  retryCase,
  showCase,
} from './operations/cases.ts';
import { changeCharging, showCharging } from './operations/charging.ts';
import { findCustomers, showAuditLog, showCustomer } from './operations/customers.ts';
import { endExtension, grantExtension } from './operations/extension.ts';
import { changeMember, inviteMember, liftSuppression, removeMember } from './operations/members.ts';
import { deleteConsent, deleteMethod, updateMethod } from './operations/methods.ts';
import { findObservations } from './operations/observations.ts';
import { showPayments } from './operations/payments.ts';
import { createPortalSession } from './operations/portal-sessions.ts';
import { changeRoles } from './operations/roles.ts';
import { confirmSetupIntent, createSetupIntent } from './operations/setup-intents.ts';
import { showStanding } from './operations/standing.ts';
import { addTaxId, removeTaxId } from './operations/tax-ids.ts';
import type { StaffOperation } from './staff-operation.ts';

/** The work of each route. */
export const operations = {
  'GET /staff/charging': showCharging,
  'PUT /staff/charging': changeCharging,
  'GET /staff/customers': findCustomers,
  'GET /staff/customers/{customer}': showCustomer,
  'GET /staff/customers/{customer}/standing': showStanding,
  'GET /staff/customers/{customer}/audit': showAuditLog,
  'PUT /staff/customers/{customer}/extension': grantExtension,
  'DELETE /staff/customers/{customer}/extension': endExtension,
  'POST /staff/customers/{customer}/setup-intents': createSetupIntent,
  'POST /staff/customers/{customer}/setup-intents/{setupIntent}/confirm': confirmSetupIntent,
  'PUT /staff/customers/{customer}/roles': changeRoles,
  'PATCH /staff/customers/{customer}/methods/{method}': updateMethod,
  'DELETE /staff/customers/{customer}/methods/{method}': deleteMethod,
  'DELETE /staff/customers/{customer}/methods/{method}/consent': deleteConsent,
  'PUT /staff/customers/{customer}/methods/{method}/authorisation': recordAuthorisation,
  'DELETE /staff/customers/{customer}/methods/{method}/block': liftBlock,
  'POST /staff/customers/{customer}/bank-accounts': addBankAccount,
  'GET /staff/cases': findCases,
  'GET /staff/observations': findObservations,
  'GET /staff/customers/{customer}/cases/{invoice}': showCase,
  'POST /staff/customers/{customer}/cases/{invoice}/retry': retryCase,
  'POST /staff/customers/{customer}/cases/{invoice}/hold': holdCase,
  'POST /staff/customers/{customer}/cases/{invoice}/release': releaseCase,
  'POST /staff/customers/{customer}/cases/{invoice}/hand-back': handBackCase,
  'POST /staff/customers/{customer}/cases/{invoice}/close': closeCase,
  'POST /staff/customers/{customer}/cases/{invoice}/acknowledge': acknowledgeCase,
  'POST /staff/customers/{customer}/portal-sessions': createPortalSession,
  'GET /staff/customers/{customer}/payments': showPayments,
  'PUT /staff/customers/{customer}/billing-info': changeBillingInfo,
  'POST /staff/customers/{customer}/tax-ids': addTaxId,
  'DELETE /staff/customers/{customer}/tax-ids/{taxId}': removeTaxId,
  'POST /staff/customers/{customer}/members': inviteMember,
  'PATCH /staff/customers/{customer}/members/{member}': changeMember,
  'DELETE /staff/customers/{customer}/members/{member}': removeMember,
  'DELETE /staff/customers/{customer}/members/{member}/suppression': liftSuppression,
} satisfies Record<StaffRoute, StaffOperation>;
