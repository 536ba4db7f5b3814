import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { readIfThere } from '../read-if-there.ts';
import { demoCustomerSchema } from './demo-customer.ts';
import { StartRefusal } from './options.ts';

const staffAccess = z.object({
  url: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  region: z.string(),
});

const runSchema = z.object({
  /** Absent where Stripe's sandbox is used. */
  stripeUrl: z.string().optional(),
  operatorAccess: z.object({
    url: z.string(),
    tableName: z.string(),
    queueUrls: z.object({
      retry: z.string(),
      retryNow: z.string(),
      notice: z.string(),
      signIn: z.string(),
    }),
  }),
  /** How `npm run staff` calls the staff API. */
  staff: staffAccess,
  /** The same for a program that stands in for the business's backend. */
  backend: staffAccess,
  demo: demoCustomerSchema,
});

/** Where a running `npm start` is reached, for the commands beside it. */
export type Run = z.output<typeof runSchema>;

const folder = '.backstop';
const fileOf = (port: number) => join(folder, `run-${port}.json`);

export async function writeRun(port: number, run: Run): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(port), `${JSON.stringify(run, null, 2)}\n`);
}

export const removeRun = (port: number): Promise<void> => rm(fileOf(port), { force: true });

/** @throws {StartRefusal} where nothing runs on that port. */
export async function readRun(port: number): Promise<Run> {
  const text = await readIfThere(fileOf(port));
  if (text !== undefined) return runSchema.parse(JSON.parse(text));
  throw new StartRefusal(
    `Nothing runs on port ${port}. Run "npm start" in another terminal first, and name its --port here.`,
  );
}
