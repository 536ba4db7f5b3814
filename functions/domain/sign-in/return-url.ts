/**
 * Whether the address is one of the allowed ones or below one of them: of the same origin, and
 * its path the allowed one or what follows it after a slash.
 * @param allowed Addresses without user, query and fragment.
 */
export function isAllowedReturnUrl(address: string, allowed: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  // A server that decodes these may climb out of the allowed path.
  if (/%2f|%5c/i.test(url.pathname)) return false;
  return allowed.map((each) => new URL(each)).some((each) => isWithin(url, each));
}

function isWithin(url: URL, { origin, pathname }: URL): boolean {
  const below = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return url.origin === origin && (url.pathname === pathname || url.pathname.startsWith(below));
}
