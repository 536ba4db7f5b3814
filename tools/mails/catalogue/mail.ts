import type { WrittenNotice } from '../../../functions/domain/notice/notice-content.ts';
import type { Settings } from '../../../functions/environment.ts';

/** What a mail is made of. */
export type MailContent = WrittenNotice | { readonly kind: 'sign_in'; readonly url: string };
export type MailKind = MailContent['kind'];

/** One telling case of a kind of mail. */
export interface Variant<Content extends MailContent = MailContent> {
  readonly name: string;
  readonly content: Content;
  /** The name of whom it is written to. */
  readonly to: string | null;
  /** What the business configured other than the catalogue's. */
  readonly business: Partial<Settings['business']>;
}

/** Of each kind at least one. */
export type Variants = {
  readonly [Kind in MailKind]: readonly [
    Variant<Extract<MailContent, { kind: Kind }>>,
    ...Variant<Extract<MailContent, { kind: Kind }>>[],
  ];
};

export const variant = <Content extends MailContent>(
  name: string,
  content: Content,
  changes: Partial<Pick<Variant, 'to' | 'business'>> = {},
): Variant<Content> => ({ name, content, to: 'Ada', business: {}, ...changes });

/** Looks like markup, and would do harm as such. */
export const hostile = `"><img src=x onerror="alert('1')"><b style="font-size:9in">&`;
export const fromHostile = { to: hostile, business: { name: hostile } };

/** One word without a place to break it. */
export const unbroken =
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const long = `${unbroken} & Daughters of the Second Marriage, Limited Partnership`;
export const fromLong = {
  to: long,
  business: { name: long, supportEmail: `${unbroken}@example.com` },
};
