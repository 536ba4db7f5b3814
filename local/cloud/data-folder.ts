import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hasCode } from '../has-code.ts';
import { readIfThere } from '../read-if-there.ts';

/** The folders that local clouds of this process have claimed. */
const claimed = new Set<string>();

/**
 * Claims a data folder for one local cloud: the databases in it bear only one writer, and fail
 * in words that help nobody.
 *
 * @returns what gives the folder back.
 * @throws Error when another local cloud uses the folder.
 */
export async function claimDataFolder(directory: string): Promise<{ stop(): Promise<void> }> {
  const folder = resolve(directory);
  const file = join(folder, 'in-use-by-process');
  await mkdir(folder, { recursive: true });
  const owner = await readOwner(file);
  // A number that is not alive any more belongs to a run that was ended by force.
  const isTaken = owner === process.pid ? claimed.has(folder) : owner !== undefined && runs(owner);
  if (isTaken) {
    throw new Error(
      `The data folder ${folder} is in use by another local cloud (process ${owner}): ` +
        'stop that one, or start with another folder.',
    );
  }
  claimed.add(folder);
  await writeFile(file, String(process.pid));
  return {
    async stop() {
      await rm(file);
      claimed.delete(folder);
    },
  };
}

async function readOwner(file: string): Promise<number | undefined> {
  const text = await readIfThere(file);
  return text === undefined ? undefined : Number(text);
}

/** Whether a process of this number is alive: signal 0 only asks. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return hasCode(error, 'EPERM');
  }
}
