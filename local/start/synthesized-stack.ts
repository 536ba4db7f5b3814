import type { Stats } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasCode } from '../has-code.ts';
import { fingerprintOf } from './fingerprint.ts';
import { projectFile } from './project.ts';
import { synthesize } from './synthesize.ts';

/** How many stacks are kept: a branch or two beside the one at work. */
const kept = 3;

/** In the name of a stack that is being made. */
const draftMark = '-draft-';

export interface SynthesizedStack {
  /** A folder of this run alone. */
  readonly directory: string;
  remove(): Promise<void>;
}

/** Told before the work, for whoever waits. */
export interface SynthesisListener {
  /** It takes some seconds. */
  begins(): void;
  /** The stack was there already: nothing that it is made of has changed. */
  isReused(): void;
}

/**
 * The synthesized stack for a configuration, made anew only where something that it is made of
 * has changed since.
 * @param keptIn Where stacks are kept between runs, one folder each.
 * @throws {StartRefusal} where the configuration is wrong.
 */
export async function openSynthesizedStack(
  configuration: object,
  listener: SynthesisListener,
  keptIn: string = projectFile('.backstop/stacks'),
): Promise<SynthesizedStack> {
  const stored = join(keptIn, await fingerprintOf(projectFile('.'), configuration));
  if (await isThere(stored)) {
    listener.isReused();
  } else {
    listener.begins();
    await store(stored, configuration);
  }
  // The newest are kept, and this one is the newest again.
  await utimes(stored, new Date(), new Date());
  // A copy, because another run may put this one out while functions are still loaded from it.
  const directory = await mkdtemp(join(tmpdir(), 'backstop-'));
  await cp(stored, directory, { recursive: true });
  await putOutOldest(keptIn);
  return {
    directory,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Whole or not at all: two runs may begin at once, and one may be stopped half-way. */
async function store(folder: string, configuration: object): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}${draftMark}`);
  try {
    await synthesize(draft, configuration);
    await rename(draft, folder);
  } catch (error) {
    // Another run may have been first with the same stack.
    if (!(await isThere(folder))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** What was used last before the newest that are kept: stacks, and drafts of runs that were killed. */
async function putOutOldest(keptIn: string): Promise<void> {
  const aged = await Promise.all(
    (await readdir(keptIn)).map(async (name) => {
      const path = join(keptIn, name);
      return { path, usedAt: (await statIfThere(path))?.mtimeMs ?? 0 };
    }),
  );
  const stacks = aged.filter(({ path }) => !path.includes(draftMark));
  const lastKept = stacks.sort((a, b) => b.usedAt - a.usedAt)[kept - 1];
  if (lastKept === undefined) return;
  for (const { path, usedAt } of aged) {
    if (usedAt < lastKept.usedAt) await rm(path, { recursive: true, force: true });
  }
}

const isThere = async (path: string) => (await statIfThere(path)) !== undefined;

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
