import type { PageConfig } from '../../../portal/src/page-config.ts';
import type { Place } from '../texts/places.ts';

/** What the API answers to one request of the page. */
export type Answer =
  | { readonly is: 'body'; readonly body: object | null }
  | { readonly is: 'problem'; readonly status: number; readonly name: string }
  /** Nothing comes, for as long as anybody looks. */
  | { readonly is: 'silence' }
  /** The connection breaks. */
  | { readonly is: 'broken' };

/** By method and path; of several answers the last one is given again and again. */
export type Answers = Readonly<Record<string, readonly Answer[]>>;

/** Where on the page something is to be done. */
export type Within =
  | 'primary'
  | 'secondary'
  | 'others'
  | 'banner'
  | 'billing'
  | 'people'
  | 'dialog'
  | 'page';

/** What a reader does. Buttons and fields are named by the place of their text. */
export type Step =
  | { readonly does: 'press'; readonly what: Place; readonly within: Within }
  | { readonly does: 'fill'; readonly what: Place; readonly text: string }
  /** Chooses one of the dialog's answers, counted from 0. */
  | { readonly does: 'choose_one'; readonly at: number }
  /** Chooses of a list by the value of the choice. */
  | { readonly does: 'choose'; readonly what: Place; readonly value: string }
  /** Ticks a box of the dialog, counted from 0. */
  | { readonly does: 'tick'; readonly at: number }
  | { readonly does: 'see'; readonly what: Place }
  /** Waits for a frame of Stripe's by its title. */
  | { readonly does: 'see_frame'; readonly title: string }
  /** Waits until a frame of Stripe's says what is wrong in it. */
  | { readonly does: 'see_frame_refuse'; readonly title: string }
  /** Lets so much time pass, again and again until the sentence is there. */
  | { readonly does: 'let_pass'; readonly seconds: number; readonly until: Place }
  | { readonly does: 'lose_connection' };

/** One thing that a reader may find in front of them. */
export interface PageState {
  readonly group: string;
  readonly name: string;
  /** Path and fragment that the page is opened at. */
  readonly address: string;
  readonly answers: Answers;
  readonly steps: readonly Step[];
  /** The sentence that tells that this is it. */
  readonly shows: Place;
  /** What the business configured other than the catalogue's. */
  readonly business: Partial<PageConfig['business']>;
  readonly bankInstructions: string | null;
  /** Which end of a long page there is to see. */
  readonly isAt: 'top' | 'end';
}

export const body = (content: object | null): readonly Answer[] => [{ is: 'body', body: content }];

export const problem = (status: number, name: string): readonly Answer[] => [
  { is: 'problem', status, name },
];

export const silence: readonly Answer[] = [{ is: 'silence' }];
export const broken: readonly Answer[] = [{ is: 'broken' }];

export const press = (what: Place, within: Within = 'page'): Step => ({
  does: 'press',
  what,
  within,
});
export const see = (what: Place): Step => ({ does: 'see', what });
export const letPass = (seconds: number, until: Place): Step => ({
  does: 'let_pass',
  seconds,
  until,
});

/** @param state What is other than of a plain page that needs no doing. */
export const pageState = (
  group: string,
  name: string,
  state: Pick<PageState, 'answers' | 'shows'> & Partial<PageState>,
): PageState => ({
  group,
  name,
  address: '/',
  steps: [],
  business: {},
  bankInstructions: null,
  isAt: 'top',
  ...state,
});
