/**
 * The verified identity under which an address sends: the address itself if it is verified, or
 * else its domain, or the nearest domain above that (SES: "Creating and verifying identities").
 *
 * @param verified Addresses and domains.
 */
export function senderIdentity(verified: readonly string[], address: string): string | undefined {
  const wanted = address.toLowerCase();
  const labels = wanted.slice(wanted.indexOf('@') + 1).split('.');
  const domains = labels.map((_, at) => labels.slice(at).join('.'));
  const known = verified.map((one) => one.toLowerCase());
  return [wanted, ...domains].find((candidate) => known.includes(candidate));
}
