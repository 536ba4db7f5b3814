import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DataFile, openDataFile, type SavedStripe } from '../../../local/stripe/data-file.ts';
import { emptyAccount } from '../../../local/stripe/engine/state.ts';
import { openWorld, subscriber, webhookReceiver } from './world.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'local-stripe-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

const saved: SavedStripe = { v: 2, savedAt: 1, account: emptyAccount('s'), deliveries: [] };

test.each([
  ['{"notes":[]}'],
  ['half a fi'],
  [''],
  [JSON.stringify({ ...saved, v: 1 })],
  [JSON.stringify({ ...saved, savedAt: 'yesterday' })],
  [JSON.stringify({ ...saved, account: {} })],
  [JSON.stringify({ ...saved, account: { ...saved.account, tables: { customers: {} } } })],
  [JSON.stringify({ ...saved, deliveries: {} })],
])('a file that is not one is refused with a sentence (case %#)', async (text) => {
  const data = join(await folder(), 'stripe.json');
  await writeFile(data, text);
  await expect(openWorld({ data })).rejects.toThrow(
    /stripe\.json is not a file that this version of the local Stripe wrote\. Name another file/,
  );
});

test('a place that is no file is told before anything begins', async () => {
  const place = await folder();
  await expect(openDataFile(place)).rejects.toThrow(/cannot be read \(EISDIR/);
  await mkdir(join(place, 'stripe.json.new'));
  await expect(openDataFile(join(place, 'stripe.json'))).rejects.toThrow(
    /stripe\.json cannot be written \(EISDIR.*Name another file for the data\.$/,
  );
});

test('a new place is made, with nothing in it until something happens', async () => {
  const place = join(await folder(), 'a', 'b');
  expect(await openDataFile(join(place, 'stripe.json'))).toBeUndefined();
  expect(await readdir(place)).toEqual([]);
});

test('what cannot be written is said, and written when it can be', async () => {
  const place = await folder();
  const data = join(place, 'stripe.json');
  const said = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => said.mockRestore());
  const file = new DataFile(data, () => saved);
  await mkdir(`${data}.new`);
  file.changed();
  await expect(file.flush()).rejects.toThrow(/stripe\.json cannot be written/);
  expect(said).toHaveBeenCalledOnce();
  await rm(`${data}.new`, { recursive: true });
  await file.flush();
  expect(await openDataFile(data)).toEqual(saved);
});

test('an account that moved to another port keeps its pages and its held events', async () => {
  const data = join(await folder(), 'stripe.json');
  const receiver = await webhookReceiver();
  const before = await openWorld({ data });
  before.local.addWebhookEndpoint({ url: receiver.url, enabledEvents: ['*'] });
  before.local.control.deliveries.hold();
  await subscriber(before);
  await before.local.stop();

  const after = await openWorld({ data });
  const page = await (await fetch(after.local.url)).text();
  const links = [...page.matchAll(/<a href="(\/i(?:nvoice)?\/[^"]+)"/g)].map(([, path]) => path);
  expect(links).toHaveLength(2);
  for (const path of links) expect((await fetch(`${after.local.url}${path}`)).status).toBe(200);
  expect(receiver.received).toEqual([]);
  await after.local.control.deliveries.release('all');
  expect(receiver.received.length).toBe(after.local.control.events().length);
});
