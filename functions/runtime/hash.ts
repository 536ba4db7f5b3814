import { createHash } from 'node:crypto';
import { type PersonId, personId } from '../domain/customer/person.ts';

/** 128 bits of SHA-256 as hex: names a mail address without holding it. */
export const hashAddress = (address: string): string => hash(address.trim().toLowerCase());

/** The person to whom mail at this address goes. */
export const personOf = (address: string): PersonId => personId(hashAddress(address));

/** What is stored of a secret with 128 random bits or more: it cannot be guessed back. */
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
