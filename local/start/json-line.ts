/** The fields of a structured log line. */
export type JsonLine = Readonly<Record<string, unknown>>;

/** Whether what a function wrote is a structured line, and not a bare value. */
export const isJsonLine = (json: unknown): json is JsonLine =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
