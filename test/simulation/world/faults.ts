import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Coverage } from './coverage.ts';
import type { FaultKind } from './features.ts';
import type { Plan } from './plan.ts';

/** What goes wrong, by the seed's chances, until the calm. */
export interface Faults {
  /** Whether this fault strikes now. */
  strikes(kind: FaultKind): boolean;
  /** The first of these that strikes, in an order of the seed's. */
  oneOf<Kind extends FaultKind>(kinds: readonly Kind[]): Kind | undefined;
  /** For so long nearly everything meets this fault. */
  beginOutage(kind: FaultKind, until: number): void;
  /** From now on nothing goes wrong. */
  stop(): void;
  readonly areStopped: boolean;
}

/** How likely a fault is that is an outage. */
const duringOutage = 0.9;

export function createFaults(
  plan: Plan,
  random: Random,
  agenda: Agenda,
  coverage: Coverage,
): Faults {
  const outages = new Map<FaultKind, number>();
  let areStopped = false;
  const strikes = (kind: FaultKind): boolean => {
    if (areStopped) return false;
    const chance =
      (outages.get(kind) ?? 0) > agenda.now ? duringOutage : (plan.faults.get(kind) ?? 0);
    if (chance === 0 || !random.chance(chance)) return false;
    coverage.count('fault', kind);
    return true;
  };
  return {
    strikes,
    oneOf(kinds) {
      const first = random.below(kinds.length);
      for (let step = 0; step < kinds.length; step += 1) {
        const kind = kinds[(first + step) % kinds.length];
        if (kind !== undefined && strikes(kind)) return kind;
      }
      return undefined;
    },
    beginOutage: (kind, until) => void outages.set(kind, until),
    stop() {
      areStopped = true;
    },
    get areStopped() {
      return areStopped;
    },
  };
}
