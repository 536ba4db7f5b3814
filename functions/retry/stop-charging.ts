import type { RetryDependencies } from './dependencies.ts';

/**
 * Stripe refused the key or its permissions: every further charge would fail the same way, so
 * all are stopped until a person has mended it and allows them again (docs/runbook.md).
 */
export async function stopCharging(
  { records, clock, log, metrics }: RetryDependencies,
  reason: string,
): Promise<void> {
  metrics.count('ConfigurationFailed');
  log.error('Stripe refused the API key; all charges are stopped', { reason });
  const stored = await records.chargingSwitch();
  if (stored?.charging === 'stopped') return;
  // Where another writer came first it was another pass with the same news, or a person.
  const version = (stored?.version ?? 0) + 1;
  const stopped = {
    charging: 'stopped',
    reason,
    by: 'backstop',
    at: clock.now(),
    version,
  } as const;
  await records.saveChargingSwitch(stopped, stored);
}
