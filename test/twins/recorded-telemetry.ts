import type { Log, MetricName, Metrics } from '../../functions/domain/ports.ts';

export interface RecordedTelemetry {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly lines: readonly { level: string; message: string; ids: unknown }[];
  counted(name: MetricName): number;
}

/** Log and metrics that only remember, for a test to read. */
export function recordTelemetry(): RecordedTelemetry {
  const lines: { level: string; message: string; ids: unknown }[] = [];
  const counts = new Map<MetricName, number>();
  const write = (level: string) => (message: string, ids?: unknown) =>
    void lines.push({ level, message, ids });
  return {
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    metrics: { count: (name, value = 1) => counts.set(name, (counts.get(name) ?? 0) + value) },
    lines,
    counted: (name) => counts.get(name) ?? 0,
  };
}
