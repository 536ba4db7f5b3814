import type { Charging } from './pass/situation.ts';
import type { Instant } from './time.ts';

/** The switch that stops every charge; read before each claim. Without an item it is on. */
export interface ChargingSwitch {
  readonly charging: 'allowed' | 'stopped';
  readonly reason: string;
  /** The ARN of who threw it, or `backstop`. */
  readonly by: string;
  /** Absent where a person wrote the item by hand. */
  readonly at?: Instant;
  readonly version: number;
}

/** What the switch and the settings' mode together allow. */
export function chargingAllowed(
  mode: 'observe' | 'own',
  stored: Pick<ChargingSwitch, 'charging'> | null,
): Charging {
  if (mode === 'observe') return 'observe';
  // A person may write the item by hand: any word but `allowed` stops.
  return stored === null || stored.charging === 'allowed' ? 'own' : 'stopped';
}

/** Stripe refused our key or its permissions: no charge until a person has looked. */
export class StripeConfigurationError extends Error {
  override readonly name = 'StripeConfigurationError';
}
