import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { absoluteMs } from '../domain/sign-in/session.ts';

/**
 * The `__Host-` prefix makes browsers refuse the cookie unless it is Secure, for this host alone
 * and for all of its paths (RFC 6265bis, 4.1.3.2): no neighbouring host can set one.
 */
const name = '__Host-backstop';

// Lax and not Strict: whoever comes by a link, from a mail or back from the page of a bank, is
// signed in where they arrive. No GET changes anything, and all else asks for the same origin.
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

export const sessionCookie = (token: string): string =>
  `${name}=${token}; ${attributes}; Max-Age=${absoluteMs / 1000}`;

/** Makes the browser forget its cookie. */
export const noSessionCookie = `${name}=; ${attributes}; Max-Age=0`;

/** The session's token; `null` where the browser sent none. */
export function readSessionCookie({ cookies = [] }: APIGatewayProxyEventV2): string | null {
  const start = `${name}=`;
  const values = cookies.flatMap((cookie) =>
    cookie.startsWith(start) ? [cookie.slice(start.length)] : [],
  );
  return values[0] || null;
}
