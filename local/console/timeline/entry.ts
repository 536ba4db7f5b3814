import type { TagKind } from '../../pages/words.ts';

/** One record on an invoice's way, in words. */
export interface Entry {
  /** Epoch milliseconds, UTC. */
  readonly at: number;
  /** Where it happened: `Stripe`, `Table`, `Queues`, `SES`, or a function's room. */
  readonly room: string;
  readonly title: string;
  /** What it came to, where it came to something. */
  readonly outcome?: { readonly kind: TagKind; readonly text: string };
  /** More sentences, for everybody. */
  readonly lines?: readonly string[];
  /** By what it is found elsewhere, for who looks closer. */
  readonly ids?: readonly string[];
  /** The story is told by its `step`s; a `detail` is shown with everything else. */
  readonly weight: 'step' | 'detail';
  /** The record itself, as it was told. */
  readonly raw: unknown;
}

/** An entry in its place among the others: records of one moment keep the order of telling. */
export interface Placed extends Entry {
  readonly number: number;
}
