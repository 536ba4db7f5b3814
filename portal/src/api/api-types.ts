// The API's own types, under one roof. Types alone: none of the functions' code comes along.

export type { CaseView, TimelineEntry, TriedMethod } from '../../../functions/account/case-view.ts';
export type { BillingView } from '../../../functions/account/change-billing.ts';
export type { MembersView, MemberView } from '../../../functions/account/members.ts';
export type { OpenCaseView } from '../../../functions/account/open-case-view.ts';
export type { PaymentStart } from '../../../functions/account/pay-now.ts';
export type { PaymentsView, PaymentView } from '../../../functions/account/payments.ts';
export type { StandingView } from '../../../functions/account/standing-view.ts';
export type { SetupView } from '../../../functions/account/start-set-up.ts';
export type { CustomerView, MethodView } from '../../../functions/account/view.ts';
export type { ProblemName } from '../../../functions/api/problems.ts';
export type { PageView } from '../../../functions/customer-api/operations/view.ts';
export type { SessionView } from '../../../functions/customer-api/sessions.ts';
export type { AttemptRole, Role } from '../../../functions/domain/case/dunning-case.ts';
export type { SafeConsequence } from '../../../functions/domain/case/safe-timeline.ts';
export type {
  Address,
  BillingDetails,
  BillingInfo,
  TaxId,
} from '../../../functions/domain/customer/billing-info.ts';
export type { SetupRole } from '../../../functions/domain/customer/decide-set-up.ts';
export type { NewTaxId } from '../../../functions/domain/customer/tax-id.ts';
export type { TaxIdType } from '../../../functions/domain/customer/tax-id-formats.ts';
export type { SafeReason } from '../../../functions/domain/decline/decline.ts';
export type { Money } from '../../../functions/domain/money.ts';
