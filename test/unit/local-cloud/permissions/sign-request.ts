import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../../local/cloud/permissions/verify-signature.ts';
import { Sha256 } from '../../../../tools/staff/sign-request.ts';

export interface RequestToSign {
  readonly method: string;
  /** With its host and port. */
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Several values of one name are a list. */
  readonly query?: Readonly<Record<string, string | string[]>>;
  readonly at: Date;
}

/** Signs as AWS's own SDK does. @returns all headers, `host` and `authorization` among them. */
export async function signRequest(
  { method, url, headers = {}, body = '', query = {}, at }: RequestToSign,
  credentials: Credentials,
  service = 'execute-api',
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials,
    sha256: Sha256,
  });
  const signed = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      query: { ...query },
      headers: { host: url.host, ...headers },
      body,
    },
    { signingDate: at },
  );
  return signed.headers;
}
