import type { Evidence, Happening, JudgedPolicy } from '../evidence.ts';
import type { Cases } from './following/cases.ts';
import type { Items } from './following/items.ts';
import type { Ledger } from './following/ledger.ts';
import type { People } from './following/people.ts';
import type { Words } from './following/words.ts';

/** One happening, with its place in the order of all. */
export interface Moment {
  /** Counts the happenings from 1; what stood before the first one has 0. */
  readonly at: number;
  readonly happening: Happening;
  readonly evidence: Evidence;
}

/** What the judge has gathered from all happenings up to and with this one. */
export interface Known {
  readonly ledger: Ledger;
  readonly cases: Cases;
  readonly items: Items;
  readonly words: Words;
  readonly people: People;
  readonly policy: JudgedPolicy;
  readonly businessTimeZone: string;
}

/** Where a rule says what it found. */
export interface Verdict {
  /** It had something to decide. */
  weigh(): void;
  /** @param what A sentence with the ids that it is about. */
  breach(what: string): void;
}

/** One rule: reacts to what happens, and to what stands in the end. */
export interface Rule {
  observe?(moment: Moment): void;
  conclude?(evidence: Evidence): void;
}

export type MakeRule = (known: Known, verdict: Verdict) => Rule;
