import type { StripeElementLocale } from '@stripe/stripe-js';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PageConfig } from '../page-config.ts';
import type { Words } from '../words/words.ts';

/** What every part of the page may use. */
export interface PageContext extends Words {
  readonly config: PageConfig;
  /** The page's, such as `en`. */
  readonly language: string;
  /** The language of Stripe's fields. */
  readonly stripeLocale: StripeElementLocale;
}

export const Context = createContext<PageContext | null>(null);

/** @throws {Error} outside of the page, which is a defect. */
export function usePage(): PageContext {
  const page = useContext(Context);
  if (page === null) throw new Error('The part stands outside of the page.');
  return page;
}
