import type { Policy } from '../domain/policy.ts';
import { environment, type Settings, settingsSchema } from '../environment.ts';

type EnvironmentName = (typeof environment)[keyof typeof environment];

/** @throws {Error} naming the variable that this function was deployed without. */
export function required(name: EnvironmentName): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  throw new Error(`The environment variable ${name} is missing: deploy the stack again.`);
}

export const optional = (name: EnvironmentName): string | undefined => process.env[name];

/** @throws {Error} where the settings are not what this release understands. */
export const loadSettings = (): Settings =>
  settingsSchema.parse(JSON.parse(required(environment.settings)));

/** The part of the settings that decisions look at. */
export const policyOf = (settings: Settings): Policy => {
  const { passesPerSecond: _sweepsOnly, ...rules } = settings.policy;
  return {
    ...rules,
    billingReasons: settings.billingReasons,
    livemode: settings.stripeMode === 'live',
    businessTimeZone: settings.business.timeZone,
  };
};
