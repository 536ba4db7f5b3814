import { customerId, invoiceId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { speak } from '../../../functions/text/speak.ts';
import type { MethodView, OpenCaseView } from '../../../portal/src/api/api-types.ts';
import { createFormat } from '../../../portal/src/text/format.ts';
import { sentences } from '../../../portal/src/text/locales/en.ts';
import type { Words } from '../../../portal/src/words/words.ts';

export const words: Words = {
  text: speak<typeof sentences>(sentences, 'ltr'),
  format: createFormat('en-GB', 'UTC'),
};
export const customer = customerId('cus_1');
export const visa = paymentMethodId('pm_visa');
export const amex = paymentMethodId('pm_amex');
export const noon = '2026-11-02T12:00:00.000Z';
const evening = '2026-11-02T18:00:00.000Z';

export const method = (changed: Partial<MethodView> = {}): MethodView => ({
  method: visa,
  type: 'card',
  brand: 'visa',
  last4: '4242',
  expMonth: 4,
  expYear: 2030,
  wallet: null,
  billing: { name: null, address: null },
  role: 'primary',
  health: 'usable',
  brandBefore: null,
  refused: null,
  consent: null,
  ...changed,
});

export const consent = { source: 'portal', version: '1', at: noon } as const;

export const openCase = (changed: Partial<OpenCaseView> = {}): OpenCaseView => ({
  invoice: invoiceId('in_1'),
  number: 'A-1',
  hostedInvoiceUrl: null,
  amountDue: { amount: 4900, currency: 'usd' },
  state: 'waiting',
  openedAt: noon,
  tried: [tried()],
  next: { next: 'try', at: evening },
  heldUntil: null,
  underWay: null,
  ...changed,
});

export const tried = (
  changed: Partial<OpenCaseView['tried'][number]> = {},
): OpenCaseView['tried'][number] => ({
  role: 'primary',
  method: visa,
  at: noon,
  result: 'refused',
  reason: 'declined',
  ...changed,
});
