declare const brand: unique symbol;

/**
 * A person by their mail address: 128 bits of SHA-256 of it in lower case, as hex. One person may
 * be a member of several customers. Not a secret, and no address can be read from it.
 */
export type PersonId = string & { readonly [brand]: 'PersonId' };

/** @throws {RangeError} where the text is no such hash. */
export function personId(text: string): PersonId {
  if (!/^[0-9a-f]{32}$/.test(text)) throw new RangeError('A person id is 32 hexadecimal digits.');
  // The one place where a checked text gets this brand.
  return text as PersonId;
}
