import { words } from '../../../pages/words.ts';
import { disputeReasons, fraudTypes } from '../../engine/local-operations/payments.ts';
import type { Action } from './action.ts';

export const chargeActionList: readonly Action[] = [
  {
    path: 'charges/*/settle',
    run({ control }, _fields, id) {
      control.settleDebit(id);
      return { place: id, text: 'The bank paid: the debit has settled.' };
    },
  },
  {
    path: 'charges/*/return',
    run({ control }, fields, id) {
      const code = fields.required('code');
      control.returnDebit(id, code);
      return { place: id, text: `The debit came back with the bank’s code ${code}.` };
    },
  },
  {
    path: 'charges/*/dispute',
    run({ control }, fields, id) {
      const reason = fields.oneOf('reason', disputeReasons);
      const kind = fields.oneOf('kind', ['chargeback', 'inquiry']);
      control.openDispute(id, reason, kind);
      const what = kind === 'inquiry' ? 'The bank asks first.' : 'The money is taken back.';
      return { place: id, text: `A dispute is open: ${words(reason)}. ${what}` };
    },
  },
  {
    path: 'disputes/*/decide',
    run({ control }, fields, id) {
      const isWon = fields.oneOf('outcome', ['won', 'lost']) === 'won';
      control.decideDispute(id, isWon);
      const text = isWon ? 'The bank decided for you.' : 'The bank decided against you.';
      return { place: fields.required('place'), text };
    },
  },
  {
    path: 'charges/*/fraud-warning',
    run({ control }, fields, id) {
      const type = fields.oneOf('fraud_type', fraudTypes);
      control.warnOfFraud(id, type);
      return { place: id, text: `The issuer warned of fraud: ${words(type)}.` };
    },
  },
  {
    path: 'mandates/*/deactivate',
    run({ control }, fields, id) {
      control.deactivateMandate(id);
      const text = 'The mandate is withdrawn: no debit may follow from it.';
      return { place: fields.required('place'), text };
    },
  },
  {
    path: 'intents/*/authentication',
    run({ control }, fields, id) {
      const succeeds = fields.oneOf('answer', ['right', 'wrong']) === 'right';
      control.finishAuthentication(id, succeeds);
      const text = succeeds
        ? 'The cardholder answered the bank, and it went on.'
        : 'The cardholder could not answer the bank, and it failed.';
      return { place: fields.required('place'), text };
    },
  },
];
