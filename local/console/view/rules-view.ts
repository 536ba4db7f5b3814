import type { RunningRule } from '../../cloud/local-cloud.ts';
import { withoutHash } from '../../cloud/without-hash.ts';
import { type Happening, recordsOf } from '../record.ts';
import type { Said } from './functions-view.ts';
import { roomOf } from './names.ts';

/** What is shown of a rule. */
export interface ShownRule extends Pick<RunningRule, 'logicalId' | 'enabled' | 'nextAt'> {
  readonly schedule?: Pick<NonNullable<RunningRule['schedule']>, 'expression'>;
  readonly targets: readonly (
    | { readonly kind: 'queue'; readonly name: string }
    | { readonly kind: 'function'; readonly logicalId: string }
  )[];
}

/** A rule of EventBridge in words. */
export interface RuleView {
  readonly id: string;
  readonly what: string;
  /** When it fires next; `undefined` for one that waits for events, or is switched off. */
  readonly nextAt: number | undefined;
  readonly isEnabled: boolean;
}

export function viewRules(rules: readonly ShownRule[]): readonly RuleView[] {
  return rules.map((rule) => ({
    id: withoutHash(rule.logicalId),
    what: `${rule.schedule?.expression ?? 'on a fitting event'} ${describeTarget(rule)}`,
    nextAt: rule.nextAt,
    isEnabled: rule.enabled,
  }));
}

/** Deliveries that the targets' policies did not let through, each once, with its last time. */
export function viewDenied(happenings: readonly Happening[]): readonly Said[] {
  const last = new Map<string, number>();
  for (const { at, record } of recordsOf(happenings, 'denied')) {
    const { service, sourceArn, action, resource } = record;
    last.set(`${service} may not ${action} on ${resource} for ${sourceArn}`, at);
  }
  return [...last].map(([text, at]) => ({ at, text }));
}

/** `starts sweep`, `sends to MailEventsQueue`. */
export function describeTarget({ targets }: ShownRule): string {
  const told = targets.map((target) =>
    target.kind === 'function'
      ? `starts ${roomOf(target.logicalId)}`
      : `sends to ${withoutHash(target.name).replace(/^[^-]*-/, '')}`,
  );
  return told.length === 0 ? 'starts nothing' : told.join(' and ');
}
