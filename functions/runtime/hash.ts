import { createHash } from 'node:crypto';

/** 128 bits of SHA-256 as hex: names a mail address without holding it. */
export const hashAddress = (address: string): string =>
  createHash('sha256').update(address.trim().toLowerCase()).digest('hex').slice(0, 32);
