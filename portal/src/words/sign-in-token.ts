/**
 * The token of a link that signs in, `<page>/#/sign-in/<token>`; `null` where there is none.
 * @param hash What follows the address from `#` on.
 */
export function signInToken(hash: string): string | null {
  return /^#\/sign-in\/([^/]+)$/.exec(hash)?.[1] ?? null;
}
