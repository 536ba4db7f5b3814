import { randomBytes } from 'node:crypto';

/** 256 random bits as base64url: 43 letters that nobody can guess. */
export const randomToken = (): string => randomBytes(32).toString('base64url');
