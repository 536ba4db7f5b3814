/** Whether the bank waits for the cardholder; a bank account waits for two small deposits. */
export function isAsking(intent: {
  readonly status: string;
  readonly next_action?: { readonly verify_with_microdeposits?: unknown } | null;
}): boolean {
  const isVerifying = intent.next_action?.verify_with_microdeposits !== undefined;
  return intent.status === 'requires_action' && !isVerifying;
}
