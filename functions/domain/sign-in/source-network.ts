/**
 * The network that a request comes from, for a limit on how often one asks: an IPv4 address, or
 * the first 64 bits of an IPv6 address, of which a subscriber has all the rest (RFC 6177).
 */
export function sourceNetwork(address: string): string {
  const url = `http://[${address}]`;
  if (!URL.canParse(url)) return address;
  // In its shortest form, with one `::` at most (WHATWG URL, "IPv6 serializer").
  const [before = '', after] = new URL(url).hostname.slice(1, -1).split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}
