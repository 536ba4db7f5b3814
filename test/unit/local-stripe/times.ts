export const startAt = Date.UTC(2026, 0, 31, 9, 30);
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
