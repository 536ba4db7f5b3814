import { type PersonId, personId } from '../customer/person.ts';

/** The mail tag that brings SES's events back to whom the mail went: the hash of the address. */
export const personTagName = 'person';

/** `null` for anything but a person's id. */
export const parsePersonTag = (tag: string): PersonId | null =>
  /^[0-9a-f]{32}$/.test(tag) ? personId(tag) : null;
