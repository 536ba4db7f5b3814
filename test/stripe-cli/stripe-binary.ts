import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The Stripe CLI's own binary, out of the npm package of this platform. (The package's `stripe`
 * is a shim that starts one more Node for each call.)
 *
 * @throws Error with a sentence where npm installed no binary.
 */
export function findStripeBinary(): string {
  const wrapper = createRequire(import.meta.url).resolve('@stripe/cli/platforms.json');
  const platforms: Readonly<Record<string, { readonly pkg: string; readonly bin: string }>> =
    JSON.parse(readFileSync(wrapper, 'utf8'));
  const name = `${process.platform}-${process.arch}`;
  const platform = platforms[name];
  if (platform === undefined) {
    throw new Error(
      `Stripe has no CLI for ${name}: run these tests on one of ${Object.keys(platforms).join(', ')}.`,
    );
  }
  try {
    const installed = createRequire(wrapper).resolve(`${platform.pkg}/package.json`);
    return join(dirname(installed), 'bin', platform.bin);
  } catch (cause) {
    throw new Error(
      `The package ${platform.pkg} with Stripe's CLI is not installed: run \`npm ci\` without --omit=optional.`,
      { cause },
    );
  }
}
