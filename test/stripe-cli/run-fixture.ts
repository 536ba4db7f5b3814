import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMovableClock } from '../../local/clock.ts';
import type { LoggedRequest } from '../../local/stripe/control/control.ts';
import { type LocalStripe, startLocalStripe } from '../../local/stripe/server.ts';

/** What became of `stripe trigger NAME` against a local Stripe of its own. */
export interface FixtureRun {
  readonly fixture: string;
  /** Whether the CLI ended well. */
  readonly succeeded: boolean;
  /** The types of the events that stand in the local Stripe, in order. */
  readonly events: readonly string[];
  /** What it asked of the local Stripe, in order. */
  readonly requests: readonly LoggedRequest[];
  /** What the CLI printed. */
  readonly output: string;
}

interface Ended {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Runs the CLI in a home of its own that is empty. */
function runStripe(
  binary: string,
  args: readonly string[],
  home: string,
  proxy?: string,
): Promise<Ended> {
  const env = {
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: home,
    STRIPE_CLI_TELEMETRY_OPTOUT: '1',
    // Before each trigger the CLI asks GitHub for its newest version, and no option stops it.
    // The local Stripe in the place of a proxy hangs up at once, as the CLI allows; requests to
    // 127.0.0.1 take no proxy. So nothing leaves this machine, and nothing waits.
    ...(proxy === undefined ? {} : { HTTPS_PROXY: proxy }),
  };
  return new Promise((settle) => {
    execFile(binary, [...args], { env }, (error, stdout, stderr) => {
      settle({ succeeded: error === null, output: `${stdout}${stderr}` });
    });
  });
}

async function withHome<T>(use: (home: string) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'backstop-stripe-cli-'));
  try {
    return await use(home);
  } finally {
    await rm(home, { recursive: true });
  }
}

/** The names of all fixtures that this version of the CLI can trigger, as it lists them. */
export async function listFixtures(binary: string): Promise<readonly string[]> {
  const { output } = await withHome((home) => runStripe(binary, ['trigger', '--help'], home));
  const [, listed = ''] = /Supported events:\n((?: {2}\S+\n)+)/.exec(output) ?? [];
  const names = listed.split('\n').map((line) => line.trim());
  const fixtures = names.filter((name) => name !== '');
  if (fixtures.length === 0) {
    throw new Error(`Stripe's CLI lists no fixtures where they were expected:\n${output}`);
  }
  return fixtures;
}

/** Triggers one fixture against a fresh local Stripe. */
export async function runFixture(binary: string, fixture: string): Promise<FixtureRun> {
  const clock = createMovableClock();
  const local = await startLocalStripe({ clock });
  try {
    const { succeeded, output } = await withHome((home) => trigger(binary, fixture, local, home));
    await local.idle();
    return {
      fixture,
      succeeded,
      events: local.control.events().map(({ type }) => type),
      requests: local.control.requests(),
      output,
    };
  } finally {
    clock.stop();
    await local.stop();
  }
}

function trigger(binary: string, fixture: string, local: LocalStripe, home: string) {
  const args = ['trigger', fixture, '--api-base', local.url, '--api-key', local.apiKey];
  return runStripe(binary, args, home, local.url);
}

/** Runs them all, as many at a time as `workers` says; the answers stand in the given order. */
export async function runFixtures(
  binary: string,
  fixtures: readonly string[],
  workers: number,
): Promise<readonly FixtureRun[]> {
  const runs: FixtureRun[] = [];
  const waiting = [...fixtures.entries()].values();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const [at, fixture] of waiting) runs[at] = await runFixture(binary, fixture);
    }),
  );
  return runs;
}
