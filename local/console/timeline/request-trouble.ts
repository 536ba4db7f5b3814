import type { RequestRecord } from '../../cloud/records.ts';
import type { Entry } from './entry.ts';

/** AWS's name of the error that was answered. */
export const errorOf = ({ outcome }: RequestRecord): string | undefined =>
  outcome.kind === 'answered' ? outcome.error : undefined;

/** What went wrong on a request's way; `undefined` where an answer came that is no failure. */
export function trouble({ outcome, permission, service }: RequestRecord): Entry['outcome'] {
  if (permission?.kind === 'denied') {
    return { kind: 'bad', text: `access denied: ${permission.action}` };
  }
  switch (outcome.kind) {
    case 'refused':
      return { kind: 'bad', text: `${service} does not answer` };
    case 'killed_before_delivery':
      return { kind: 'bad', text: 'killed before it was sent' };
    case 'killed_after_effect':
      return { kind: 'bad', text: 'killed before the answer came' };
    case 'answered':
      return outcome.status >= 500 || outcome.status === 429
        ? { kind: 'bad', text: `answered ${outcome.status}` }
        : undefined;
  }
}
