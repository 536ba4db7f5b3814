import * as z from 'zod/mini';
import type { BillingView } from '../../../functions/account/change-billing.ts';
import type { MembersView, MemberView } from '../../../functions/account/members.ts';
import type { OpenCaseView } from '../../../functions/account/open-case-view.ts';
import type { StandingView } from '../../../functions/account/standing-view.ts';
import type { CustomerView, MethodView, UnderWayView } from '../../../functions/account/view.ts';
import type { PageView } from '../../../functions/customer-api/operations/view.ts';
import type { SafeConsequence } from '../../../functions/domain/case/safe-timeline.ts';
import type {
  Address,
  BillingInfo,
  TaxId,
} from '../../../functions/domain/customer/billing-info.ts';
import type { SafeReason } from '../../../functions/domain/decline/decline.ts';
import {
  answer,
  maybeMoney,
  maybeText,
  maybeTime,
  money,
  text,
  time,
  version,
} from '../answer-schema.ts';
import { sessionView } from './session.ts';

export const safeReason = answer<SafeReason>()(
  'SafeReason',
  z.enum([
    'declined',
    'insufficient_funds',
    'incorrect_details',
    'expired',
    'authentication',
    'try_again',
    'not_supported',
    'unusable',
  ]),
);
export const attemptRole = z.enum(['primary', 'secondary', 'spare']);
const memberRole = z.enum(['owner', 'viewer']);

const address = answer<Address>()(
  'Address',
  z.strictObject({
    line1: maybeText,
    line2: maybeText,
    city: maybeText,
    postalCode: maybeText,
    state: maybeText,
    country: maybeText,
  }),
);

const taxId = answer<TaxId>()(
  'TaxId',
  z.strictObject({
    id: text,
    type: text,
    value: text,
    country: maybeText,
    verification: maybeText,
  }),
);

const billingInfo = answer<BillingInfo>()(
  'BillingInfo',
  z.strictObject({
    name: maybeText,
    email: maybeText,
    phone: maybeText,
    address: z.nullable(address),
    taxIds: z.array(taxId),
  }),
);

export const billingView = answer<BillingView>()(
  'BillingView',
  z.strictObject({ version, billing: billingInfo }),
);

const methodView = answer<MethodView>()(
  'MethodView',
  z.strictObject({
    method: text,
    type: text,
    brand: maybeText,
    last4: maybeText,
    expMonth: z.nullable(z.int()),
    expYear: z.nullable(z.int()),
    wallet: maybeText,
    billing: z.strictObject({ name: maybeText, address: z.nullable(address) }),
    role: z.nullable(z.enum(['primary', 'secondary'])),
    health: z.enum(['usable', 'expired', 'refused', 'brand_changed', 'blocked']),
    brandBefore: maybeText,
    refused: z.nullable(z.strictObject({ at: time, reason: safeReason })),
    consent: z.nullable(
      z.strictObject({
        source: z.enum(['portal', 'terms', 'staff']),
        version: maybeText,
        at: time,
      }),
    ),
  }),
);

export const consequence = answer<SafeConsequence>()(
  'Consequence',
  z.strictObject({
    access: z.enum(['goes_on', 'ends']),
    subscription: z.enum(['goes_on', 'canceled', 'paused']),
  }),
);

const openCaseStates = ['trying', 'waiting', 'action_required', 'processing', 'given_up'] as const;
/** What an invoice's case shows, open or ended, but the state that only one of them has. */
export const caseFields = {
  invoice: text,
  number: maybeText,
  hostedInvoiceUrl: maybeText,
  amountDue: maybeMoney,
  openedAt: time,
  tried: z.array(
    z.strictObject({
      role: attemptRole,
      method: text,
      at: time,
      result: z.enum(['refused', 'processing', 'paid']),
      reason: z.nullable(safeReason),
    }),
  ),
  next: z.discriminatedUnion('next', [
    z.strictObject({ next: z.literal('try'), at: time }),
    z.strictObject({ next: z.literal('wait'), until: time }),
    z.strictObject({ next: z.literal('end'), at: time, follows: consequence }),
    z.strictObject({ next: z.literal('nothing') }),
  ]),
  heldUntil: maybeTime,
  underWay: z.nullable(z.strictObject({ by: z.enum(['you', 'us']), since: time, until: time })),
};
export const shownCaseState = z.enum([...openCaseStates, 'ended']);

const openCaseView = answer<OpenCaseView>()(
  'OpenCaseView',
  z.strictObject({ ...caseFields, state: z.enum(openCaseStates) }),
);

const underWayView = answer<UnderWayView>()(
  'UnderWayView',
  z.strictObject({ invoice: text, startedAt: maybeTime }),
);

const memberView = answer<MemberView>()(
  'MemberView',
  z.strictObject({
    member: text,
    email: text,
    name: maybeText,
    role: memberRole,
    mail: z.enum(['ok', 'bounced', 'complained', 'unmailable']),
  }),
);

export const standingFields = {
  standing: z.enum(['good', 'past_due', 'grace', 'suspended']),
  since: maybeTime,
  until: maybeTime,
  why: z.array(
    z.strictObject({
      invoice: text,
      amountDue: money,
      reason: z.enum(['unpaid', 'processing', 'asked_back']),
    }),
  ),
};
const standingView = answer<StandingView>()('StandingView', z.strictObject(standingFields));

/** The view without what staff see in another form. */
export const viewFields = {
  customer: text,
  version,
  billing: billingInfo,
  standing: standingView,
  members: z.array(memberView),
  methods: z.array(methodView),
  consent: z.strictObject({ textVersion: text, texts: z.record(z.string(), text) }),
  cases: z.array(openCaseView),
  paymentsUnderWay: z.array(underWayView),
  support: z.strictObject({ business: text, email: text }),
};

export const customerView = answer<CustomerView>()(
  'CustomerView',
  z.strictObject({
    ...viewFields,
    extension: z.nullable(z.strictObject({ until: time })),
  }),
);

/** The view with who is looking at it. */
export const pageView = answer<PageView>()(
  'PageView',
  z.strictObject({
    ...viewFields,
    extension: z.nullable(z.strictObject({ until: time })),
    session: sessionView,
  }),
);

export const membersView = answer<MembersView>()(
  'MembersView',
  z.strictObject({
    members: z.array(memberView),
    version,
  }),
);
