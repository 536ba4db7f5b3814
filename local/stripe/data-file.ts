import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readIfThere } from '../read-if-there.ts';
import type { Delivery } from './deliveries.ts';
import type { StripeState } from './engine/state.ts';

/** What is kept between runs. */
export interface SavedStripe {
  readonly v: 2;
  /** The clock when it was saved, epoch milliseconds: it never runs backwards over a restart. */
  readonly savedAt: number;
  readonly account: StripeState;
  readonly deliveries: readonly Delivery[];
}

/** @throws Error with a sentence when the file is not one that a local Stripe wrote. */
export async function readDataFile(file: string): Promise<SavedStripe | undefined> {
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  const parsed = parseSaved(text);
  if (parsed !== undefined) return parsed;
  throw new Error(
    `${file} is not a file that this version of the local Stripe wrote. ` +
      'Name another file, or delete this one to start anew.',
  );
}

function parseSaved(text: string): SavedStripe | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isSaved(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Only this program writes the file, so its version and its parts are what is checked. */
function isSaved(value: unknown): value is SavedStripe {
  if (typeof value !== 'object' || value === null) return false;
  const parts = ['v', 'savedAt', 'account', 'deliveries'];
  if (!parts.every((part) => part in value)) return false;
  return 'v' in value && value.v === 2;
}

/** Writes the newest state after each change, never two at a time, and never half a file. */
export class DataFile {
  readonly #file: string;
  readonly #read: () => SavedStripe;
  #writing: Promise<void> | undefined;
  #isStale = false;

  constructor(file: string, read: () => SavedStripe) {
    this.#file = file;
    this.#read = read;
  }

  changed(): void {
    this.#isStale = true;
    this.#writing ??= this.#writeWhileStale();
  }

  /** Resolves when what is on disk is the newest. @throws when it cannot be written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #writeWhileStale(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    while (this.#isStale) {
      this.#isStale = false;
      const temporary = `${this.#file}.new`;
      await writeFile(temporary, JSON.stringify(this.#read()));
      await rename(temporary, this.#file);
    }
    this.#writing = undefined;
  }
}
