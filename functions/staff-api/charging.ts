import type { Staff } from '../api/caller.ts';
import type { ChargingSwitch } from '../domain/charging-switch.ts';
import { isoInstant } from '../domain/time.ts';
import type { StaffDependencies } from './dependencies.ts';

/** What the switch says, or said: who threw it, why and when. */
export interface ChargingView {
  readonly charging: 'allowed' | 'stopped';
  /** `null` while nobody ever threw it. */
  readonly reason: string | null;
  /** An ARN, or `backstop`. */
  readonly by: string | null;
  readonly at: string | null;
}

/** The switch with what it said before, newest first. */
export interface ChargingLog extends ChargingView {
  /** `observe` charges nothing whatever the switch says. */
  readonly mode: 'observe' | 'own';
  readonly earlier: readonly ChargingView[];
}

/** How much of the past is shown. */
const shownEarlier = 20;
/** How often the switch is read anew when another writer came first. */
const mostTries = 5;

export async function readSwitch(dependencies: StaffDependencies): Promise<ChargingLog> {
  const { records, staffRecords, settings } = dependencies;
  const [stored, earlier] = await Promise.all([
    records.chargingSwitch(),
    staffRecords.earlierSwitches(shownEarlier),
  ]);
  const before = earlier.filter(({ version }) => version !== stored?.version);
  return { ...viewOf(stored), mode: settings.mode, earlier: before.map(viewOf) };
}

/** Throws the switch, and shows what it says then. */
export async function throwSwitch(
  dependencies: StaffDependencies,
  caller: Staff,
  wish: SwitchWish,
): Promise<ChargingLog> {
  await writeSwitch(dependencies, caller, wish);
  return readSwitch(dependencies);
}

type SwitchWish = Pick<ChargingSwitch, 'charging' | 'reason'>;

/** Stops every charge within a minute, or allows them again; the same wish again does nothing. */
async function writeSwitch(
  { records, clock }: Pick<StaffDependencies, 'records' | 'clock'>,
  { arn: by }: Staff,
  { charging, reason }: SwitchWish,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = await records.chargingSwitch();
    const version = (before?.version ?? 0) + 1;
    const next = { charging, reason, by, at: clock.now(), version };
    if (isSame(before, next) || (await records.saveChargingSwitch(next, before))) return;
  }
  throw new Error(`The charging switch changed ${mostTries} times while it was read.`);
}

const isSame = (before: ChargingSwitch | null, { charging, reason, by }: ChargingSwitch): boolean =>
  before?.charging === charging && before.reason === reason && before.by === by;

/** Any word but `allowed` stops, as where charges are decided on. */
const viewOf = (stored: ChargingSwitch | null): ChargingView => ({
  charging: stored === null || stored.charging === 'allowed' ? 'allowed' : 'stopped',
  reason: stored?.reason ?? null,
  by: stored?.by ?? null,
  at: stored?.at === undefined ? null : isoInstant(stored.at),
});
