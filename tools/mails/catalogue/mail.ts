import type { NoticeContent } from '../../../functions/domain/notice/notice-content.ts';
import type { Settings } from '../../../functions/environment.ts';
import type { People } from '../../../functions/notify/find-people.ts';

const adaAndEve: People = {
  maker: { email: 'ada@example.com', name: 'Ada', role: 'owner' },
  concerned: { email: 'eve@example.com', name: 'Eve', role: 'viewer' },
};

/** What a mail is made of. */
export type MailContent = NoticeContent | { readonly kind: 'sign_in'; readonly url: string };
export type MailKind = MailContent['kind'];

/** One telling case of a kind of mail. */
export interface Variant<Content extends MailContent = MailContent> {
  readonly name: string;
  readonly content: Content;
  /** The name of whom it is written to. */
  readonly to: string | null;
  /** Who is in it. */
  readonly people: People;
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
  changes: Partial<Pick<Variant, 'to' | 'business' | 'people'>> = {},
): Variant<Content> => ({ name, content, to: 'Ada', people: adaAndEve, business: {}, ...changes });

/** Looks like markup, and would do harm as such. */
export const hostile = `"><img src=x onerror="alert('1')"><b style="font-size:9in">&`;
const called = (email: string): People => ({
  maker: { email, name: email, role: 'owner' },
  concerned: { email, name: email, role: 'viewer' },
});
export const fromHostile = {
  to: hostile,
  business: { name: hostile },
  people: called(hostile),
};

/** One word without a place to break it. */
export const unbroken =
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const long = `${unbroken} & Daughters of the Second Marriage, Limited Partnership`;
export const fromLong = {
  to: long,
  business: { name: long, supportEmail: `${unbroken}@example.com` },
  people: called(`${unbroken}@example.com`),
};
