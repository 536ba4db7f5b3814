import type { MovableClock } from '../../../clock.ts';
import type { Fields } from '../../../pages/fields.ts';
import type { Account } from '../../account.ts';
import type { LocalStripeControl } from '../../control/control.ts';

export interface ActionParts {
  readonly account: Account;
  readonly control: LocalStripeControl;
  readonly clock: MovableClock;
}

/** What was done, and the id of the element beside which it is said. */
export interface Done {
  readonly text: string;
  readonly place: string;
}

/** One wish of a person, carried out by a form of the control page. */
export interface Action {
  /** Under `/_local/do/`; `*` stands for an id. */
  readonly path: string;
  /** Where a refusal is said: the element's id, or the id in the path. */
  readonly place?: string;
  /** @throws RangeError with a sentence when it cannot be. */
  readonly run: (parts: ActionParts, fields: Fields, id: string) => Done | Promise<Done>;
}
