import type { StoredItem } from '../../evidence.ts';
import { type Fields, fieldsOf, isFields, listIn, listOf, textOf } from '../read.ts';
import type { MakeRule } from '../rule.ts';

/**
 * "Every change is audited: who, what, from, to, when": what changes members, roles, the extension
 * or a case by hand owes its line of the audit log in the same write, a consent has it before; and
 * each line that was ever owed stands there once in the end.
 */
export const audited: MakeRule = ({ items }, verdict) => {
  /** Names of the lines that were owed or written, by customer. */
  const owed = new Map<string, Set<string>>();
  const written = new Map<string, string[]>();
  const told = (pk: string, about: string, { lines, language }: ConsentChange): boolean =>
    [...items.all()].some(
      (item) =>
        item.pk === pk &&
        item.sk.startsWith('AUDIT#') &&
        item.about === about &&
        lines.includes(String(item.what)) &&
        textOf(fieldsOf(item.to)?.language) === language,
    );

  const take = (before: StoredItem | null, after: StoredItem): void => {
    if (after.sk.startsWith('AUDIT#')) listIn(written, after.pk).push(String(after.id));
    const gained = linesGained(before, after);
    const names = owed.get(after.pk) ?? new Set<string>();
    owed.set(after.pk, names);
    for (const { id } of gained) names.add(String(id));
    const kinds = gained.map(({ what }) => String(what));
    for (const { what, lines } of changesOf(before, after)) {
      verdict.weigh();
      if (lines.some((line) => kinds.includes(line))) continue;
      verdict.breach(`${after.pk} ${after.sk} v${after.version} ${what} without a line about it.`);
    }
    const consent = consentChange(before, after);
    if (consent === null) return;
    verdict.weigh();
    const method = after.sk.slice('V#METHOD#'.length);
    if (told(after.pk, method, consent)) return;
    verdict.breach(`The consent to ${method} changed, and the audit log says nothing of it.`);
  };

  return {
    observe({ happening }) {
      if (happening.kind === 'item_written') take(happening.before, happening.after);
    },
    conclude() {
      for (const [pk, names] of owed) {
        for (const id of names) {
          verdict.weigh();
          const times = written.get(pk)?.filter((each) => each === id).length ?? 0;
          if (times !== 1) verdict.breach(`${pk}: ${id} is in the audit log ${times} times.`);
        }
      }
    },
  };
};

/** The audit entries that a version owes and the one before it did not. */
function linesGained(before: StoredItem | null, after: StoredItem): readonly Fields[] {
  const entriesOf = (item: StoredItem | null): readonly Fields[] =>
    [...listOf(item?.unfinished), ...listOf(item?.owed)].flatMap((each) => {
      if (!isFields(each) || each.kind !== 'audit') return [];
      const entry = fieldsOf(each.entry);
      return entry === null ? [] : [entry];
    });
  const known = new Set(entriesOf(before).map(({ id }) => id));
  return entriesOf(after).filter(({ id }) => !known.has(id));
}

interface Change {
  readonly what: string;
  /** What may be said of it. */
  readonly lines: readonly string[];
}

function changesOf(before: StoredItem | null, after: StoredItem): readonly Change[] {
  if (before === null) return [];
  const differs = (name: string): boolean =>
    JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null);
  if (after.sk.startsWith('V#CASE#')) return byHandChanges(before, after);
  if (after.sk !== 'V#CUSTOMER') return [];
  const changes: Change[] = [];
  if (differs('members')) {
    const lines = ['member_invited', 'member_changed', 'member_removed'];
    changes.push({ what: 'changed members', lines });
  }
  if (differs('extension')) {
    const lines = ['extension_granted', 'extension_ended'];
    changes.push({ what: 'changed the extension', lines });
  }
  if (differs('primarySetBy') || differs('secondary')) {
    changes.push({ what: 'changed roles', lines: ['roles_changed'] });
  }
  const removals = (item: StoredItem): number =>
    listOf(item.unfinished).filter((each) => fieldsOf(each)?.kind === 'remove_method').length;
  if (removals(after) > removals(before)) {
    changes.push({ what: 'removed a method', lines: ['method_removed'] });
  }
  return changes;
}

const saidByHand: Readonly<Record<string, string>> = {
  retry: 'retry_wanted',
  hold: 'case_held',
  release: 'case_released',
  hand_back: 'case_handed_back',
  close: 'case_closed',
};

/** What the history is owed about people's doing. */
function byHandChanges(before: StoredItem, after: StoredItem): readonly Change[] {
  const eventsOf = (item: StoredItem): readonly Fields[] =>
    listOf(item.owed).flatMap((each) => {
      const entry = fieldsOf(fieldsOf(each)?.entry);
      const event = fieldsOf(entry?.event);
      return event === null ? [] : [{ ...event, sequence: entry?.sequence }];
    });
  const known = new Set(eventsOf(before).map(({ sequence }) => sequence));
  return eventsOf(after).flatMap((event) => {
    if (known.has(event.sequence)) return [];
    const { kind } = event;
    if (kind === 'payment_started') return [{ what: 'began a payment', lines: [kind] }];
    const line = kind === 'by_hand' ? saidByHand[textOf(event.action) ?? ''] : undefined;
    return line === undefined ? [] : [{ what: `did ${line}`, lines: [line] }];
  });
}

interface ConsentChange {
  /** What may be said of it. */
  readonly lines: readonly string[];
  /** In which the text was read that was agreed to. */
  readonly language: string | null;
}

/** What the log has to say before the record of a method does; `null` where nothing changed. */
function consentChange(before: StoredItem | null, after: StoredItem): ConsentChange | null {
  if (!after.sk.startsWith('V#METHOD#')) return null;
  const was = before?.consent ?? null;
  const is = after.consent ?? null;
  if (JSON.stringify(was) === JSON.stringify(is)) return null;
  if (is === null) return { lines: ['consent_withdrawn'], language: null };
  const language = textOf(fieldsOf(is)?.language);
  return { lines: ['consent_given', 'authorisation_recorded'], language };
}
