/** Whether an address that somebody else gave may be a link in a mail; in clear only on a laptop. */
export function isWebLink(text: string): boolean {
  // Others are dropped or decoded by who reads the address: it would be another than it seems.
  if (!/^[!-~]+$/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  const isLocal = hostname === '127.0.0.1' || hostname === 'localhost';
  return protocol === 'https:' || (protocol === 'http:' && isLocal);
}
