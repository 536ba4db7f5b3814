/** Why SES could not send to an address at all. */
export type AddressFault = 'malformed' | 'not_ascii';

/** RFC 5322, 3.4.1: the form that nearly every address has; quoted ones are not taken. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** RFC 1035, 2.3.1, with a dot in it: a name without one is of some local network. */
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
/** RFC 5321, 4.5.3.1. */
const longestLocalPart = 64;
const longestAddress = 254;

/**
 * The address as SES takes it, in ASCII: a domain in another script as Punycode. Before the `@`
 * SES takes ASCII only: "Amazon SES does not support the SMTPUTF8 extension" (SES API, SendEmail).
 */
export function mailableAddress(
  address: string,
): { readonly address: string } | { readonly fault: AddressFault } {
  const [local = '', domain, ...rest] = address.trim().split('@');
  if (domain === undefined || rest.length > 0) return { fault: 'malformed' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII.
  if (/[^\x00-\x7f]/.test(local)) return { fault: 'not_ascii' };
  const name = punycodeOf(domain);
  const mailable = `${local}@${name}`;
  const fits = local.length <= longestLocalPart && mailable.length <= longestAddress;
  if (!fits || !localPart.test(local) || name === null || !domainName.test(name)) {
    return { fault: 'malformed' };
  }
  return { address: mailable };
}

/** `null` where it is no name of a host. An ASCII name stays as it is typed, in small letters. */
function punycodeOf(domain: string): string | null {
  if (/^[A-Za-z0-9.-]+$/.test(domain)) return domain.toLowerCase();
  // What would end the host in an address of the web, or be decoded there.
  if (/[\s\p{Cc}\p{Cf}/\\?#%:@[\]<>(),;"'^|`{}]/u.test(domain)) return null;
  const url = `https://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : null;
}
