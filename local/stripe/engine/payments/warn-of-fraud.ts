import type { ChargeRecord, EarlyFraudWarningRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** What issuers report (the docs of `fraud_type`). */
export const fraudTypes = [
  'card_never_received',
  'fraudulent_card_application',
  'made_with_counterfeit_card',
  'made_with_lost_card',
  'made_with_stolen_card',
  'misc',
  'unauthorized_use_of_card',
] as const;

export type FraudType = (typeof fraudTypes)[number];

/** The issuer reports a charge as fraudulent, before any dispute. */
export function warnOfFraud(
  tx: Transaction,
  charge: ChargeRecord,
  fraudType: FraudType,
): EarlyFraudWarningRecord {
  const warning: EarlyFraudWarningRecord = {
    id: tx.id('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: !charge.disputed && !charge.refunded,
    charge: charge.id,
    created: tx.now,
    fraud_type: fraudType,
    livemode: false,
    payment_intent: charge.payment_intent,
  };
  tx.insert('early_fraud_warnings', warning);
  tx.emit('radar.early_fraud_warning.created', warning);
  return warning;
}

/** Nothing is left to do about a warning once the charge was refunded in full or disputed. */
export function settleWarnings(tx: Transaction, charge: string): void {
  for (const warning of tx.rows('early_fraud_warnings')) {
    if (warning.charge !== charge || !warning.actionable) continue;
    const after: EarlyFraudWarningRecord = { ...warning, actionable: false };
    tx.replace('early_fraud_warnings', after);
    tx.emit('radar.early_fraud_warning.updated', after, warning);
  }
}
