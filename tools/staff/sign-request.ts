import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** Whose key signs, and for which region. */
export interface Signer {
  readonly region: string;
  credentials(): Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }>;
}

export interface RequestToSign {
  readonly method: string;
  /** With its query. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Signs for API Gateway (Signature Version 4). @returns all headers that are to be sent. */
export async function signRequest(
  { method, url, headers, body }: RequestToSign,
  { region, credentials }: Signer,
): Promise<Readonly<Record<string, string>>> {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port !== '' && { port: Number(url.port) }),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, ...headers },
    body,
  });
  return signed.headers;
}

/** The hash that the signer asks for, on Node's own. */
export class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    // The signer gives a text or a byte array, and never the third kind of its type.
    const key = secret as string | Uint8Array | undefined;
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}
