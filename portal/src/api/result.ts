/** Why a request brought nothing. */
export type Failure =
  /** The API says no; `name` is the last part of the problem's type. */
  | {
      readonly kind: 'problem';
      readonly name: string;
      /** The id of what would do instead. */
      readonly offered: string | null;
      readonly retryAfterSeconds: number | null;
    }
  /** The browser has no network. */
  | { readonly kind: 'offline' }
  /** No answer, or none that can be used. */
  | { readonly kind: 'failing' };

export type Result<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly failure: Failure };
