import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The Stripe CLI's own binary, out of the npm package of this platform, or where the package's
 * install script put it. (Its `stripe` is a shim that starts one more Node for each call.)
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
  const fetched = join(dirname(wrapper), 'vendor', 'bin', platform.bin);
  const found = [packagedBinary(wrapper, platform), fetched].find(
    (binary) => binary !== undefined && existsSync(binary),
  );
  if (found !== undefined) return found;
  throw new Error(
    `Stripe's CLI is not installed for ${name}: run \`npm ci\` without --omit=optional and --ignore-scripts.`,
  );
}

/** The binary of the platform's own package; undefined where npm has none of this version. */
function packagedBinary(
  wrapper: string,
  { pkg, bin }: { readonly pkg: string; readonly bin: string },
): string | undefined {
  const folders = createRequire(wrapper).resolve.paths(pkg) ?? [];
  return folders.map((folder) => join(folder, pkg, 'bin', bin)).find(existsSync);
}
