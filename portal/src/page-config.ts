import type { OwnTexts } from '../../functions/text/lay-over.ts';

/** What a business's page knows of it before anybody is signed in; written into `index.html`. */
export interface PageConfig {
  readonly business: {
    readonly name: string;
    readonly supportEmail: string;
    readonly logoUrl: string | null;
    /** `#rrggbb`, behind the main buttons; `null` for the page's own. */
    readonly colour: string | null;
  };
  /** A publishable key: it stands in every page. */
  readonly stripe: { readonly publishableKey: string; readonly script: string };
  /** Shown to who asks how to pay by bank account; `null` where the business says nothing. */
  readonly bankInstructions: string | null;
  /** The business's own sentences, by language and by their place in that language's file. */
  readonly texts: Readonly<Record<string, OwnTexts>>;
}
