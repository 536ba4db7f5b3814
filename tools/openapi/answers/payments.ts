import * as z from 'zod/mini';
import type { CaseView, TimelineEvent } from '../../../functions/account/case-view.ts';
import type { PaymentStart } from '../../../functions/account/pay-now.ts';
import type { PaymentsView } from '../../../functions/account/payments.ts';
import { answer, maybeMoney, maybeText, maybeTime, money, text, time } from '../answer-schema.ts';
import { attemptRole, caseFields, consequence, safeReason, shownCaseState } from './customer.ts';

export const paymentsView = answer<PaymentsView>()(
  'PaymentsView',
  z.strictObject({
    payments: z.array(
      z.strictObject({
        invoice: text,
        number: maybeText,
        status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']),
        total: money,
        amountDue: money,
        createdAt: time,
        paidWith: z.nullable(z.strictObject({ type: text, brand: maybeText, last4: maybeText })),
        hostedInvoiceUrl: maybeText,
        invoicePdf: maybeText,
      }),
    ),
    nextCursor: maybeText,
  }),
);

const safeResult = z.enum(['paid', 'on_its_way', 'refused', 'not_made']);
const safeEnd = z.enum(['paid', 'canceled', 'not_collected']);
const outcome = {
  role: attemptRole,
  method: text,
  result: safeResult,
  reason: z.nullable(safeReason),
};

const timelineEvent = answer<TimelineEvent>()(
  'TimelineEvent',
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('tried'), by: z.enum(['you', 'us']), ...outcome }),
    z.strictObject({ kind: z.literal('debit_ended'), ...outcome }),
    z.strictObject({ kind: z.literal('payment_started'), role: attemptRole, method: text }),
    z.strictObject({ kind: z.literal('round_ended'), nextTryAt: maybeTime }),
    z.strictObject({ kind: z.literal('end_ahead'), endsAt: time, follows: consequence }),
    z.strictObject({ kind: z.literal('access_ended'), follows: consequence }),
    z.strictObject({
      kind: z.literal('by_business'),
      what: z.enum(['retry', 'hold', 'release', 'hand_back', 'close']),
    }),
    z.strictObject({ kind: z.literal('ended'), how: safeEnd }),
  ]),
);

export const caseView = answer<CaseView>()(
  'CaseView',
  z.strictObject({
    ...caseFields,
    state: shownCaseState,
    endedAt: maybeTime,
    end: z.nullable(safeEnd),
    paidBy: z.nullable(attemptRole),
    timeline: z.array(
      z.strictObject({
        sequence: z.int(),
        at: time,
        amount: maybeMoney,
        event: timelineEvent,
      }),
    ),
    methods: z.array(
      z.strictObject({ method: text, type: text, brand: maybeText, last4: maybeText }),
    ),
  }),
);

export const paymentStart = answer<PaymentStart>()(
  'PaymentStart',
  z.strictObject({
    clientSecret: text,
    invoice: text,
    attempt: z.int(),
    method: text,
    amountDue: money,
    holdsUntil: time,
  }),
);
