import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod/mini';
import { readIfThere } from '../read-if-there.ts';
import type { StripeState } from './engine/state.ts';
import type { Delivery } from './webhooks/delivery.ts';

/** What is kept between runs. */
export interface SavedStripe {
  readonly v: 2;
  /** The clock when it was saved, epoch milliseconds: it never runs backwards over a restart. */
  readonly savedAt: number;
  readonly account: StripeState;
  readonly deliveries: readonly Delivery[];
}

const rows = z.array(z.looseObject({ id: z.string() }));

/**
 * As much of the file as tells one that was cut off or edited by hand from a whole one: what
 * stands inside the rows is the writing program's own.
 */
const savedShape = z.looseObject({
  v: z.literal(2),
  savedAt: z.number(),
  account: z.looseObject({
    seed: z.string(),
    sequence: z.int(),
    settings: z.looseObject({}),
    tables: z.record(z.string(), rows),
    webhookSecrets: z.record(z.string(), z.string()),
    storedAnswers: z.array(z.looseObject({ key: z.string(), storedAt: z.number() })),
  }),
  deliveries: rows,
});

/** @throws Error with a sentence when the file is not one that a local Stripe wrote. */
export async function readDataFile(file: string): Promise<SavedStripe | undefined> {
  const text = await readIfThere(file).catch((error: unknown) => {
    throw unusable(file, 'read', error);
  });
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

const isSaved = (value: unknown): value is SavedStripe => savedShape.safeParse(value).success;

function unusable(file: string, what: 'read' | 'written', cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`${file} cannot be ${what} (${reason}). Name another file for the data.`, {
    cause,
  });
}

/**
 * Reads what a former run kept, and sees to it that this one can write.
 *
 * @throws Error with a sentence when it cannot be read or written.
 */
export async function openDataFile(file: string): Promise<SavedStripe | undefined> {
  const saved = await readDataFile(file);
  const temporary = temporaryOf(file);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, '');
    await rm(temporary);
  } catch (error) {
    throw unusable(file, 'written', error);
  }
  return saved;
}

const temporaryOf = (file: string) => `${file}.new`;

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

  /** Begins to write; a disk that is full is said on the console, and tried again later. */
  changed(): void {
    this.#isStale = true;
    this.#writing ??= this.#writeWhileStale()
      .catch((error: unknown) => console.error(String(error)))
      .finally(() => {
        this.#writing = undefined;
      });
  }

  /** Resolves when what is on disk is the newest. @throws Error when it cannot be written. */
  async flush(): Promise<void> {
    await this.#writing;
    await this.#writeWhileStale();
  }

  async #writeWhileStale(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        const temporary = temporaryOf(this.#file);
        await writeFile(temporary, JSON.stringify(this.#read()));
        await rename(temporary, this.#file);
      } catch (error) {
        this.#isStale = true;
        throw unusable(this.#file, 'written', error);
      }
    }
  }
}
