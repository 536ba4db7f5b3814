import type { Clock } from '../domain/ports.ts';

/** The system's clock. */
export const systemClock: Clock = { now: () => Date.now() };
