/** A moment as epoch milliseconds, UTC. */
export type Instant = number;

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The moment as ISO 8601 text in UTC, which sorts as time does. */
export const isoInstant = (instant: Instant): string => new Date(instant).toISOString();

/**
 * How late Stripe may carry out a request whose answer never came: what shows no effect after
 * this long had none.
 */
export const executedByMs = 15 * minuteMs;
