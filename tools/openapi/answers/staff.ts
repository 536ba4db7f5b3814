import * as z from 'zod/mini';
import type { CustomerStanding } from '../../../functions/account/standing-view.ts';
import type { AddedBankAccount } from '../../../functions/staff-api/add-bank-account.ts';
import type { AuditPage } from '../../../functions/staff-api/audit-log.ts';
import type { CaseRecord, HistoryLine } from '../../../functions/staff-api/case-record.ts';
import type { ChargingLog, ChargingView } from '../../../functions/staff-api/charging.ts';
import type { ExtensionView } from '../../../functions/staff-api/extend.ts';
import type { FoundCustomers } from '../../../functions/staff-api/find-customers.ts';
import type { CaseList } from '../../../functions/staff-api/list-cases.ts';
import type { ObservationList } from '../../../functions/staff-api/list-observations.ts';
import type { ObservationRecord } from '../../../functions/staff-api/observation-record.ts';
import type { AuthorisedMethod } from '../../../functions/staff-api/record-authorisation.ts';
import type { StaffCustomer } from '../../../functions/staff-api/show-customer.ts';
import type { UnblockedMethod } from '../../../functions/staff-api/unblock.ts';
import type { UnsuppressedMember } from '../../../functions/staff-api/unsuppress.ts';
import {
  answer,
  maybeMoney,
  maybeText,
  maybeTime,
  money,
  record,
  text,
  time,
  version,
  word,
} from '../answer-schema.ts';
import { attemptRole, standingFields, viewFields } from './customer.ts';

const caseState = z.enum([
  'due',
  'waiting',
  'action_required',
  'processing',
  'recovered',
  'exhausted',
  'closed',
]);
const caseFields = {
  customer: text,
  invoice: text,
  state: caseState,
  closeReason: z.nullable(word),
  amountDue: maybeMoney,
  openedAt: time,
  dueAt: maybeTime,
  endedAt: maybeTime,
  nextPassAt: maybeTime,
  fallbackAt: maybeTime,
  end: z.nullable(
    z.strictObject({
      at: time,
      access: z.enum(['keep', 'suspend']),
      action: z.enum([
        'leave_open',
        'mark_uncollectible',
        'cancel_subscription',
        'pause_subscription',
      ]),
      doneAt: maybeTime,
    }),
  ),
  passes: z.int(),
  attempts: z.int(),
  retryWanted: z.boolean(),
  hold: z.nullable(z.strictObject({ reason: text, until: time })),
  paymentUnderWay: z.nullable(
    z.strictObject({ attempt: z.int(), role: attemptRole, method: text, startedAt: time }),
  ),
  collectedByUs: z.boolean(),
  handBackAt: maybeTime,
  troubles: z.array(
    z.strictObject({
      source: text,
      kind: z.enum(['dispute', 'early_fraud_warning', 'reversal']),
      reason: word,
      charge: text,
      method: maybeText,
      amount: money,
      at: time,
    }),
  ),
  version,
};

export const caseRecord = answer<CaseRecord>()('CaseRecord', z.strictObject(caseFields));

const historyLine = answer<HistoryLine>()(
  'HistoryLine',
  z.strictObject({
    sequence: z.int(),
    pass: z.int(),
    at: time,
    amount: maybeMoney,
    event: z.looseObject({ kind: word }),
  }),
);

export const caseInFull = answer<CaseRecord & { readonly history: readonly HistoryLine[] }>()(
  'CaseInFull',
  z.strictObject({ ...caseFields, history: z.array(historyLine) }),
);

export const caseList = answer<CaseList>()(
  'CaseList',
  z.strictObject({ cases: z.array(caseRecord), nextCursor: maybeText }),
);

const declineCodes = z.strictObject({
  code: maybeText,
  declineCode: maybeText,
  adviceCode: maybeText,
  networkAdviceCode: maybeText,
  networkDeclineCode: maybeText,
});

const observedMethod = {
  method: text,
  type: word,
  brand: z.nullable(word),
  expMonth: z.nullable(z.int()),
  expYear: z.nullable(z.int()),
  card: text,
};
const role = z.enum(['primary', 'secondary']);

const observation = answer<ObservationRecord>()(
  'Observation',
  z.strictObject({
    customer: text,
    invoice: text,
    state: caseState,
    closeReason: z.nullable(word),
    failedAt: time,
    amount: money,
    refusal: z.nullable(declineCodes),
    timeZone: maybeText,
    place: z.nullable(z.strictObject({ country: text, state: maybeText })),
    fallback: z.nullable(z.enum(['on', 'off'])),
    primary: z.nullable(z.strictObject(observedMethod)),
    secondary: z.nullable(z.strictObject({ ...observedMethod, consented: z.boolean() })),
    passes: z.array(
      z.strictObject({
        at: time,
        tries: z.array(z.strictObject({ role, method: text })),
        fallbackAt: maybeTime,
        nextPassAt: maybeTime,
      }),
    ),
    later: z.array(
      z.strictObject({
        at: time,
        role: z.enum(['primary', 'secondary', 'other']),
        paid: z.boolean(),
        refusal: z.nullable(declineCodes),
      }),
    ),
    paidAt: maybeTime,
    onlyObserved: z.boolean(),
  }),
);

export const observationList = answer<ObservationList>()(
  'ObservationList',
  z.strictObject({ observations: z.array(observation), nextCursor: maybeText }),
);

export const foundCustomers = answer<FoundCustomers>()(
  'FoundCustomers',
  z.strictObject({
    customers: z.array(
      z.strictObject({
        customer: text,
        name: maybeText,
        email: maybeText,
        known: z.boolean(),
        memberRole: z.nullable(z.enum(['owner', 'viewer'])),
        caseOfInvoice: z.nullable(z.strictObject({ invoice: text, state: word })),
      }),
    ),
  }),
);

export const auditPage = answer<AuditPage>()(
  'AuditPage',
  z.strictObject({
    entries: z.array(
      z.strictObject({
        id: text,
        at: time,
        by: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('member'), email: text }),
          z.strictObject({ kind: z.literal('staff'), arn: text }),
          z.strictObject({ kind: z.literal('backstop') }),
        ]),
        what: word,
        about: maybeText,
        from: z.nullable(record),
        to: z.nullable(record),
        reason: maybeText,
      }),
    ),
    nextCursor: maybeText,
  }),
);

const chargingFields = {
  charging: z.enum(['allowed', 'stopped']),
  reason: maybeText,
  by: maybeText,
  at: maybeTime,
};
const chargingView = answer<ChargingView>()('ChargingView', z.strictObject(chargingFields));

export const chargingLog = answer<ChargingLog>()(
  'ChargingLog',
  z.strictObject({
    ...chargingFields,
    mode: z.enum(['observe', 'own']),
    earlier: z.array(chargingView),
  }),
);

const extension = z.nullable(
  z.strictObject({ until: time, reason: text, by: text, grantedAt: time }),
);

export const extensionView = answer<ExtensionView>()(
  'ExtensionView',
  z.strictObject({
    customer: text,
    extension: z.nullable(z.strictObject({ until: time, reason: text, by: text, grantedAt: time })),
    version,
  }),
);

export const customerStanding = answer<CustomerStanding>()(
  'CustomerStanding',
  z.strictObject({ customer: text, ...standingFields }),
);

export const authorisedMethod = answer<AuthorisedMethod>()(
  'AuthorisedMethod',
  z.strictObject({
    method: text,
    authorisation: z.strictObject({ name: text, reference: text, recordedAt: time }),
  }),
);

const blockFields = { scope: z.enum(['card', 'data']), kind: word, since: time };

export const unblockedMethod = answer<UnblockedMethod>()(
  'UnblockedMethod',
  z.strictObject({
    method: text,
    lifted: z.nullable(z.strictObject(blockFields)),
  }),
);

export const unsuppressedMember = answer<UnsuppressedMember>()(
  'UnsuppressedMember',
  z.strictObject({
    member: text,
    lifted: z.nullable(z.strictObject({ why: z.enum(['bounce', 'complaint']), since: time })),
  }),
);

export const addedBankAccount = answer<AddedBankAccount>()(
  'AddedBankAccount',
  z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('verifying'),
      method: text,
      setupIntent: text,
      verificationUrl: maybeText,
      depositsArriveAt: maybeTime,
    }),
    z.strictObject({ state: z.literal('added'), method: text, mandate: text }),
  ]),
);

export const staffCustomer = answer<StaffCustomer>()(
  'StaffCustomer',
  z.strictObject({
    ...viewFields,
    extension,
    allCases: z.array(caseRecord),
    blocks: z.array(z.strictObject({ method: text, ...blockFields })),
  }),
);
