/**
 * API Gateway's limits: "Quotas for configuring and running an HTTP API in API Gateway", and
 * `CreateIntegration` in its API reference.
 */
export const apiLimits = {
  payloadBytes: 10 * 1024 * 1024,
  /** The request line and the values of all headers together. */
  headerBytes: 10_240,
  integrationTimeoutMilliseconds: { from: 50, to: 30_000 },
} as const;

/** What counts for {@link apiLimits.headerBytes}. */
export function headerBytesOf(request: {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersion: string;
  /** Names and values by turns. */
  readonly rawHeaders: readonly string[];
}): number {
  const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
  const values = request.rawHeaders.filter((_, at) => at % 2 === 1);
  return [line, ...values].reduce((sum, text) => sum + Buffer.byteLength(text, 'latin1'), 0);
}
