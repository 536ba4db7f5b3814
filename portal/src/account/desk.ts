import type { CustomerView, OpenCaseView, PageView } from '../api/api-types.ts';
import type { Failure, Result } from '../api/result.ts';

/** What is told of a change, and which open invoices may be tried because of it. */
export interface Told {
  readonly said: string;
  readonly watch: readonly OpenCaseView[];
  /** Whether they surely are: the API said so before. */
  readonly isSure: boolean;
}

/** What the dialogs of the account's page can do to it. */
export interface Desk {
  readonly view: PageView;
  /**
   * Sends a change. Once it is made the dialog closes, and the page tells how it goes on.
   * @returns What to say in the dialog where it was not made and can be tried again there.
   */
  change(send: () => Promise<Result<CustomerView>>, told: Told): Promise<string | null>;
  /** A payment in the page was confirmed with Stripe: closes the dialog and waits for its end. */
  paid(openCase: OpenCaseView): Promise<void>;
  /** The same for one that was not confirmed: what became of it is asked for, nothing is said. */
  notPaid(openCase: OpenCaseView): Promise<void>;
  /** What to say of a failed request in the dialog; `null` where the page goes elsewhere. */
  fail(failure: Failure): Promise<string | null>;
  close(): void;
}
