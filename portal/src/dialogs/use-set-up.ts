import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../account/desk.ts';
import type { SetupRole, SetupView } from '../api/api-types.ts';
import { type Consent, portalApi } from '../api/portal-api.ts';
import { usePage } from '../parts/context.ts';
import type { Action } from '../parts/use-action.ts';
import { confirmSetUp, sayRefusal } from '../stripe/confirm.ts';
import type { Fields } from '../stripe/payment-fields.tsx';

/** A method on its way into a role. */
export interface SetUp {
  /** `null` until it was begun. */
  readonly begun: SetupView | null;
  /** Once more, where that failed. */
  begin(): Promise<void>;
  /** @param said What is told once the method is there. */
  save(fields: Fields | null, said: string): Promise<void>;
}

/**
 * Begins the set-up of a method, once, and saves it.
 * @param consent To its role as the secondary; `null` where none was given yet.
 */
export function useSetUp(
  desk: Desk,
  role: SetupRole,
  consent: Consent | null,
  action: Action,
): SetUp {
  const { text } = usePage();
  const [begun, setBegun] = useState<SetupView | null>(null);
  /** What Stripe has confirmed needs no card to be entered again, should our own answer be lost. */
  const [isConfirmed, setConfirmed] = useState(false);
  const mayBegin = role !== 'secondary' || consent !== null;
  const begin = () =>
    action.run(async () => {
      const answer = await portalApi.beginSetUp(role, consent);
      if (!answer.ok) return desk.fail(answer.failure);
      setBegun(answer.body);
      return null;
    });
  useEffect(() => {
    if (begun === null && mayBegin) void begin();
  }, [mayBegin]);
  const save: SetUp['save'] = (fields, said) =>
    action.run(async () => {
      if (begun === null || fields === null) return null;
      if (!isConfirmed) {
        const refused = await confirmSetUp(fields, begun.clientSecret);
        if (refused?.is === 'shown') return null;
        if (refused !== null) return sayRefusal(text, refused);
        setConfirmed(true);
      }
      const tried = new Set(begun.willTry.map(({ invoice }) => invoice));
      const watch = desk.view.cases.filter(({ invoice }) => tried.has(invoice));
      const isSure = role !== 'spare';
      return desk.change(() => portalApi.finishSetUp(begun.setupIntent), { said, watch, isSure });
    });
  return { begun, begin, save };
}
