import type { StoredItem } from '../../evidence.ts';
import type { Moment } from '../rule.ts';

/** The items of the table as the writes that were told make them. */
export interface Items {
  get(pk: string, sk: string): StoredItem | undefined;
  all(): Iterable<StoredItem>;
  /** What stood under the key of the item that this happening wrote. */
  readonly replaced: StoredItem | undefined;
  /** When the item under this key was last written; -1 where it never was. */
  writtenAt(pk: string, sk: string): number;
  follow(moment: Moment): void;
}

const nameOf = (pk: string, sk: string): string => `${pk}\n${sk}`;

export function followItems(): Items {
  const items = new Map<string, StoredItem>();
  const written = new Map<string, number>();
  let replaced: StoredItem | undefined;
  let isFirst = true;

  const begin = ({ happening, evidence }: Moment): void => {
    for (const item of evidence.items) items.set(nameOf(item.pk, item.sk), item);
    if (happening.kind !== 'item_written') return;
    const { before, after } = happening;
    if (before === null) items.delete(nameOf(after.pk, after.sk));
    else items.set(nameOf(after.pk, after.sk), before);
  };

  return {
    get: (pk, sk) => items.get(nameOf(pk, sk)),
    all: () => items.values(),
    get replaced() {
      return replaced;
    },
    writtenAt: (pk, sk) => written.get(nameOf(pk, sk)) ?? -1,
    follow(moment) {
      if (isFirst) begin(moment);
      isFirst = false;
      replaced = undefined;
      if (moment.happening.kind !== 'item_written') return;
      const { after } = moment.happening;
      const name = nameOf(after.pk, after.sk);
      replaced = items.get(name);
      items.set(name, after);
      written.set(name, moment.at);
    },
  };
}
