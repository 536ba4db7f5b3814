import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

interface Platform {
  readonly pkg: string;
  readonly bin: string;
}

/**
 * The Stripe CLI's own binary, out of the npm package of this platform. (The package's `stripe`
 * is a shim that starts one more Node for each call.) npm has the binary of this version for
 * 64-bit Linux alone: elsewhere the installed `stripe` serves.
 *
 * @throws Error with a sentence where there is neither.
 */
export function findStripeBinary(): string {
  const require = createRequire(import.meta.url);
  const version = versionOf(require.resolve('@stripe/cli/package.json'));
  const wrapper = require.resolve('@stripe/cli/platforms.json');
  const platforms: Readonly<Record<string, Platform>> = JSON.parse(readFileSync(wrapper, 'utf8'));
  const platform = platforms[`${process.platform}-${process.arch}`];
  const found =
    (platform && packagedBinary(wrapper, platform, version)) ??
    installedBinary(platform?.bin ?? 'stripe');
  if (found !== undefined) return found;
  throw new Error(
    `npm has no binary of Stripe's CLI ${version} for ${process.platform}-${process.arch}. Install that ` +
      'version as https://docs.stripe.com/stripe-cli says, so that `stripe` is on the PATH.',
  );
}

/** The binary that npm installed, if it is of this version. */
function packagedBinary(
  wrapper: string,
  { pkg, bin }: Platform,
  version: string,
): string | undefined {
  const folders = createRequire(wrapper).resolve.paths(pkg) ?? [];
  const folder = folders
    .map((parent) => join(parent, pkg))
    .find((each) => existsSync(join(each, 'package.json')));
  if (folder === undefined || versionOf(join(folder, 'package.json')) !== version) return undefined;
  return join(folder, 'bin', bin);
}

/** One that was installed without npm: npm puts its own shim on the PATH of scripts. */
function installedBinary(bin: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, bin))
    .find(existsSync);
}

function versionOf(file: string): string {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}
