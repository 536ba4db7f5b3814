import { createRandom } from '../seeded-random.ts';

/**
 * What goes wrong in the account on request. Everything is drawn from one seed, so that the same
 * requests in the same order meet the same troubles.
 */
export interface Troubles {
  /** @default 'backstop' */
  readonly seed: string;
  /** How many of a hundred requests to the table are throttled, 0 to 100. @default 0 */
  readonly throttledTableRequests: number;
  /** How many of a hundred mails SES throttles, 0 to 100. @default 0 */
  readonly throttledMails: number;
  /** How many of a hundred messages a queue delivers twice, 0 to 100. @default 0 */
  readonly duplicatedMessages: number;
  /** Whether a queue gives its messages in any order, as a standard queue of SQS may. @default false */
  readonly reorderedMessages: boolean;
  /** Whether every invocation gets a new environment. @default false */
  readonly coldStarts: boolean;
}

export const noTroubles: Troubles = {
  seed: 'backstop',
  throttledTableRequests: 0,
  throttledMails: 0,
  duplicatedMessages: 0,
  reorderedMessages: false,
  coldStarts: false,
};

/** The troubles in force, and the dice that decide whom they meet. */
export interface TroubleMaker {
  troubles(): Troubles;
  /**
   * What is not named stays as it is; the dice begin anew from the seed.
   * @throws RangeError for a share that is not from 0 to 100.
   */
  set(wanted: Partial<Troubles>): Troubles;
  /** Whether this request to the table is throttled. */
  throttlesTable(): boolean;
  /** Whether this mail is throttled. */
  throttlesMail(): boolean;
}

const shares = ['throttledTableRequests', 'throttledMails', 'duplicatedMessages'] as const;

export function createTroubleMaker(): TroubleMaker {
  let troubles = noTroubles;
  // Each part has dice of its own: what one part meets does not depend on another's requests.
  let table = createRandom('');
  let mail = createRandom('');
  return {
    troubles: () => troubles,
    set(wanted) {
      const next = { ...troubles, ...wanted };
      for (const name of shares) {
        if (!(next[name] >= 0 && next[name] <= 100)) {
          throw new RangeError(
            `${name} is a share of a hundred, from 0 to 100: not ${next[name]}.`,
          );
        }
      }
      troubles = next;
      table = createRandom(`${next.seed} table`);
      mail = createRandom(`${next.seed} mail`);
      return troubles;
    },
    throttlesTable: () => table() * 100 < troubles.throttledTableRequests,
    throttlesMail: () => mail() * 100 < troubles.throttledMails,
  };
}
